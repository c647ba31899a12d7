"""Which parts of a cell are formulas: Jupyter takes them out before it reads Markdown, and so do we."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

_ENVIRONMENTS = (
    "equation|align|alignat|flalign|gather|multline|eqnarray|aligned|alignedat|gathered|split|cases|array|"
    "(?:small|[pbvBV])?matrix"
)
_FORMULA = re.compile(
    rf"""
      \$\$[^`]+?\$\$(?:[ \t]*\((?P<label>[\w:.-]+)\)(?=[ \t]*$))?   # $$ … $$, and MyST's label for it
    | \\begin\{{(?P<environment>(?:{_ENVIRONMENTS})\*?)\}}[^`]{{0,20000}}?\\end\{{(?P=environment)\}}
    | (?<![\\$])\$[^$`\n]+?\$
    | (?<![\\$])\$(?=\S)[^$`\n]+\n(?!\s*\n)[^$`\n]*(?<=\S)\$(?!\d)  # over a line's end, if it can't be two prices
    | \\\\\[[^`]+?\\\\\] | \\\\\([^`\n]+?\\\\\)                      # as Jupyter wants LaTeX's own signs
    | (?<!\\)\\\([^`\n]+?\\\)                                        # and as everybody writes them
    | (?P<before>^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)?)\\\[[^`]+?\\\](?=[ \t.,;]*$)
    """,
    re.VERBOSE | re.MULTILINE,
)
_HELD = re.compile("(?:\ue000|%EE%80%80)(\\d{1,6})(?:\ue001|%EE%80%81)")  # as text, and as an address has it


@dataclass(frozen=True, slots=True)
class Held:
    """A cell's text with a numbered mark for each formula, so that `$f[a](b)$` is no link, and the formulas."""

    text: str
    formulas: list[str]
    shortened: tuple[tuple[int, ...], tuple[int, ...]]
    """Where formulas took line ends with them: the lines they stand on, and how many were gone by then."""

    def with_formulas(self, text: str) -> str:
        """Text of a token with its formulas put back."""
        return put_back(text, self.formulas)

    def line_of(self, line: int) -> int:
        """The line of the cell, from 1, that the tokens call `line`, from 0."""
        places, gone = self.shortened
        before = bisect_right(places, line - 1)
        return line + 1 + (gone[before - 1] if before else 0)


def hold_formulas(source: str, first: int = 0) -> Held:
    """Take the formulas out of a cell; the first gets the number `first`."""
    formulas: list[str] = []
    parts: list[str] = []
    places: list[int] = []
    ends: list[int] = []
    at = line = 0
    for found in _FORMULA.finditer(source):
        start = found.end("before") if found["before"] else found.start()
        before, formula = source[at:start], source[start : found.end()]
        parts += [before, mark(first + len(formulas))]
        formulas.append(formula)
        line += before.count("\n")
        if lost := formula.count("\n"):
            places.append(line)
            ends.append(lost)
        at = found.end()
    return Held("".join([*parts, source[at:]]), formulas, (tuple(places), tuple(accumulate(ends))))


def mark(number: int) -> str:
    """What stands for a formula."""
    return f"\ue000{number}\ue001"


def marks_in(text: str) -> list[int]:
    """The numbers of the marks in a text, in order."""
    return [int(number) for number in _HELD.findall(text)] if "\ue000" in text else []


def put_back(text: str, formulas: Sequence[str]) -> str:
    """A text with its formulas in place of their marks; a mark that is nobody's is dropped."""
    return _HELD.sub(lambda found: "".join(formulas[int(found[1]) :][:1]), text)
