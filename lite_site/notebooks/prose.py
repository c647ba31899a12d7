"""What a notebook's markdown says: headings, anchors, links, images, and the language it is written in."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Literal

from markdown_it.token import Token

from lite_site.language import Language
from lite_site.markdown.mentions import drawings_in, labels_in
from lite_site.markdown.plain import plain_text
from lite_site.notebooks.markdown import MarkdownCell

ReferenceKind = Literal["link", "image"]

_WORD = re.compile(r"[a-zà-ÿœ']+")
_EMBEDDING = {
    "img": "src", "video": "src", "audio": "src", "source": "src", "embed": "src", "iframe": "src",
    "object": "data", "track": "src",
}  # fmt: skip
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_FRENCH = frozenset(
    [
        "le",
        "la",
        "les",
        "des",
        "du",
        "une",
        "un",
        "et",
        "est",
        "dans",
        "pour",
        "que",
        "qui",
        "avec",
        "sur",
        "tu",
        "vous",
        "ce",
        "cette",
        "au",
        "aux",
        "pas",
    ]
)
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "is",
        "in",
        "that",
        "for",
        "with",
        "you",
        "this",
        "it",
        "are",
        "be",
        "as",
        "by",
        "from",
        "we",
        "will",
        "your",
        "can",
        "or",
    ]
)
_ENOUGH_WORDS = 5


@dataclass(frozen=True, slots=True)
class Reference:
    """A link or an embedded file: the cell it stands in (from 1) and its target as written."""

    cell: int
    kind: ReferenceKind
    target: str


@dataclass(slots=True)
class Prose:
    """What the markdown cells hold, in order of appearance."""

    headings: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    references: list[Reference] = field(default_factory=list)
    language: Language | None = None

    @property
    def title(self) -> str | None:
        """The first heading, of any level, as plain text."""
        return next(iter(self.headings), None)


def read_prose(cells: Iterable[MarkdownCell]) -> Prose:
    """What the markdown cells say."""
    prose = Prose()
    words: Counter[str] = Counter()
    for cell in cells:
        words.update(_WORD.findall(cell.source.lower()))
        prose.anchors.update(labels_in(cell.source))
        prose.references += (Reference(cell.number, "image", target) for target in drawings_in(cell.source))
        _read_tokens(cell, prose)
    prose.language = _language_of(words)
    return prose


def count_small_words(text: str) -> dict[Language, int]:
    """How many of each language's commonest small words the text has."""
    words = Counter(_WORD.findall(text.lower()))
    return {"fr": _of(words, _FRENCH), "en": _of(words, _ENGLISH)}


def _read_tokens(cell: MarkdownCell, prose: Prose) -> None:
    html = _HtmlReader(cell.number, prose)
    in_heading = False
    for token in cell.tokens:
        in_heading = token.type == "heading_open" or (in_heading and token.type != "heading_close")
        if token.type == "html_block":
            html.read(token.content)
        for child in token.children or ():
            _read_inline(child, cell.number, html, prose)
        if in_heading and token.type == "inline":
            text = cell.held.with_formulas(plain_text(token.children or ()))
            prose.headings.append(" ".join(text.split()))
            prose.anchors.add(text.replace(" ", "-"))


def _read_inline(token: Token, cell: int, html: "_HtmlReader", prose: Prose) -> None:
    if token.type == "link_open":
        prose.references.append(Reference(cell, "link", str(token.attrs.get("href", ""))))
    elif token.type == "image":
        prose.references.append(Reference(cell, "image", str(token.attrs.get("src", ""))))
    elif token.type == "html_inline":
        html.read(token.content)


def _language_of(words: Counter[str]) -> Language | None:
    """The language whose commonest small words are clearly more frequent, None when in doubt."""
    french, english = _of(words, _FRENCH), _of(words, _ENGLISH)
    if max(french, english) < _ENOUGH_WORDS or french == english:
        return None
    return "fr" if french > english else "en"


def _of(words: Counter[str], known: frozenset[str]) -> int:
    return sum(words[word] for word in known)


class _HtmlReader(HTMLParser):
    """Collects links, embedded files, ids and headings of HTML in one markdown cell."""

    def __init__(self, cell: int, prose: Prose) -> None:
        super().__init__(convert_charrefs=True)
        self._cell, self._prose = cell, prose
        self._heading: list[str] | None = None

    def read(self, html: str) -> None:
        """Take in more HTML; what the standard library's reader gives up on is left out."""
        try:
            self.feed(html)
        except AssertionError:  # what html.parser raises for unknown `<![...` sections
            self.reset()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the tag refers to and the names it can be reached by."""
        values = {name: value for name, value in attrs if value}
        self._prose.anchors.update(values[name] for name in ("id", "name") if name in values)
        if tag in _HEADINGS:
            self._heading = []
        if tag == "a" and "href" in values:
            self._prose.references.append(Reference(self._cell, "link", values["href"].strip()))
        elif _EMBEDDING.get(tag) in values:
            target = values[_EMBEDDING[tag]].strip()
            self._prose.references.append(Reference(self._cell, "image", target))

    def handle_data(self, data: str) -> None:
        """Gather the text of an open heading."""
        if self._heading is not None:
            self._heading.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Close the open heading."""
        if tag in _HEADINGS and self._heading is not None:
            self._prose.headings.append(" ".join("".join(self._heading).split()))
            self._heading = None
