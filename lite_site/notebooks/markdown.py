"""Parses one markdown cell as Jupyter does: maths first, then markdown; knows which line of the cell is which."""

from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from lite_site.markdown.maths import Held, hold_formulas


class _Markdown(MarkdownIt):
    """CommonMark that reports every target, `file:` and `javascript:` too: the checks judge them."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 (markdown-it's name)
        """Accept any target."""
        return bool(url)


# A footnote of one word would be a link's target to CommonMark.
_MARKDOWN = _Markdown("commonmark").enable("table").use(footnote_plugin, inline=False, move_to_end=False)


@dataclass(frozen=True, slots=True)
class MarkdownCell:
    """A parsed cell: its number in the notebook (from 1), source, tokens, and what was held back from them."""

    number: int
    source: str
    tokens: list[Token]
    held: Held


def parse_markdown(number: int, source: str) -> MarkdownCell:
    """The cell of that number with that source, parsed."""
    held = hold_formulas(source)
    return MarkdownCell(number, source, _MARKDOWN.parse(held.text), held)
