"""`passerelle lock`: asks the Python package index, once, for all that courses need, and freezes the answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from lite_site.courses.model import Course
from lite_site.courses.read import read_site
from lite_site.environment.changes import Change, changes_between
from lite_site.environment.course_lock import catalogue_of, other_pyodide, read_course_lock, write_course_lock
from lite_site.environment.freeze import Asked, Doors, freeze
from lite_site.environment.held import compare_sides
from lite_site.environment.imports import declared_names, imported_besides, imports_undeclared
from lite_site.environment.lock_text import CourseLock
from lite_site.environment.server.differences import Difference
from lite_site.environment.server.resolve import resolve_server
from lite_site.problems import BuildError, Problem
from lite_site.report import Report
from lite_site.runtime.distribution import VERSION
from lite_site.runtime.pip import Pip
from lite_site.runtime.uv import Uv
from lite_site.settings import Settings
from lite_site.steps.lock_environment import modules_of
from lite_site.steps.read_courses import narrow


@dataclass(frozen=True, slots=True)
class Locked:
    """What `lock` did for a course: `lock` is what its file now says, None where there is nothing to lock.

    `is_new` and `is_changed` tell what became of the file; `asked` are the packages the course itself names or
    imports; `remarks` are what the teacher may want to know.
    """

    folder: Path
    lock: CourseLock | None = None
    is_new: bool = False
    is_changed: bool = False
    asked: frozenset[str] = frozenset()
    changes: tuple[Change, ...] = ()
    differences: tuple[Difference, ...] = ()
    remarks: tuple[Problem, ...] = ()


def lock_courses(
    settings: Settings, report: Report, *, upgrade: bool = False, doors: Doors | None = None
) -> tuple[Locked, ...]:
    """Lock each course, then write all that changed; `upgrade` takes the newest versions.

    `BuildError` when a course can't be read, a requirement can't be met or an index doesn't answer: nothing is
    written then.
    """
    site, problems = read_site(settings.contents)
    if settings.only:
        site, problems = narrow(site, problems, settings.contents, settings.only)
    if any(problem.severity == "error" for problem in problems):
        raise BuildError(problems)
    doors = doors or index_doors(settings)
    made: list[Locked] = []
    faults: list[Problem] = []
    for number, course in enumerate(site.courses, start=1):
        report.step(number, len(site.courses), f"Locking {course.slug}")
        report.progress(0, 1, "asking the Python package index")
        try:
            made.append(lock_course(course, doors, upgrade=upgrade))
        except BuildError as error:
            faults += error.problems
    if faults:
        raise BuildError(faults)
    for locked in made:
        if locked.lock and locked.is_changed:
            write_course_lock(locked.folder, locked.lock)
    return tuple(made)


def index_doors(settings: Settings) -> Doors:
    """The indexes pip is set up for, through pip and uv."""
    return Doors(Pip().download, partial(resolve_server, run=Uv(settings.cache / "uv").compile))


def lock_course(course: Course, doors: Doors, *, upgrade: bool) -> Locked:
    """What a course's lock must say, its file as yet untouched; no index is asked where the lock there will do."""
    earlier = read_course_lock(course.folder)
    if earlier and earlier.pyodide not in {"", VERSION} and not upgrade:
        raise BuildError([other_pyodide(course, earlier)])
    modules = modules_of(course, course.lessons, catalogue_of(earlier))
    asked = Asked(course.declaration, imported_besides(modules, course.packages, earlier))
    if asked.is_empty and earlier is None:
        return Locked(course.folder, remarks=tuple(imports_undeclared(modules, CourseLock())))
    if earlier and not upgrade and asked.is_answered_by(earlier):
        return _locked(course.folder, asked, earlier, earlier, imports_undeclared(modules, earlier))
    lock, remarks = freeze(asked, earlier, doors, upgrade=upgrade)
    return _locked(course.folder, asked, earlier, lock, [*remarks, *imports_undeclared(modules, lock)])


def _locked(
    folder: Path, asked: Asked, earlier: CourseLock | None, lock: CourseLock, remarks: Iterable[Problem]
) -> Locked:
    names = frozenset({*declared_names(asked.declared), *asked.imported})
    return Locked(
        folder=folder,
        lock=lock,
        is_new=earlier is None,
        is_changed=lock != earlier,
        asked=names,
        changes=changes_between(earlier, lock),
        differences=compare_sides(lock, names),
        remarks=tuple(sorted(set(remarks))),
    )
