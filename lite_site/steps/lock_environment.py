"""Step: what each course declares and imports → the exact wheels its browser kernel loads."""

from collections.abc import Iterable
from pathlib import PurePosixPath

from packaging.utils import canonicalize_name

from lite_site.courses.model import Course
from lite_site.environment.browser import BrowserLock, resolve
from lite_site.environment.catalogue import Catalogue, catalogue, find_modules
from lite_site.environment.course_lock import read_course_lock
from lite_site.notebooks.code import facts_in
from lite_site.problems import BuildError, Problem
from lite_site.steps.build import Build


def lock_environment(build: Build) -> None:
    """Resolve every course's packages; all problems of all courses at once."""
    build.locks, problems = lock_courses(build.courses)
    if any(problem.severity == "error" for problem in problems):
        raise BuildError(problems)
    build.warnings += problems


def lock_courses(courses: Iterable[Course]) -> tuple[dict[str, BrowserLock], list[Problem]]:
    """The lock of each course by its slug, and what is wrong with the packages of any."""
    locks: dict[str, BrowserLock] = {}
    problems: list[Problem] = []
    for course in courses:
        try:
            known = catalogue(read_course_lock(course.folder))
            problems += imports_unknown(course, known)
            locks[course.slug] = lock_of(course, known)
            problems += locks[course.slug].warnings
        except BuildError as error:
            problems += error.problems
    return locks, problems


def lock_of(course: Course, known: Catalogue) -> BrowserLock:
    """The wheels of one course: what it declares, and what its browser lessons import besides."""
    wanted_by: dict[str, list[str]] = {}
    for lesson in course.lessons:
        for name in find_modules(imports_of(course, lesson.imports), known).packages:
            wanted_by.setdefault(canonicalize_name(name), []).append(str(course.folder / lesson.path))
    imported = {module for lesson in course.lessons if lesson.placement == "browser" for module in lesson.imports}
    imported |= imports_of_modules(course) if imported else set()
    return resolve(
        [*course.packages, *find_modules(imports_of(course, imported), known).packages],
        wanted_by,
        place=str(course.folder / "course.toml"),
        known=known,
    )


def imports_unknown(course: Course, known: Catalogue) -> list[Problem]:
    """A warning for each browser lesson that imports what no wheel of this site brings."""
    return [
        Problem(
            place=str(course.folder / lesson.path),
            problem=f"imports {module}, which has no browser wheel that Passerelle knows.",
            remedy=f"Name its package in course.toml and run `passerelle lock {course.slug}`, "
            'or set placement = "cluster".',
            code="import-unknown",
            severity="warning",
        )
        for lesson in course.lessons
        if lesson.placement == "browser" and lesson.kernel == "python"
        for module in find_modules(imports_of(course, lesson.imports), known).unknown
    ]


def imports_of(course: Course, imports: Iterable[str]) -> tuple[str, ...]:
    """Imports without the course's own modules."""
    own = {module_of(file.path) for file in course.files}
    return tuple(module for module in imports if module not in own)


def imports_of_modules(course: Course) -> set[str]:
    """What the course's own modules import in their turn."""
    sources = (
        file.source.read_text(encoding="utf-8", errors="replace") for file in course.files if module_of(file.path)
    )
    return set(facts_in(enumerate(sources)).imports)


def module_of(path: PurePosixPath) -> str:
    """The top-level module a course file belongs to, or the empty string."""
    if path.suffix != ".py":
        return ""
    return path.parent.name if path.name == "__init__.py" else path.stem
