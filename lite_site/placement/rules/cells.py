"""Rules on cells: those that can't be read as Python, and those that wait for a person."""

from collections.abc import Iterator

from lite_site.courses.model import Reason
from lite_site.placement.case import Case
from lite_site.runtime.distribution import PYTHON_VERSION


def unparsable(case: Case) -> Iterator[Reason]:
    """Cells that aren't today's Python, one reason each: nobody can tell all that they need."""
    for seen in case.of("unparsable"):
        where = str(seen.module or "")
        match seen.fact.manner:
            case "python2":
                yield seen.reason("python2", where)
            case "newer":
                yield seen.reason("syntax-newer", where, version=PYTHON_VERSION)
            case "blanks":
                yield seen.reason("cell-unparsable.blanks", where)
            case _:
                yield seen.reason("cell-unparsable", where, why=seen.fact.subject or "?")


def input_asked(case: Case) -> Iterator[Reason]:
    """Answers that the reader types; the browser asks for them too."""
    for seen in case.of("input")[:1]:
        yield seen.reason("asks-input")
