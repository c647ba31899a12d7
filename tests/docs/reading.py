"""Reads what the documentation says: its pages, links, headings, command lines and tables of codes."""

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = tuple(sorted(DOCS.glob("??/*.md")))
"""The pages that exist in both languages."""
EVERYTHING = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", DOCS / "README.md", *PAGES)

_PARSER = MarkdownIt("commonmark").enable("table")
_NOT_IN_ANCHOR = re.compile(r"[^\w\- ]")
_CODE_ROW = re.compile(r"^\| `([a-z0-9-]+)` \|", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Link:
    """A relative address on a page: the file it means, and the anchor there, if any."""

    target: Path
    anchor: str


def links_in(page: Path) -> list[Link]:
    """The relative links and images of a page."""
    addresses = [
        str(inline.attrs["href" if inline.type == "link_open" else "src"])
        for inline in inlines_in(page)
        if inline.type in {"link_open", "image"}
    ]
    parts = [urlsplit(address) for address in addresses]
    return [
        Link((page.parent / unquote(part.path)).resolve() if part.path else page, unquote(part.fragment))
        for part in parts
        if not part.scheme
    ]


def headings_in(page: Path) -> list[tuple[int, str]]:
    """The headings of a page: level, and text without its marks."""
    tokens = _PARSER.parse(page.read_text("utf-8"))
    return [
        (int(opening.tag[1:]), "".join(child.content for child in inside.children or ()))
        for opening, inside in pairwise(tokens)
        if opening.type == "heading_open"
    ]


def anchors_in(page: Path) -> set[str]:
    """What a link's anchor may name, as forges write it: lower case, spaces as dashes, punctuation dropped."""
    return {_NOT_IN_ANCHOR.sub("", text.lower()).replace(" ", "-") for _, text in headings_in(page)}


def commands_in(page: Path) -> list[str]:
    """Every `passerelle …` command line of a page, in text and in blocks of shell."""
    spans = [inline.content for inline in inlines_in(page) if inline.type == "code_inline"]
    blocks = [token.content for token in _PARSER.parse(page.read_text("utf-8")) if token.info == "sh"]
    lines = [*spans, *(line for block in blocks for line in block.splitlines())]
    return [line for line in lines if line.startswith("passerelle ")]


def codes_listed_in(page: Path) -> tuple[list[str], list[str]]:
    """The codes in the first column of a page's tables: of problems, and of reasons, which have the last section."""
    problems, _, reasons = page.read_text("utf-8").rpartition("\n## ")
    return _CODE_ROW.findall(problems), _CODE_ROW.findall(reasons)


def inlines_in(page: Path) -> list[Token]:
    """The inline tokens of a page: text, links, images, code."""
    return [child for token in _PARSER.parse(page.read_text("utf-8")) for child in token.children or ()]
