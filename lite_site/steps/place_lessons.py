"""Step: each lesson runs in the browser or on the cluster: the teacher's word first, then what the browser can."""

from dataclasses import replace

from lite_site.courses.model import Lesson
from lite_site.pages.application import foreign_kernel
from lite_site.steps.build import Build

BROWSER_KERNELS = {"python"}


def place_lessons(build: Build) -> None:
    """Settle where every lesson runs, with the reason."""
    courses = (replace(course, lessons=tuple(map(place, course.lessons))) for course in build.courses)
    build.site = replace(build.site, courses=tuple(courses))


def place(lesson: Lesson) -> Lesson:
    """The lesson, on the cluster if no browser kernel of this site speaks its language."""
    if lesson.kernel in BROWSER_KERNELS or lesson.placement == "cluster":
        return lesson
    return replace(lesson, placement="cluster", reason=foreign_kernel(lesson.kernel))
