"""Step: contents folder → courses, with every problem found; errors end the build here."""

import difflib
from dataclasses import replace
from pathlib import Path

from lite_site.courses.model import Course, Site
from lite_site.courses.read import read_site
from lite_site.pages.application import untitled_site
from lite_site.problems import BuildError, Problem
from lite_site.steps.build import Build
from lite_site.steps.lock_environment import lock_courses
from lite_site.steps.place_lessons import place_courses


def read_courses(build: Build) -> None:
    """Read and check what is asked for; problems of other courses don't matter."""
    settings = build.settings
    site, problems = read_site(settings.contents, build.inspections)
    if settings.only:
        site, problems = narrow(site, problems, settings.contents, settings.only)
    if any(problem.severity == "error" for problem in problems):
        placed, found = place_courses(site.courses)
        raise BuildError([*problems, *found, *lock_courses(placed)[1]])
    build.site = site if site.title.by_language else replace(site, title=untitled_site())
    build.warnings += problems


def narrow(site: Site, problems: list[Problem], contents: Path, only: tuple[str, ...]) -> tuple[Site, list[Problem]]:
    """The courses named, by folder or slug, and what concerns them."""
    chosen = tuple(course for course in site.courses if {course.slug, course.folder.name} & set(only))
    others = {course.folder.as_posix() for course in site.courses if course not in chosen}
    own = [problem for problem in problems if not within(problem.place, others)]
    named = {name for course in chosen for name in (course.slug, course.folder.name)}
    own += [unknown_course(name, site.courses, contents) for name in only if name not in named]
    return replace(site, courses=chosen), own


def within(place: str, folders: set[str]) -> bool:
    """Whether a problem's place is one of these folders, or a file in one."""
    return any(place == folder or place.startswith(f"{folder}/") for folder in folders)


def unknown_course(name: str, courses: tuple[Course, ...], contents: Path) -> Problem:
    """No such course; the nearest names are the remedy."""
    near = difflib.get_close_matches(name, [course.folder.name for course in courses], n=3, cutoff=0.4)
    remedy = f"Did you mean {', '.join(near)}?" if near else "Name a folder of it that has notebooks."
    return Problem(contents.as_posix(), f"has no course {name}.", remedy, "course-unknown")
