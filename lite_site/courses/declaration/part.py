"""What one file of a declaration says, before the files become one Declaration."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from lite_site.courses.model import Wanted
from lite_site.problems import Problem

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Part:
    """What one file asks for, and its faults; `source` is the file as the person knows it."""

    source: str
    packages: tuple[Wanted, ...] = ()
    conda: tuple[Wanted, ...] = ()
    channels: tuple[str, ...] = ()
    python: str | None = None
    problems: tuple[Problem, ...] = ()


Reader: TypeAlias = Callable[[Path, str, Path], Part | None]
"""Reads the file at a path, known by a place; nothing outside the last folder is read. None: it declares nothing."""


def abridged(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems, of many alike in one file only the first few and how many more there are."""
    seen: Counter[tuple[str, str]] = Counter()
    last: dict[tuple[str, str], Problem] = {}
    for problem in dict.fromkeys(problems):
        kind = (problem.place.rpartition(", line ")[0] or problem.place, problem.code)
        seen[kind] += 1
        last[kind] = problem
        if seen[kind] <= _SHOWN:
            yield problem
    for (file, code), times in seen.items():
        if times > _SHOWN:
            remedy = last[file, code].remedy if times == _SHOWN + 1 else "See to those first; the rest may be alike."
            more = f"The same goes for {times - _SHOWN} more of its lines."
            yield replace(last[file, code], place=file, problem=more, remedy=remedy)
