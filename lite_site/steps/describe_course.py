"""`course.json`: a built course for programs; the page, the hub and other tools read it."""

import json
import re
import sys
from dataclasses import asdict

from lite_site.courses.model import Course, Lesson, Placement, Profile, Reason
from lite_site.courses.schema import PROGRAM_PATTERN
from lite_site.language import Text
from lite_site.notebooks.document import Json, JsonObject
from lite_site.placement.profiles import profiles_of
from lite_site.steps.addresses import lesson_href, main_interface, page_href, place_of
from lite_site.steps.build import Build
from lite_site.steps.write_environment import environment_as_json
from lite_site.steps.write_shared import PYODIDE

FORMAT = 2


def describe_course(build: Build, course: Course) -> bytes:
    """`course.json` of a course (schema: `_passerelle/schemas/course-json.schema.json`)."""
    description: JsonObject = {
        "format": FORMAT,
        "slug": course.slug,
        "title": text_as_json(course.title),
        "description": text_as_json(course.description),
        "language": course.language,
        "authors": list(course.authors),
        "licence": course.licence,
        "packages": list(course.packages),
        "programs": programs_of(course),
        "files": files_as_json(build, course),
        "heavy_files": [{"path": str(file.path), "bytes": file.size} for file in course.heavy],
        "lessons": [lesson_as_json(course, lesson) for lesson in course.lessons],
        "profiles": [profile_as_json(profile) for profile in profiles_of(course)],
        "environment": environment_as_json(course, build.environments.get(course.slug)),
        "uses": {
            "shell": build.shell.prefix,
            "pyodide": PYODIDE,
            "snapshot": build.snapshots[course.slug].prefix if course.slug in build.snapshots else None,
            "wheels": [*sorted(place_of(wheel) for wheel in build.locks[course.slug].wheels)],
        },
    }
    return (json.dumps(description, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def lesson_as_json(course: Course, lesson: Lesson) -> JsonObject:
    """A lesson in `course.json`."""
    return {
        "slug": lesson.slug,
        "path": str(lesson.path),
        "published": str(lesson.published),
        "sha256": lesson.sha256,
        "title": text_as_json(lesson.title),
        "language": lesson.language,
        "minutes": lesson.minutes,
        "kernel": lesson.kernel,
        "imports": list(lesson.imports),
        "asks_input": lesson.asks_input,
        "placement": placement_as_json(lesson.placement),
        "translation_of": lesson.translation_of,
        "href": lesson_href(course, lesson, main_interface(course)),
        "page": page_href(lesson),
    }


def programs_of(course: Course) -> list[Json]:
    """The programs that a server needs for the course: named by the teacher, or met in lessons on the cluster."""
    away = [lesson for lesson in course.lessons if lesson.placement.where == "cluster"]
    named = {*course.programs, *(program for lesson in course.lessons for program in lesson.programs)}
    met = {reason.subject for lesson in away for reason in lesson.placement.reasons if reason.code == "program"}
    return [*sorted(named | set(filter(_is_program, met)))]


def files_as_json(build: Build, course: Course) -> list[Json]:
    """Every file published below `files/` but the notebooks: a lesson's data, modules and images."""
    files = (file for file in course.files if file.path.suffix.lower() != ".ipynb")
    entries = {str(file.path): build.tree.files[f"{course.slug}/files/{file.path}"] for file in files}
    return [{"path": path, "bytes": entry.size, "sha256": entry.sha256} for path, entry in sorted(entries.items())]


def placement_as_json(placement: Placement) -> JsonObject:
    """A verdict in `course.json`, in a published notebook's metadata, and from `passerelle explain --json`."""
    return {
        "where": placement.where,
        "profile": placement.profile,
        "confidence": placement.confidence,
        "proven": placement.proven,
        "reasons": [_reason(reason) for reason in placement.reasons],
    }


def profile_as_json(profile: Profile) -> JsonObject:
    """The cluster resources a lesson may ask for: memory in bytes, minutes of wall-clock time."""
    return {**asdict(profile)}


def text_as_json(text: Text) -> JsonObject:
    """A text by language."""
    return {str(language): words for language, words in text.by_language.items()}


def _is_program(subject: str) -> bool:
    """Whether a reason is about a program, not the call that starts one (`subprocess.run`)."""
    return subject.partition(".")[0] not in sys.stdlib_module_names and re.search(PROGRAM_PATTERN, subject) is not None


def _reason(reason: Reason) -> JsonObject:
    return {
        "code": reason.code,
        "argues": reason.argues,
        "cell": reason.cell,
        "subject": reason.subject,
        "text": text_as_json(reason.text),
        "change": text_as_json(reason.change) if reason.change else None,
    }
