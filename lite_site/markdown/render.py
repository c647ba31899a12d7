"""The door: a lesson's Markdown cells to HTML."""

from collections.abc import Callable, Sequence

from markdown_it.token import Token

from lite_site.language import Language
from lite_site.markdown.model import Heading, Prose, Rendered
from lite_site.markdown.parser import markdown
from lite_site.markdown.sanitise import sanitise


def render_prose(cells: Sequence[Prose], language: Language, address: Callable[[str], str | None]) -> Rendered:
    """Render the cells of one lesson, together; `address` gives the page's `href` for a relative target, or None."""
    headings: list[Heading] = []
    return Rendered(tuple(_render(cell, headings) for cell in cells), tuple(headings), "")


def _render(cell: Prose, headings: list[Heading]) -> str:
    parser = markdown()
    tokens = parser.parse(cell.source)
    for opened, inline in zip(tokens, tokens[1:], strict=False):
        if opened.type == "heading_open":
            heading = _read_heading(int(opened.tag[1]), inline, {one.anchor for one in headings})
            opened.attrSet("id", heading.anchor)
            headings.append(heading)
    return sanitise(str(parser.renderer.render(tokens, parser.options, {})))


def _read_heading(level: int, inline: Token, taken: set[str]) -> Heading:
    text = " ".join("".join(child.content or " " for child in inline.children or ()).split())
    anchor = text.replace(" ", "-")
    number = 1
    while anchor in taken:
        number += 1
        anchor = f"{text.replace(' ', '-')}-{number}"
    return Heading(level, text, anchor)
