"""Rule: what looks like a heading, a list or a quotation in another language is written as one."""

import re
from collections.abc import Iterator
from itertools import pairwise

from lite_site.language import LANGUAGES
from lite_site.notebooks.accessibility.page import Page, quoted
from lite_site.notebooks.accessibility.tree import TEXT, Node
from lite_site.notebooks.prose import count_small_words
from lite_site.problems import Problem

_NUMBERED = re.compile(
    r"(?:activit[éy]|chapitre|chapter|exercices?|exercises?|étape|part|partie|problème|problem|question|section|step|"
    r"task|tâche)\s*(?:n°\s*)?\d+\b",
    re.IGNORECASE,
)
_MOST_WORDS, _MOST_LETTERS = 8, 60
_STRESSED = frozenset(["em", "strong"])
_FOLLOWED_BY = frozenset(["p", "ul", "ol", "pre"])
_BULLET = re.compile(r"(?:[•·●▪‣◦*-]|(\d{1,2})[.)])\s+\S")
_SHORTEST_LIST = 3
_FOREIGN_WORDS, _OWN_WORDS = 8, 1


def problems_in_passages(page: Page) -> Iterator[Problem]:
    """Headings made of bold text, lists made of line breaks, quotations in another language that don't say so."""
    if page.find("strong"):
        yield from _faked_headings(page)
    for node in {found.parent: None for found in page.find("br") if found.parent}:
        yield from _faked_list(node, page)
    yield from _foreign_quotations(page)


def _faked_headings(page: Page) -> Iterator[Problem]:
    numbered, bare = [], []
    for cell in page.cells:
        blocks = [node for node in cell.children if not node.is_blank]
        for node, after in pairwise([*blocks, None]):
            text = _bold_line(node) if node else None
            if node is None or text is None:
                continue
            if _NUMBERED.match(text):
                numbered.append((node, text))
            elif after and after.tag in _FOLLOWED_BY and _reads_as_heading(text) and not _shows(after):
                bare.append((node, text))
    certain = len(bare) > 1 or (bare and numbered)  # one bold line may be an emphasis, several are a habit
    for node, text in sorted(numbered + (bare if certain else []), key=lambda item: (item[0].cell, item[0].line)):
        yield Problem(
            page.place_of(node),
            f"{quoted(text)} looks like a heading, but is bold text: nobody who listens can jump to it.",
            "Write it as a heading, with the number of # that its level asks for.",
            "heading-faked",
            "warning",
        )


def _bold_line(node: Node) -> str | None:
    """What a paragraph of markdown says that is bold from end to end, on one line, without code or formulas."""
    if node.tag != "p" or node.written != "markdown":
        return None
    inner, tags = node, set[str]()
    while len(parts := [child for child in inner.children if not child.is_blank]) == 1 and parts[0].tag in _STRESSED:
        inner = parts[0]
        tags.add(inner.tag)
    if "strong" not in tags or any(inner.find("code", "br", "img", "a")):
        return None
    text = inner.said()
    short = len(text) <= _MOST_LETTERS and len(text.split()) <= _MOST_WORDS
    return text if short and "$" not in text else None


def _reads_as_heading(text: str) -> bool:
    return text[:1].isupper() and (text[-1].isalnum() or text[-1] in ")»") and any(map(str.islower, text))


def _shows(node: Node) -> bool:
    """Whether the paragraph is there for an image, so that what is above is its caption."""
    return any(node.find("img"))


def _faked_list(node: Node, page: Page) -> Iterator[Problem]:
    if sum(child.tag == "br" for child in node.children) < _SHORTEST_LIST - 1:
        return
    lines: list[str] = [""]
    for child in node.children:
        if child.tag == "br":
            lines.append("")
        else:
            lines[-1] += child.text if child.tag == TEXT else "code" if child.tag == "code" else child.said()
    marks = [_BULLET.match(line.strip()) for line in lines]
    items = [mark for mark in marks if mark]
    numbers = [int(mark[1]) for mark in items if mark[1]]
    bullets = len(items) - len(numbers)
    in_order = numbers == list(range(1, len(numbers) + 1))
    if bullets >= _SHORTEST_LIST or (not bullets and len(numbers) >= _SHORTEST_LIST and in_order):
        yield Problem(
            page.place_of(node),
            "A list is made of line breaks, so nobody who listens is told that it is one, nor how long.",
            "Begin each line with “- ” or “1. ”, with an empty line above the first.",
            "list-faked",
            "warning",
        )


def _foreign_quotations(page: Page) -> Iterator[Problem]:
    """Quotations in the other language than the lesson's, where neither language is in doubt."""
    if page.language is None:
        return
    for node in page.find("blockquote"):
        if "lang" in node.attrs or any("lang" in other.attrs for other in (*node.walk(), *node.ancestors())):
            continue
        words = count_small_words(node.said())
        foreign = next(language for language in LANGUAGES if language != page.language)
        if words[foreign] >= _FOREIGN_WORDS and words[page.language] <= _OWN_WORDS:
            yield Problem(
                page.place_of(node),
                f"The quotation {quoted(node.said())} isn't in the lesson's language, and doesn't say so: "
                "it will be read aloud with the wrong accent.",
                f'Put it between <div lang="{foreign}"> and </div>, each on a line of its own between empty lines.',
                "passage-no-lang",
                "warning",
            )
