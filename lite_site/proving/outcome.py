"""What became of a lesson that was run, and what an error in it means."""

import re
from dataclasses import dataclass, field
from typing import Literal

from lite_site.courses.model import Lesson
from lite_site.placement.proof import LONGEST_ERROR, ProofRecord

Ending = Literal["ran", "failed", "broken", "undecided"]
"""`failed`: the browser can't do it; `broken`: the lesson is at fault, wherever it runs; `undecided`: neither shown."""
Meaning = Literal["harmless", "failed", "broken", "undecided"]

_SYNTAX = frozenset(("SyntaxError", "IndentationError", "TabError"))
# What no browser brings about: the same happens on the cluster.
_OWN = frozenset(("NameError", "UnboundLocalError", "AssertionError", "ZeroDivisionError"))
# What a value that a pupil should have given, and didn't, may bring about later.
_FOLLOWING = _OWN | {
    "AttributeError",
    "IndexError",
    "KeyError",
    "NotImplementedError",
    "StopIteration",
    "TypeError",
    "ValueError",
}
# Where a pupil is to write: holes, nbgrader's own mark, and what teachers write beside them.
_TO_COMPLETE = re.compile(
    r"\b_{3,}\b|^\s*\.\.\.\s*(?:#|$)|=\s*(?:\.\.\.|…|None\s*#)|\braise NotImplementedError\b|\bYOUR CODE HERE\b"
    r"|\b[àa] compléter\b|\bà vous\b|\bVOTRE CODE\b|#\s*TODO\b",
    re.IGNORECASE | re.MULTILINE,
)
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{3,}")
_ORIGIN = re.compile(r"https?://127\.0\.0\.1(?::\d+)?")
_NAME = re.compile(r"name '(\w+)'")


@dataclass(frozen=True, slots=True)
class Failure:
    """An exception as the kernel tells it: its class and its text."""

    name: str
    text: str

    def __str__(self) -> str:
        return one_line(f"{self.name}: {self.text}" if self.text else self.name)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A lesson's run: `cells` code cells ran, `cell` (from 1) is where it ended, `notes` is what else was seen.

    `skipped` are cells whose error is no fault: a pupil completes them, or they follow from that.
    """

    course: str
    lesson: Lesson
    ending: Ending
    cells: int = 0
    cell: int | None = None
    error: str = ""
    skipped: tuple[int, ...] = ()
    answered: bool = False
    notes: tuple[str, ...] = ()

    def record(self, digest: str) -> ProofRecord | None:
        """What the course keeps of it, None where nothing was shown; `digest` stands for what it ran with."""
        if self.ending == "undecided":
            return None
        return ProofRecord(
            path=str(self.lesson.path),
            notebook=self.lesson.sha256,
            lock=digest,
            outcome=self.ending,
            cells=self.cells,
            cell=self.cell,
            error=self.error,
            skipped=self.skipped,
            answered=self.answered,
        )


@dataclass(slots=True)
class Judge:
    """Tells what an error means, from what was seen of the lesson so far.

    `blanks` are the cells that don't parse because a pupil has to complete them.
    """

    imports: frozenset[str]
    blanks: frozenset[int]
    to_complete: bool = False
    made_up: bool = False
    skipped: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, lesson: Lesson) -> "Judge":
        """The judge of a lesson."""
        facts = lesson.facts
        holes = {fact.cell for fact in facts if fact.kind == "unparsable" and fact.manner == "blanks"}
        return cls(frozenset(lesson.imports), frozenset(holes))

    def read(self, source: str) -> None:
        """Take note of a cell that is about to run."""
        self.to_complete = self.to_complete or _TO_COMPLETE.search(source) is not None

    def judge(self, cell: int, failure: Failure, tags: frozenset[str]) -> Meaning:
        """What an error in a cell means."""
        if "raises-exception" in tags:
            return "harmless"
        if failure.name in _SYNTAX:
            return self._skip(cell) if cell in self.blanks else "broken"
        if failure.name in _FOLLOWING and (self.to_complete or self.blanks & set(range(cell))):
            return self._skip(cell)
        if failure.name in _FOLLOWING and self.made_up:
            return "undecided"
        if failure.name in _OWN:
            missing = _NAME.search(failure.text)
            return "failed" if missing and missing[1] in self.imports else "broken"
        return "failed"

    def _skip(self, cell: int) -> Meaning:
        self.skipped.append(cell)
        return "harmless"


def one_line(text: str) -> str:
    """An error as one line that is the same in every run: no addresses in memory, no port, nothing unprintable."""
    plain = "".join(one if one.isprintable() else " " for one in text)
    steady = _ORIGIN.sub("(the site)", _ADDRESS.sub("0x…", " ".join(plain.split())))
    return steady if len(steady) <= LONGEST_ERROR else f"{steady[: LONGEST_ERROR - 1]}…"
