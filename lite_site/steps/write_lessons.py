"""Step: every lesson's page to read, and the pictures too heavy to stand in one."""

import hashlib
import json
import re
from dataclasses import replace
from urllib.parse import quote

from lite_site.courses.model import Course, Lesson
from lite_site.lessons.addresses import Shelf
from lite_site.lessons.compose import compose_lesson
from lite_site.lessons.model import Content
from lite_site.lessons.pictures import PICTURES
from lite_site.notebooks.document import parse_document
from lite_site.pages.model import LessonPage, Neighbour, Phrase, Version, Why, name_page
from lite_site.pages.render import render_lesson
from lite_site.steps.addresses import LESSONS, lesson_href, main_interface, page_name
from lite_site.steps.build import Build
from lite_site.steps.write_pages import POLICY

_PICTURE = re.compile(rf'src="({PICTURES}/[0-9a-f]{{16}}\.[a-z]+)"')


def write_lessons(build: Build) -> None:
    """Write the pages of the courses that changed, of their lessons those that did."""
    for course in build.courses:
        if course.slug in build.reused:
            continue
        shelf = shelf_of(course)
        around = repr((sorted(shelf.pages.items()), sorted(shelf.files), sorted(build.assets.items())))
        for number, lesson in enumerate(course.lessons):
            build.report.progress(number, len(course.lessons), str(lesson.path))
            write_lesson_page(build, course, lesson, shelf, around)


def shelf_of(course: Course) -> Shelf:
    """What links in the course's lessons may lead to."""
    pages = {str(lesson.published): page_name(lesson) for lesson in course.lessons}
    return Shelf(pages, frozenset(str(file.path) for file in course.files))


def write_lesson_page(build: Build, course: Course, lesson: Lesson, shelf: Shelf, around: str) -> None:
    """Write one page, or keep the old site's where nothing it is made of has changed.

    `around` says what the pages of the course have in common: the ends of their links, and their style.
    """
    folder = f"{course.slug}/{LESSONS}"
    path = f"{folder}/{page_name(lesson)}"
    notebook = f"{course.slug}/files/{lesson.published}"
    frame = frame_of(build, course, lesson)
    parts = ("page", build.tree.files[notebook].sha256, repr(frame), around)
    edition = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    known = build.memory.editions.get(edition)
    if known is None or not (build.tree.keep(path, known) and keep_pictures(build, folder, path)):
        document = parse_document(json.loads(build.tree.read(notebook)))
        content = compose_lesson(document, lesson.kernel, lesson.published, lesson.language, shelf)
        for picture in content.pictures:
            build.tree.write(f"{folder}/{PICTURES}/{picture.name}", picture.data)
        shown = {cell.number for cell in content.cells}
        reasons = tuple(why if why.cell in shown else replace(why, cell=None) for why in frame.reasons)
        page = replace(frame, content=content, reasons=reasons)
        build.tree.write(path, render_lesson(page, build.assets.__getitem__).encode("utf-8", "replace"))
    build.editions[edition] = build.tree.files[path].sha256


def keep_pictures(build: Build, folder: str, path: str) -> bool:
    """Keep the files of a page that is kept; False where one is no longer there."""
    named = _PICTURE.findall(build.tree.read(path).decode())
    return all(build.tree.keep(f"{folder}/{picture}") for picture in named)


def frame_of(build: Build, course: Course, lesson: Lesson) -> LessonPage:
    """The page around a lesson, its content still to come."""
    language, placement = lesson.language, lesson.placement
    before, after = neighbours_of(course, lesson)
    reasons = placement.deciding if placement.where == "cluster" else ()
    return LessonPage(
        title=Phrase.choose(lesson.title, language),
        language=language,
        content=Content(()),
        course_title=Phrase.choose(course.title, language),
        course_href=f"../{name_page(course.language, language)}",
        site_title=Phrase.choose(build.site.title, language),
        portal_href=f"../../{name_page(build.site.language, language)}",
        run_href=f"../{lesson_href(course, lesson, main_interface(course))}",
        notebook_href=f"../files/{quote(str(lesson.published))}",
        minutes=lesson.minutes,
        where=placement.where,
        reasons=tuple(Why(Phrase.choose(reason.text, language), reason.cell) for reason in reasons),
        before=neighbour(before),
        after=neighbour(after),
        alternates=tuple(
            Version(twin.language, page_name(twin)) for twin in versions_of(course, lesson) if twin.language != language
        ),
        csp=POLICY,
    )


def neighbour(lesson: Lesson | None) -> Neighbour | None:
    """The lesson as the page beside it names it."""
    return Neighbour(Phrase.choose(lesson.title, lesson.language), page_name(lesson)) if lesson else None


def versions_of(course: Course, lesson: Lesson) -> tuple[Lesson, ...]:
    """The lesson in every language it is there in."""
    original = lesson.translation_of or lesson.slug
    return tuple(other for other in course.lessons if original in {other.slug, other.translation_of})


def neighbours_of(course: Course, lesson: Lesson) -> tuple[Lesson | None, Lesson | None]:
    """The lessons before and after, in this one's language where they are there in it."""
    outline = [None, *course.outline, None]
    slugs = [other.slug if other else None for other in outline]
    place = slugs.index(lesson.translation_of or lesson.slug)
    before, after = (
        near and next((one for one in versions_of(course, near) if one.language == lesson.language), near)
        for near in (outline[place - 1], outline[place + 1])
    )
    return before, after
