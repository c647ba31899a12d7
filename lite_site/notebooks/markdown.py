"""Parses one markdown cell as Jupyter does: maths first, then markdown; knows which line of the cell is which."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from markdown_it import MarkdownIt
from markdown_it.token import Token

_MATH = re.compile(r"\$\$[^`]+?\$\$|(?<![\\$])\$[^$`\n]+?\$")
_HELD = re.compile("\ue000(\\d{1,6})\ue001")


class _Markdown(MarkdownIt):
    """CommonMark that reports every target, `file:` and `javascript:` too: the checks judge them."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 (markdown-it's name)
        """Accept any target."""
        return bool(url)


_MARKDOWN = _Markdown("commonmark").enable("table")


@dataclass(frozen=True, slots=True)
class MarkdownCell:
    """A parsed cell: its number in the notebook (from 1), source, tokens, and the formulas held back from them.

    In the tokens' text a numbered mark stands for each formula, so that `$f[a](b)$` is no link.
    """

    number: int
    source: str
    tokens: list[Token]
    formulas: list[str]
    shortened: tuple[tuple[int, ...], tuple[int, ...]]
    """Where formulas took line ends with them: the lines they stand on, and how many were gone by then."""

    def with_formulas(self, text: str) -> str:
        """Text of a token with its formulas put back."""
        return _HELD.sub(lambda found: "".join(self.formulas[int(found[1]) :][:1]), text) if "\ue000" in text else text

    def line_of(self, line: int) -> int:
        """The line of the cell, from 1, that the tokens call `line`, from 0."""
        places, gone = self.shortened
        before = bisect_right(places, line - 1)
        return line + 1 + (gone[before - 1] if before else 0)


def parse_markdown(number: int, source: str) -> MarkdownCell:
    """The cell of that number with that source, parsed."""
    formulas: list[str] = []
    parts: list[str] = []
    places: list[int] = []
    ends: list[int] = []
    at = line = 0
    for found in _MATH.finditer(source):
        before = source[at : found.start()]
        parts += [before, f"\ue000{len(formulas)}\ue001"]
        formulas.append(found[0])
        line += before.count("\n")
        if lost := found[0].count("\n"):
            places.append(line)
            ends.append(lost)
        at = found.end()
    text = "".join([*parts, source[at:]])
    return MarkdownCell(number, source, _MARKDOWN.parse(text), formulas, (tuple(places), tuple(accumulate(ends))))
