"""Step: each course's files, listings, lock, application pages and `course.json`."""

import hashlib
import json
from pathlib import PurePosixPath

from lite_site.courses.model import Course, Lesson
from lite_site.notebooks.read import publish, read_edition
from lite_site.pages.application import application_words
from lite_site.problems import BuildError
from lite_site.shell.app import FILES_PAGE, AppPage, KernelStart, course_config, render_app, render_forward
from lite_site.shell.contents import contents_listings
from lite_site.site.connection import connect
from lite_site.site.tree import changed_meanwhile
from lite_site.snapshot.make import DESCRIPTION
from lite_site.steps.addresses import app_folder, place_of
from lite_site.steps.build import Build
from lite_site.steps.describe_course import describe_course, placement_as_json
from lite_site.steps.write_shared import PYODIDE


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
        build.tree.write(f"{course.slug}/course.json", describe_course(build, course))


def fingerprint_of(build: Build, course: Course) -> str:
    """A sha256 over all that decides what a course's folder holds."""
    slugs = sorted({*(other.slug for other in build.courses), *build.carried})
    about = (build.site.title, build.site.language, slugs, build.shell.key, build.settings.epoch)
    made = (build.locks[course.slug], build.environments.get(course.slug), start_of(build, course))
    parts = (repr(course), *map(repr, made), repr(about))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def write_files(build: Build, course: Course) -> None:
    """Lessons and data under `files/`, and the listings JupyterLite reads."""
    base = f"{course.slug}/files"
    sizes: list[tuple[PurePosixPath, int]] = []
    for number, lesson in enumerate(course.lessons):
        build.report.progress(number, len(course.lessons), str(lesson.path))
        path = f"{base}/{lesson.published}"
        write_lesson(build, course, lesson, path)
        sizes.append((lesson.published, build.tree.files[path].size))
    for file in course.files:
        path = f"{base}/{file.path}"
        build.tree.copy(path, file.source, build.hashes.sha256_of(file.source, file.size, file.mtime_ns))
        sizes.append((file.path, file.size))
    for path, data in contents_listings(sizes, build.settings.epoch).items():
        build.tree.write(f"{course.slug}/api/contents/{path}", data)


def write_lesson(build: Build, course: Course, lesson: Lesson, path: str) -> None:
    """A lesson's notebook with its placement in it, made anew where either changed; `build.editions` knows the last."""
    verdict = placement_as_json(lesson.placement)
    edition = hashlib.sha256(f"{lesson.sha256}{json.dumps(verdict, sort_keys=True)}".encode()).hexdigest()
    known = build.memory.editions.get(edition)
    if known is None or not build.tree.keep(path, known):
        source = course.folder / lesson.path
        read = read_edition(source, str(lesson.path))
        if hashlib.sha256(read.content).hexdigest() != lesson.sha256:
            raise BuildError([changed_meanwhile(source)])
        build.tree.write(path, publish(read, verdict))
    build.editions[edition] = build.tree.files[path].sha256


def write_applications(build: Build, course: Course) -> None:
    """The thin pages of each interface: in the course's language, and in each language it has lessons in."""
    config = course_config(build.shell, PYODIDE, course.slug, course.language, start_of(build, course))
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
            path = f"{course.slug}/{folder}/index.html"
            build.tree.write(path, connect(path, render_app(page, build.shell, config), build.site.hub).encode())
    files = "../lab/index.html" if "lab" in course.interfaces else "../index.html"
    forward = render_forward(files, course.language, application_words(course.language).files)
    build.tree.write(f"{course.slug}/{FILES_PAGE}", forward.encode())


def start_of(build: Build, course: Course) -> KernelStart | None:
    """The memory that the course's kernels start from, if they have one."""
    snapshot = build.snapshots.get(course.slug)
    return KernelStart(f"{snapshot.prefix}/{DESCRIPTION}", snapshot.integrity) if snapshot else None


def lock_bytes(build: Build, course: Course) -> bytes:
    """The course's own `pyodide-lock.json`; wheels are addressed from the course folder."""
    lock = build.locks[course.slug].as_pyodide_lock(lambda wheel: f"../{place_of(wheel)}")
    return (json.dumps(lock, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
