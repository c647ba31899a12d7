"""Step: what each course declares and imports → the exact wheels its browser kernel loads."""

from collections.abc import Iterable
from pathlib import PurePosixPath

from packaging.utils import canonicalize_name

from lite_site.courses.model import Course, Lesson
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
        for name in find_modules(imports_of(course, lesson), known).packages:
            wanted_by.setdefault(canonicalize_name(name), []).append(str(course.folder / lesson.path))
    in_browser = [lesson for lesson in course.lessons if lesson.placement == "browser"]
    imported = {module for lesson in in_browser for module in imports_of(course, lesson)}
    imported |= imports_of_modules(course) if in_browser else set()
    return resolve(
        [*course.packages, *find_modules(imported, known).packages],
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
        for module in find_modules(imports_of(course, lesson), known).unknown
    ]


def imports_of(course: Course, lesson: Lesson) -> set[str]:
    """A lesson's imports without the modules that stand beside it."""
    return set(lesson.imports) - modules_in(course, lesson.path.parent)


def imports_of_modules(course: Course) -> set[str]:
    """What the course's own modules import in their turn, other modules of the course aside."""
    found: set[str] = set()
    for file in course.files:
        if file.path.suffix == ".py":
            source = file.source.read_text(encoding="utf-8", errors="replace")
            beside = file.path.parent.parent if file.path.name == "__init__.py" else file.path.parent
            found |= set(facts_in([(1, source)]).imports) - modules_in(course, beside)
    return found


def modules_in(course: Course, folder: PurePosixPath) -> set[str]:
    """The modules and packages of the course that code in `folder` finds: `tools.py`, `tools/__init__.py`."""
    sources = (file.path for file in course.files if file.path.suffix == ".py")
    return {
        path.parent.name if path.name == "__init__.py" else path.stem
        for path in sources
        if folder == (path.parent.parent if path.name == "__init__.py" else path.parent)
    }
