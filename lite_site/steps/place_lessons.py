"""Step: each lesson runs in the browser or on the cluster: the teacher's word first, then what the browser can."""

from collections.abc import Iterator
from dataclasses import replace

from lite_site.courses.model import Lesson, Site
from lite_site.pages.application import foreign_kernel
from lite_site.problems import Problem
from lite_site.steps.build import Build

BROWSER_KERNELS = {"python"}


def place_lessons(build: Build) -> None:
    """Settle where every lesson runs, with the reason."""
    courses = (replace(course, lessons=tuple(map(place, course.lessons))) for course in build.courses)
    placed = replace(build.site, courses=tuple(courses))
    build.warnings += moved(build.site, placed)
    build.site = placed


def moved(before: Site, after: Site) -> Iterator[Problem]:
    """A warning for each lesson that the teacher didn't place on the cluster, and that only it could run."""
    for old, new in zip(before.courses, after.courses, strict=True):
        for was, lesson in zip(old.lessons, new.lessons, strict=True):
            if was.placement != lesson.placement:
                yield Problem(
                    place=str(new.folder / lesson.path),
                    problem=f"is written in {lesson.kernel}, which no browser kernel runs here: it can only be read.",
                    remedy='Say placement = "cluster" if that is right.',
                    code="kernel-missing-browser",
                    severity="warning",
                )


def place(lesson: Lesson) -> Lesson:
    """The lesson, on the cluster if no browser kernel of this site speaks its language."""
    if lesson.kernel in BROWSER_KERNELS or lesson.placement == "cluster":
        return lesson
    return replace(lesson, placement="cluster", reason=foreign_kernel(lesson.kernel))
