"""`passerelle explain`: where each notebook would run, and why, without building anything."""

import os
from dataclasses import dataclass
from pathlib import Path

from lite_site.courses.model import Course, Lesson
from lite_site.courses.read import CONFIG, read_one_course, read_site
from lite_site.notebooks.document import JsonObject
from lite_site.problems import BuildError, Problem
from lite_site.steps.describe_course import placement_as_json
from lite_site.steps.place_lessons import place_course


@dataclass(frozen=True, slots=True)
class Explained:
    """A placed lesson and its file as the person named it."""

    place: str
    lesson: Lesson

    def as_dict(self) -> JsonObject:
        """The verdict as JSON-ready values."""
        return {
            "path": self.place,
            "sha256": self.lesson.sha256,
            "kernel": self.lesson.kernel,
            "imports": list(self.lesson.imports),
            **placement_as_json(self.lesson.placement),
        }


def explain(path: Path) -> tuple[list[Explained], list[Problem]]:
    """The verdict on a notebook, on those of a course, or on those of all courses in a folder.

    The problems are of notebooks that can't be read, and of the courses' locks and profiles. BuildError where there
    is nothing of that name.
    """
    courses, problems = _read(path)
    explained: list[Explained] = []
    for course in courses:
        placed, faults = place_course(course)
        problems += faults
        for lesson in placed.lessons:
            source = course.folder / lesson.path
            if lesson.sha256 and (path.is_dir() or source.absolute() == path.absolute()):
                explained.append(Explained(_as_named(source, path), lesson))
    if not explained and not problems:
        problem, remedy = "It isn't a notebook.", "Name an .ipynb, or a .md or .py with Jupytext's header."
        raise BuildError([Problem(path.as_posix(), problem, remedy, "explain-nothing")])
    return explained, sorted(set(problems))


def _as_named(source: Path, path: Path) -> str:
    """The file from where the person is, unless they named an absolute path."""
    return source.as_posix() if path.is_absolute() else os.path.relpath(source)


def _read(path: Path) -> tuple[tuple[Course, ...], list[Problem]]:
    """The courses that `path` is or is in, and the errors that keep their notebooks from being read."""
    if not path.exists():
        problem, remedy = "There is no such file or folder.", "Name a notebook, a course's folder or your contents."
        raise BuildError([Problem(path.as_posix(), problem, remedy, "explain-nothing")])
    if path.is_dir():
        site, problems = read_site(path)
        courses = site.courses
    else:
        course, problems = read_one_course(_course_of(path), every_notebook=True)
        courses = (course,)
    unread = {
        (course.folder / lesson.path).as_posix() for course in courses for lesson in course.lessons if not lesson.sha256
    }
    return courses, [one for one in problems if one.severity == "error" and one.place.split(", ")[0] in unread]


def _course_of(notebook: Path) -> Path:
    """The folder of the course a notebook is in: the nearest with a course.toml, else the notebook's own."""
    return next((folder for folder in notebook.parents if (folder / CONFIG).is_file()), notebook.parent)
