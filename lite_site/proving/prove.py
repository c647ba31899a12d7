"""`passerelle prove`: builds, runs the lessons that aren't proven yet, keeps what happened beside each course."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from lite_site.courses.model import Course, Lesson, Where
from lite_site.courses.read import read_site
from lite_site.environment.course_lock import course_catalogue
from lite_site.pipeline import build_site
from lite_site.placement.proof import ProofRecord, holds, read_proofs, write_proofs
from lite_site.problems import BuildError, Problem
from lite_site.proving.outcome import Outcome
from lite_site.proving.run import CELL_SECONDS, run_lessons
from lite_site.report import Report
from lite_site.settings import Settings
from lite_site.site.tree import changed_meanwhile
from lite_site.steps.place_lessons import place_courses
from lite_site.steps.proofs import environment_digest
from lite_site.steps.read_courses import narrow
from lite_site.steps.surroundings import surroundings_of

STEP = "Running lessons in a browser"
REMEDIES = {
    "failed": "It goes to the cluster at the next build. Mend the cell to keep the lesson in the browser.",
    "broken": "It would fail on the cluster too: mend the cell, or tag it raises-exception if that is meant.",
    "undecided": "Mend that, then prove it again.",
}


@dataclass(frozen=True, slots=True)
class Move:
    """A lesson that its new proof places elsewhere."""

    place: str
    before: Where
    after: Where


@dataclass(frozen=True, slots=True)
class Proving:
    """A finished round: what ran now, how many lessons were proven before, and which ones their proof moves."""

    outcomes: tuple[Outcome, ...]
    already: int
    moves: tuple[Move, ...]
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether every lesson ran whole."""
        return all(outcome.ending == "ran" for outcome in self.outcomes)

    @property
    def summary(self) -> str:
        """A few lines for a person."""
        ran = sum(outcome.ending == "ran" for outcome in self.outcomes)
        moved = "".join(f"{move.place}: goes from the {move.before} to the {move.after}.\n" for move in self.moves)
        before = f"; {self.already} were proven before" if self.already else ""
        return f"{moved}{ran} of {len(self.outcomes)} lessons ran whole{before}."

    def as_dict(self) -> dict[str, object]:
        """The round as JSON-ready values."""
        return {
            "ok": self.ok,
            "already": self.already,
            "lessons": [_as_dict(outcome) for outcome in self.outcomes],
            "moves": [{"place": move.place, "before": move.before, "after": move.after} for move in self.moves],
            "problems": [problem.as_dict() for problem in self.problems],
        }


def prove_site(
    settings: Settings,
    report: Report,
    *,
    program: Path | None = None,
    jobs: int = 1,
    seconds: float = CELL_SECONDS,
    again: bool = False,
) -> Proving:
    """Build the site, run its browser lessons that have no proof yet (all of them if `again`), and build again.

    Each course's `proofs.toml` is brought up to date as lessons end, so that a round that is stopped isn't lost.
    `program` is the browser (the first on PATH), `jobs` how many lessons run at once, `seconds` what a cell may take.
    """
    warnings = build_site(settings, report).warnings
    courses = placed_courses(settings)
    check_published(settings.output, courses)
    books = {course.slug: Book(course) for course in courses}
    browser = [(course, lesson) for course in courses for lesson in course.lessons if runs_here(lesson, again=again)]
    waiting = [(course, lesson) for course, lesson in browser if again or not lesson.placement.proven]
    outcomes: list[Outcome] = []
    report.step(1, 1, STEP)
    if waiting:
        report.progress(0, len(waiting), "")
        with closing(run_lessons(settings.output, waiting, program=program, jobs=jobs, seconds=seconds)) as ended:
            for outcome in ended:
                outcomes.append(outcome)
                books[outcome.course].enter(outcome)
                report.progress(len(outcomes), len(waiting), str(outcome.lesson.path))
    for book in books.values():
        book.write()
    if any(book.changed for book in books.values()):
        build_site(settings, report)
    moves = tuple(moved(courses, placed_courses(settings)))
    outcomes.sort(key=lambda outcome: (outcome.course, str(outcome.lesson.path)))
    problems = (*warnings, *problems_of(outcomes, books))
    return Proving(tuple(outcomes), len(browser) - len(waiting), moves, problems)


