"""Step: each course's files, listings, lock, application pages and `course.json`."""

import hashlib
import json
from pathlib import PurePosixPath
from urllib.parse import urlencode

from lite_site.courses.model import Course, Interface, Lesson
from lite_site.language import Language, Text
from lite_site.notebooks.read import publish
from lite_site.pages.application import application_words
from lite_site.problems import BuildError
from lite_site.shell.app import FILES_PAGE, AppPage, course_config, render_app, render_forward
from lite_site.shell.contents import contents_listings
from lite_site.site.tree import changed_meanwhile
from lite_site.steps.build import Build
from lite_site.steps.write_shared import PYODIDE, place_of


def write_courses(build: Build) -> None:
    """Write the courses that changed; take the others over whole."""
    for number, course in enumerate(build.courses):
        build.report.progress(number, len(build.courses), course.slug)
        mark = fingerprint_of(build, course)
        build.fingerprints[course.slug] = mark
        if build.memory.courses.get(course.slug) == mark and build.tree.keep_below(course.slug):
            build.reused.add(course.slug)
            continue
        write_files(build, course)
        write_applications(build, course)
        build.tree.write(f"{course.slug}/pyodide-lock.json", lock_bytes(build, course))
        build.tree.write(f"{course.slug}/course.json", describe(build, course))


def fingerprint_of(build: Build, course: Course) -> str:
    """A sha256 over all that decides what a course's folder holds."""
    slugs = sorted({*(other.slug for other in build.courses), *build.carried})
    about = (build.site.title, build.site.language, slugs, build.shell.key, build.settings.epoch)
    parts = (repr(course), repr(build.locks[course.slug]), repr(about))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def write_files(build: Build, course: Course) -> None:
    """Lessons and data under `files/`, and the listings JupyterLite reads."""
    base = f"{course.slug}/files"
    sizes: list[tuple[PurePosixPath, int]] = []
    for number, lesson in enumerate(course.lessons):
        build.report.progress(number, len(course.lessons), str(lesson.path))
        path = f"{base}/{lesson.published}"
        if not build.tree.keep(path, lesson.sha256):
            source = course.folder / lesson.path
            build.tree.write(path, publish(source, str(lesson.path)))
            if build.tree.files[path].sha256 != lesson.sha256:
                raise BuildError([changed_meanwhile(source)])
        sizes.append((lesson.published, build.tree.files[path].size))
    for file in course.files:
        path = f"{base}/{file.path}"
        build.tree.copy(path, file.source, build.hashes.sha256_of(file.source, file.size, file.mtime_ns))
        sizes.append((file.path, file.size))
    for path, data in contents_listings(sizes, build.settings.epoch).items():
        build.tree.write(f"{course.slug}/api/contents/{path}", data)


def write_applications(build: Build, course: Course) -> None:
    """The thin pages of each interface: in the course's language, and in each language it has lessons in."""
    config = course_config(build.shell, PYODIDE, course.slug, course.language)
    for language in sorted({course.language, *(lesson.language for lesson in course.lessons)}):
        words = application_words(language)
        for app in course.interfaces:
            folder = app_folder(course, app, language)
            page = AppPage(
                app=app,
                root="/".join(".." for _ in folder.split("/")),
                language=language,
                title=course.title.in_language(language),
                loading=words.loading,
                needs_script=words.needs_script,
            )
            html = render_app(page, build.shell, config)
            build.tree.write(f"{course.slug}/{folder}/index.html", html.encode())
    files = "../lab/index.html" if "lab" in course.interfaces else "../index.html"
    forward = render_forward(files, course.language, application_words(course.language).files)
    build.tree.write(f"{course.slug}/{FILES_PAGE}", forward.encode())


def app_folder(course: Course, app: Interface, language: Language) -> str:
    """The folder of an interface's page in the course: `notebooks`, or `en/notebooks` for another language."""
    return app if language == course.language else f"{language}/{app}"


def main_interface(course: Course) -> Interface:
    """Where a course's lessons open: the Notebook interface where it has it, else the first it names."""
    return "notebooks" if "notebooks" in course.interfaces else course.interfaces[0]


def lesson_href(course: Course, lesson: Lesson, app: Interface) -> str:
    """Where a lesson opens, from the course page."""
    query = urlencode({"path": str(lesson.published)})
    return f"{app_folder(course, app, lesson.language)}/index.html?{query}"


def lock_bytes(build: Build, course: Course) -> bytes:
    """The course's own `pyodide-lock.json`; wheels are addressed from the course folder."""
    lock = build.locks[course.slug].as_pyodide_lock(lambda wheel: f"../{place_of(wheel)}")
    return (json.dumps(lock, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def describe(build: Build, course: Course) -> bytes:
    """`course.json`: the course for programs (schema: `_passerelle/schemas/course-json.schema.json`)."""
    description = {
        "format": 1,
        "slug": course.slug,
        "title": _text(course.title),
        "description": _text(course.description),
        "language": course.language,
        "authors": list(course.authors),
        "licence": course.licence,
        "packages": list(course.packages),
        "lessons": [_lesson(course, lesson) for lesson in course.lessons],
        "uses": {
            "shell": build.shell.prefix,
            "pyodide": PYODIDE,
            "wheels": sorted(place_of(wheel) for wheel in build.locks[course.slug].wheels),
        },
    }
    return (json.dumps(description, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def _lesson(course: Course, lesson: Lesson) -> dict[str, object]:
    return {
        "slug": lesson.slug,
        "path": str(lesson.path),
        "published": str(lesson.published),
        "sha256": lesson.sha256,
        "title": _text(lesson.title),
        "language": lesson.language,
        "minutes": lesson.minutes,
        "kernel": lesson.kernel,
        "imports": list(lesson.imports),
        "asks_input": lesson.asks_input,
        "placement": lesson.placement,
        "reason": _text(lesson.reason) if lesson.reason else None,
        "translation_of": lesson.translation_of,
        "href": lesson_href(course, lesson, main_interface(course)),
    }


def _text(text: Text) -> dict[str, str]:
    return {str(language): words for language, words in text.by_language.items()}
