"""Runs notebooks of the corpus for real, all in the browser: what the verdicts are measured against."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch

from lite_site import pipeline
from lite_site.courses.model import Course, Lesson, Placement
from lite_site.courses.read import read_site
from lite_site.environment.wheels import Wheel
from lite_site.problems import BuildError, Problem
from lite_site.proving.outcome import Outcome
from lite_site.proving.run import run_lessons
from lite_site.report import SilentReport
from lite_site.runtime.store import Store
from lite_site.settings import make_settings
from lite_site.steps.build import Build
from lite_site.steps.fetch_runtime import fetch_runtime
from tests.placement.labels import CORPUS, Label


@dataclass(frozen=True, slots=True)
class Measurement:
    """What happened to a notebook, by its name in the corpus; None where its packages can't be had here."""

    name: str
    outcome: Outcome | None

    @property
    def told(self) -> str:
        """As a label keeps it."""
        if self.outcome is None:
            return "unfetchable"
        skipped = f"skipped: cells {', '.join(map(str, self.outcome.skipped))}" if self.outcome.skipped else "ran"
        where = "" if self.outcome.cell is None else f"cell {self.outcome.cell}, "
        return skipped if self.outcome.ending == "ran" else f"{self.outcome.ending}: {where}{self.outcome.error}"

    @property
    def raised(self) -> bool | None:
        """Whether a code cell raised what it wasn't meant to; None where that wasn't shown."""
        if self.outcome is None or self.outcome.ending == "undecided":
            return None
        return self.outcome.ending != "ran" or bool(self.outcome.skipped)


def measured(label: Label, measurement: Measurement) -> Label:
    """The label with what happened."""
    fails = label.fails if measurement.raised is None else measurement.raised
    return replace(label, measured=measurement.told, fails=fails)


def measure(folder: Path, names: Collection[str], *, jobs: int = 1, seconds: float = 120) -> Iterator[Measurement]:
    """Build a site of the named notebooks' themes in `folder`, those notebooks placed in the browser, and run them."""
    forced = Forced(names)
    themes = sorted({name.partition("/")[0] for name in names})
    settings = make_settings(contents=CORPUS, output=folder / "_site", only=tuple(themes))
    steps = tuple((name, forced.fetch if step is fetch_runtime else step) for name, step in pipeline.STEPS)
    with (
        patch("lite_site.steps.place_lessons.place_course", forced.place),
        patch("lite_site.pipeline.STEPS", steps),
    ):
        pipeline.build_site(settings, SilentReport())
    courses = [forced.place(course)[0] for course in read_site(CORPUS)[0].courses if course.folder.name in themes]
    wanted = {name_of(course, lesson): (course, lesson) for course in courses for lesson in course.lessons}
    yield from (Measurement(name, None) for name in sorted(set(names) & forced.lacking))
    lessons = [pair for name, pair in wanted.items() if name in set(names) - forced.lacking]
    folders = {course.slug: course for course in courses}
    for outcome in run_lessons(settings.output, lessons, jobs=jobs, seconds=seconds):
        yield Measurement(name_of(folders[outcome.course], outcome.lesson), outcome)


def name_of(course: Course, lesson: Lesson) -> str:
    """A lesson's name in the corpus."""
    return f"{course.folder.name}/{lesson.path}"


class Forced:
    """Two steps of the build as a measurement needs them: placing without judging, fetching what there is."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = names
        self.lacking: set[str] = set()

    def place(self, course: Course) -> tuple[Course, list[Problem]]:
        """Put the notebooks to measure in the browser, and no other."""
        here, elsewhere = Placement("browser"), Placement("cluster", "standard")
        lessons = (
            replace(lesson, placement=here if name_of(course, lesson) in self._names else elsewhere)
            for lesson in course.lessons
        )
        return replace(course, lessons=tuple(lessons)), []

    def fetch(self, build: Build) -> None:
        """Fetch what can be had, and do without the rest; the notebooks that need it are `lacking`."""
        with suppress(BuildError):
            return fetch_runtime(build)
        store = Store(build.settings.cache)
        lost = {wheel for lock in build.locks.values() for wheel in lock.wheels if store.get(wheel.sha256) is None}
        for course in build.courses:
            lock = build.locks[course.slug]
            self.lacking |= {name_of(course, one) for one in course.lessons if lost & loaded(build, course, one)}
            build.locks[course.slug] = replace(lock, wheels=tuple(wheel for wheel in lock.wheels if wheel not in lost))
        return fetch_runtime(build)


def loaded(build: Build, course: Course, lesson: Lesson) -> set[Wheel]:
    """The wheels that a lesson's imports load, beyond the kernel's own."""
    lock = build.locks[course.slug]
    return set(lock.closure_of(wheel.name for wheel in lock.packages_for(lesson.imports)))
