"""Step: what each course declares and imports → the exact wheels its browser kernel loads."""

from collections.abc import Iterable

from lite_site.courses.model import Course, Lesson, Wanted
from lite_site.environment.browser import BrowserLock, resolve
from lite_site.environment.catalogue import Catalogue
from lite_site.environment.course_lock import catalogue_of, held_lock
from lite_site.environment.held import lock_problems, wanted_in_browser
from lite_site.environment.imports import Modules, packages_imported
from lite_site.environment.lock_text import CourseLock
from lite_site.placement.needs import needed_in_browser
from lite_site.problems import BuildError, Problem
from lite_site.steps.build import Build
from lite_site.steps.place_lessons import browser_lessons
from lite_site.steps.surroundings import surroundings_of


def lock_environment(build: Build) -> None:
    """Hold every course to its lock, or to the tables; all problems of all courses at once."""
    build.locks, problems = lock_courses(build.courses)
    if any(problem.severity == "error" for problem in problems):
        raise BuildError(problems)
    build.environments = {course.slug: lock for course in build.courses if (lock := held_lock(course))}
    build.warnings += problems


def lock_courses(courses: Iterable[Course]) -> tuple[dict[str, BrowserLock], list[Problem]]:
    """The wheels of each course by its slug, and what is wrong with the packages of any; lessons are placed."""
    locks: dict[str, BrowserLock] = {}
    problems: list[Problem] = []
    for course in courses:
        try:
            held = held_lock(course)
            locks[course.slug], found = lock_of(course, held)
            problems += [*locks[course.slug].warnings, *found]
        except BuildError as error:
            problems += error.problems
    return locks, problems


def lock_of(course: Course, held: CourseLock | None) -> tuple[BrowserLock, list[Problem]]:
    """The wheels of one course: what it declares, what its browser lessons import besides, and what to know of it."""
    known = catalogue_of(held)
    imported = packages_imported(modules_of(course, browser_lessons(course), known), known)
    wanted = [*wanted_in_browser(course, held, known), *(Wanted(name, place) for name, place in imported)]
    problems = list(lock_problems(course, held, imported)) if held else []
    return resolve(wanted, known), problems


def modules_of(course: Course, lessons: Iterable[Lesson], known: Catalogue) -> Modules:
    """The modules that lessons in Python take from outside the course, by the lesson's path."""
    around = surroundings_of(course, known)
    python = (lesson for lesson in lessons if lesson.kernel == "python")
    return {str(course.folder / lesson.path): needed_in_browser(lesson, around) for lesson in python}
