"""`passerelle explain`: where each notebook would run, and why, without building anything."""

import os
from collections.abc import Set as AbstractSet
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
    """The verdict on a notebook, on those of a course or of a folder in it, or on those of all courses in a folder.

    The problems are of notebooks that can't be read, and of the courses' course.toml, declarations, locks and
    profiles; a course whose lock or proofs can't be read has no verdicts. BuildError where there is no notebook.
    """
    courses, problems = _read(path)
    explained: list[Explained] = []
    for course in courses:
        placed, faults = place_course(course)
        problems += faults
        for lesson in placed.lessons if placed else ():
            source = course.folder / lesson.path
            if lesson.sha256 and _is_meant(source, path):
                explained.append(Explained(_as_named(source, path), lesson))
    if not explained and not problems:
        raise BuildError([_no_notebook(path)])
    return explained, sorted(set(problems))


def _is_meant(source: Path, path: Path) -> bool:
    """Whether a notebook is `path`, or is in it."""
    return Path(os.path.abspath(source)).is_relative_to(os.path.abspath(path))


def _as_named(source: Path, path: Path) -> str:
    """The file from where the person is, unless they named an absolute path."""
    return source.as_posix() if path.is_absolute() else os.path.relpath(source)


def _read(path: Path) -> tuple[tuple[Course, ...], list[Problem]]:
    """The courses that `path` is or is in, and the errors that keep their notebooks from being read or judged."""
    if not path.exists():
        problem, remedy = "There is no such file or folder.", "Name a notebook, a course's folder or your contents."
        raise BuildError([Problem(path.as_posix(), problem, remedy, "explain-nothing")])
    folder = _course_of(path) or (None if path.is_dir() else path.parent)
    if folder is None:
        site, problems = read_site(path)
        courses = site.courses
    else:
        course, problems = read_one_course(folder, every_notebook=path.is_file())
        courses = (course,)
    unread = {
        os.path.abspath(course.folder / lesson.path)
        for course in courses
        for lesson in course.lessons
        if not lesson.sha256 and _is_meant(course.folder / lesson.path, path)
    }
    return courses, [one for one in problems if one.severity == "error" and _matters(one, unread)]


def _matters(problem: Problem, unread: AbstractSet[str]) -> bool:
    """Whether an error is about one of these notebooks, or about what all verdicts of its course rest on."""
    place = problem.place.partition(", ")[0]
    return os.path.abspath(place) in unread or Path(place).name == CONFIG or problem.code.startswith("declaration-")


def _course_of(path: Path) -> Path | None:
    """The nearest folder with a course.toml: `path` itself, or around it; as relative as `path` is."""
    whole = Path(os.path.abspath(path))
    found = next((folder for folder in (whole, *whole.parents) if (folder / CONFIG).is_file()), None)
    return found if found is None or path.is_absolute() else Path(os.path.relpath(found))


def _no_notebook(path: Path) -> Problem:
    if path.is_dir():
        problem, remedy = "There is no notebook in it.", "Name a notebook, a course's folder or your contents."
    else:
        problem, remedy = "It isn't a notebook.", "Name an .ipynb, or a .md or .py with Jupytext's header."
    return Problem(path.as_posix(), problem, remedy, "explain-nothing")
