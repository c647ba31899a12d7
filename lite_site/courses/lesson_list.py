"""What can be wrong in the list of lessons of a course.toml."""

from collections.abc import Iterator
from difflib import get_close_matches

from lite_site.courses.config import LessonConfig
from lite_site.courses.names import nfc
from lite_site.courses.reading import CourseReading
from lite_site.notebooks.kinds import published_path
from lite_site.problems import Problem


def problems_in_lesson_list(course: CourseReading) -> Iterator[Problem]:
    """Lessons that aren't there, those listed twice, and notebooks that the list leaves out."""
    yield from _absent_lessons(course)
    yield from _lessons_listed_twice(course)
    yield from _unlisted_notebooks(course)


def _absent_lessons(course: CourseReading) -> Iterator[Problem]:
    known = {nfc(str(entry.path)) for entry in course.notebooks}
    files = {nfc(str(entry.path)) for entry in course.entries}
    for lesson in course.config.lessons or ():
        path = str(lesson.path)
        if path in known:
            continue
        if path in files:
            yield Problem(
                _line_of(course, lesson),
                f"“{path}” isn't a notebook.",
                "List an .ipynb, or a .md or .py with Jupytext's header.",
                "lesson-not-notebook",
            )
            continue
        near = get_close_matches(path, known, n=1)
        remedy = f"Did you mean “{near[0]}”?" if near else "Add the notebook, or take the line out."
        yield Problem(_line_of(course, lesson), f"“{path}” isn't in the course.", remedy, "lesson-absent")


def _lessons_listed_twice(course: CourseReading) -> Iterator[Problem]:
    seen: set[str] = set()
    for lesson in course.config.lessons or ():
        if str(lesson.path) in seen:
            yield Problem(
                _line_of(course, lesson),
                f"“{lesson.path}” is listed twice.",
                "Take one of the two out.",
                "lesson-twice",
            )
        seen.add(str(lesson.path))


def _unlisted_notebooks(course: CourseReading) -> Iterator[Problem]:
    if course.config.lessons is None:
        return
    published = {lesson.published for lesson in course.lessons} | {
        published_path(lesson.path) for lesson in course.config.lessons
    }
    data = {entry.path for entry in course.data}
    for entry in course.notebooks:
        if published_path(entry.path) not in published and entry.path not in data:
            yield Problem(
                course.place_of(entry),
                "The notebook isn't among the lessons of course.toml, so it isn't published.",
                "Add it to `lessons`, or move it away.",
                "notebook-unlisted",
                "warning",
            )


def _line_of(course: CourseReading, lesson: LessonConfig) -> str:
    return course.config.file.place_of("lessons", lesson.position, "path")