def placed_courses(settings: Settings) -> tuple[Course, ...]:
    """The courses asked for, their lessons placed as the build places them."""
    site, problems = read_site(settings.contents)
    if settings.only:
        site, problems = narrow(site, problems, settings.contents, settings.only)
    placed, faults = place_courses(site.courses)
    errors = [problem for problem in (*problems, *faults) if problem.severity == "error"]
    if errors:
        raise BuildError(errors)
    return placed


def check_published(site: Path, courses: Iterable[Course]) -> None:
    """Make sure that the site has the lessons just read: `BuildError` names those that changed in between."""
    changed: list[Problem] = []
    for course in courses:
        described = json.loads((site / course.slug / "course.json").read_bytes())
        built = {lesson["path"]: lesson["sha256"] for lesson in described["lessons"]}
        changed += [
            changed_meanwhile(course.folder / lesson.path)
            for lesson in course.lessons
            if built.get(str(lesson.path)) != lesson.sha256
        ]
    if changed:
        raise BuildError(changed)


def runs_here(lesson: Lesson, *, again: bool) -> bool:
    """Whether a lesson is to be run: it is the browser's, or, if `again`, nothing but a failed proof speaks against."""
    if lesson.placement.where == "browser":
        return True
    against = {reason.code for reason in lesson.placement.reasons if reason.argues == "cluster"}
    return again and against == {"proof-failed"}


class Book:
    """A course's records: those that still hold, and what this round adds."""

    def __init__(self, course: Course) -> None:
        self.course, self.changed = course, False
        around = surroundings_of(course, course_catalogue(course))
        kept = read_proofs(course.folder)
        self._digests = {str(lesson.path): environment_digest(course, lesson, around) for lesson in course.lessons}
        self._records: dict[str, ProofRecord] = {
            path: kept[path]
            for lesson in course.lessons
            if (path := str(lesson.path)) in kept and holds(kept[path], lesson, self._digests[path])
        }

    def enter(self, outcome: Outcome) -> None:
        """Take note of an outcome, on disk at once."""
        path = str(outcome.lesson.path)
        if record := outcome.record(self._digests[path]):
            self._records[path] = record
        self.write()

    def write(self) -> None:
        """Leave on disk what holds, and nothing else."""
        self.changed = write_proofs(self.course.folder, self._records.values()) or self.changed


def moved(before: Iterable[Course], after: Iterable[Course]) -> Iterator[Move]:
    """The lessons that stand elsewhere than they did."""
    now = {(course.slug, lesson.path): lesson.placement.where for course in after for lesson in course.lessons}
    for course in before:
        for lesson in course.lessons:
            where = now.get((course.slug, lesson.path), lesson.placement.where)
            if where != lesson.placement.where:
                yield Move(str(course.folder / lesson.path), lesson.placement.where, where)


def problems_of(outcomes: Iterable[Outcome], books: Mapping[str, Book]) -> Iterator[Problem]:
    """A problem for each lesson that didn't run whole, and a warning for what was seen besides."""
    for outcome in outcomes:
        place = str(books[outcome.course].course.folder / outcome.lesson.path)
        where = place if outcome.cell is None else f"{place}, cell {outcome.cell}"
        if outcome.ending == "failed":
            yield Problem(where, f"fails in a browser: {outcome.error}.", REMEDIES["failed"], "proof-failed")
        elif outcome.ending == "broken":
            yield Problem(where, f"is at fault itself: {outcome.error}.", REMEDIES["broken"], "proof-broken")
        elif outcome.ending == "undecided":
            yield Problem(where, f"isn't proven: {outcome.error}.", REMEDIES["undecided"], "proof-undecided")
        for note in outcome.notes:
            remedy = "Look at the lesson in a browser; its proof doesn't depend on it."
            yield Problem(place, f"was seen to be more than calm: {note}.", remedy, "proof-note", "warning")


def _as_dict(outcome: Outcome) -> dict[str, object]:
    return {
        "course": outcome.course,
        "path": str(outcome.lesson.path),
        "outcome": outcome.ending,
        "cells": outcome.cells,
        "cell": outcome.cell,
        "error": outcome.error,
        "skipped": list(outcome.skipped),
        "answered": outcome.answered,
        "notes": list(outcome.notes),
    }
