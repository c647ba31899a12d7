"""Whether every link and image of a course's lessons leads to something the site will hold."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from lite_site.courses.names import nfc
from lite_site.courses.reading import CourseReading, LessonReading
from lite_site.notebooks.kinds import published_path
from lite_site.notebooks.prose import Reference
from lite_site.problems import Problem

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_OWN_FRAGMENTS = ("cell-id=", ":~:")


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What the site will hold of a course: lessons by path, files, folders; and what stays behind."""

    lessons: dict[str, LessonReading]
    files: frozenset[str]
    folders: frozenset[str]
    unpublished: frozenset[str]
    texts: dict[str, str]


def problems_in_links(course: CourseReading) -> Iterator[Problem]:
    """What is wrong with each link and each embedded file, by lesson and cell."""
    if not any(lesson.inspection.references for lesson in course.lessons):
        return
    shelf = _shelf(course)
    for lesson in course.lessons:
        for reference in lesson.inspection.references:
            yield from _problems(reference, lesson, shelf)


def _shelf(course: CourseReading) -> _Shelf:
    lessons = {str(lesson.published): lesson for lesson in course.lessons}
    files = frozenset(nfc(str(entry.path)) for entry in course.data)
    everything = frozenset(nfc(str(entry.path)) for entry in course.entries)
    texts = {
        nfc(str(lesson.entry.path)): str(lesson.published)
        for lesson in course.lessons
        if published_path(lesson.entry.path) != lesson.entry.path
    }
    folders = frozenset(str(parent) for path in (*files, *lessons) for parent in PurePosixPath(path).parents)
    return _Shelf(lessons, files, folders, everything - files - lessons.keys() - texts.keys(), texts)


def _problems(reference: Reference, lesson: LessonReading, shelf: _Shelf) -> Iterator[Problem]:
    place = f"{lesson.place}, cell {reference.cell}"
    target = reference.target.strip()
    scheme = (_SCHEME.match(target) or ("", ""))[1].lower()
    if target.startswith("//") or len(scheme) > 1:
        if problem := _elsewhere(reference, scheme, place):
            yield problem
        return
    if scheme or target.startswith(("/", "\\")):
        yield _absolute(target, place)
        return
    path, _, fragment = target.partition("#")
    path = unquote(path.partition("?")[0])
    if not path:
        if reference.kind == "link":
            yield from _anchor_problem(fragment, lesson, place)
        return
    resolved = nfc(posixpath.normpath(posixpath.join(str(lesson.published.parent), path)))
    if resolved == ".." or resolved.startswith("../"):
        yield Problem(
            place,
            f"“{target}” leads out of the course.",
            "Put the file in the course and link to it there.",
            "link-leads-out",
        )
    elif resolved in shelf.lessons:
        yield from _anchor_problem(fragment, shelf.lessons[resolved], place)
    elif resolved not in shelf.files and not (reference.kind == "link" and resolved in shelf.folders):
        yield _missing(reference, resolved, shelf, place)


def _elsewhere(reference: Reference, scheme: str, place: str) -> Problem | None:
    """A target on another site: fine to link to, not to show; one on this computer is neither."""
    if scheme == "file":
        return _absolute(reference.target, place)
    if reference.kind == "link" or scheme in {"data", "blob"}:
        return None
    host = _host(reference.target)
    return Problem(
        place,
        f"It shows a file from {host}; pages show nothing from elsewhere, so pupils won't see it.",
        "Put the file beside the notebook and use its path, or take it out.",
        "image-off-site",
        "warning",
    )


def _host(target: str) -> str:
    try:
        return urlsplit(target).hostname or "another site"
    except ValueError:
        return "another site"


def _absolute(target: str, place: str) -> Problem:
    return Problem(
        place,
        f"“{target}” is a path on one computer; pupils have no such file.",
        "Put the file beside the notebook and use its path from there.",
        "path-absolute",
    )


def _missing(reference: Reference, resolved: str, shelf: _Shelf, place: str) -> Problem:
    what, code = ("image", "image-missing") if reference.kind == "image" else ("linked file", "link-missing")
    if resolved in shelf.texts:
        return Problem(
            place,
            f"“{resolved}” is published as “{shelf.texts[resolved]}”.",
            f"Link to “{posixpath.basename(shelf.texts[resolved])}”.",
            code,
        )
    if resolved in shelf.unpublished:
        return Problem(
            place,
            f"The {what} “{resolved}” isn't published.",
            "Add it to `data`, or to `lessons` if it is a notebook, in course.toml.",
            code,
        )
    folded = {path.casefold(): path for path in (*shelf.files, *shelf.lessons)}
    near = get_close_matches(resolved.casefold(), folded, n=1, cutoff=0.8)
    remedy = f"Did you mean “{folded[near[0]]}”?" if near else "Add the file, or correct the path."
    return Problem(place, f"The {what} “{resolved}” isn't in the course.", remedy, code)


def _anchor_problem(fragment: str, lesson: LessonReading, place: str) -> Iterator[Problem]:
    named = unquote(fragment)
    if not named or named.startswith(_OWN_FRAGMENTS) or not lesson.inspection.sound:
        return
    if named not in lesson.inspection.anchors:
        near = get_close_matches(named, lesson.inspection.anchors, n=1)
        remedy = f"Did you mean “#{near[0]}”?" if near else "Use a heading's text, its spaces written as dashes."
        yield Problem(
            place, f"No heading of {lesson.place} answers to “#{named}”.", remedy, "anchor-missing", "warning"
        )
