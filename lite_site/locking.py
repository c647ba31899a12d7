"""`passerelle lock`: asks the Python package index, once, for what a course needs beyond the built-in tables."""

from collections.abc import Iterator
from pathlib import Path

from lite_site.courses.read import read_site
from lite_site.environment.course_lock import pin_course
from lite_site.environment.wheels import Wheel
from lite_site.problems import BuildError
from lite_site.settings import Settings
from lite_site.steps.read_courses import narrow


def lock_courses(settings: Settings) -> Iterator[tuple[Path, tuple[Wheel, ...]]]:
    """Pin each course in turn: its folder, and the wheels its `environment.lock` now holds.

    BuildError when a course can't be read, or a package has no wheel that runs in a browser.
    """
    site, problems = read_site(settings.contents)
    if settings.only:
        site, problems = narrow(site, problems, settings.contents, settings.only)
    if any(problem.severity == "error" for problem in problems):
        raise BuildError(problems)
    for course in site.courses:
        yield course.folder, pin_course(course.folder, course.packages)
