"""The courses of the built site, from each `<course>/course.json`; broken ones are told and left out."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from fallback_hub.problems import HubError, Problem
from fallback_hub.settings import COURSE_SLUG, PROFILE_NAME, HubSettings, ServerProfile

FORMAT = 2
_LARGEST = 50_000_000
_SHA256 = re.compile(r"[0-9a-f]{64}")
_PYTHON = re.compile(r"3\.[0-9]{1,2}")
_REMEDY = "Build the site again, with the same version of Passerelle."


@dataclass(frozen=True, slots=True)
class HubLesson:
    """One notebook: `published` is its path below `files/`; `profile` names what it needs, None in the browser."""

    slug: str
    published: PurePosixPath
    title: Mapping[str, str]
    language: str
    where: str
    profile: str | None


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file of the course that isn't a notebook; `size` in bytes; `sha256` is "" where it was too big to publish."""

    path: PurePosixPath
    size: int
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class HubCourse:
    """A course of the built site.

    `requirements` is the hashed list of the server's packages, None where the course has no lock; `python` is the
    version it was locked for; `folder` is the course's on the site; `programs` are commands its lessons run,
    `packages` those the course declares.
    """

    slug: str
    title: Mapping[str, str]
    language: str
    profiles: tuple[ServerProfile, ...]
    lessons: tuple[HubLesson, ...]
    requirements: Path | None
    lock_sha256: str
    python: str
    folder: Path
    files: tuple[PublishedFile, ...] = ()
    heavy_files: tuple[PublishedFile, ...] = ()
    programs: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CoursesReading:
    """The sound courses by slug, and what is wrong with the others."""

    courses: Mapping[str, HubCourse]
    problems: tuple[Problem, ...]


class _MalformedError(ValueError):
    """A value isn't what the format says; the message names it."""


def read_courses(site: Path) -> Mapping[str, HubCourse]:
    """The sound courses of the built site by slug, read anew where they changed; HubError where there is no site."""
    if not site.is_dir():
        remedy = "Build the site, or say in hub.toml where it is (site = …)."
        raise HubError([Problem(str(site), "There is no such folder.", remedy, "hub-site-missing")])
    return examine_courses(site).courses


def examine_courses(site: Path) -> CoursesReading:
    """The courses and every problem, for whoever tells them."""
    courses: dict[str, HubCourse] = {}
    problems: list[Problem] = []
    try:
        files = sorted(site.glob("*/course.json"))
    except OSError:
        files = []
    for file in files:
        try:
            facts = file.stat()
            courses[file.parent.name] = _read_course(file, facts.st_mtime_ns, facts.st_size)
        except OSError as error:
            problem = f"The file can't be read ({error.strerror})."
            problems.append(Problem(str(file), problem, "Give the hub's user the right to.", "hub-course-unreadable"))
        except _MalformedError as error:
            problems.append(Problem(str(file), f"This course is left out: {error}.", _REMEDY, "hub-course-malformed"))
    if not courses and not problems:
        problems.append(Problem(str(site), "There is no built course in it.", "Build the site.", "hub-site-empty"))
    return CoursesReading(courses, tuple(problems))


def unknown_courses(settings: HubSettings, courses: Mapping[str, HubCourse]) -> Iterator[Problem]:
    """A warning for every course that hub.toml names and the site hasn't got."""
    for slug in settings.courses:
        if slug not in courses:
            known = ", ".join(sorted(courses)) or "none"
            problem = f"The site has no course “{slug}”."
            remedy = f"Mend the name or take the table out; the site's courses: {known}."
            yield Problem(f"{settings.path}, courses.{slug}", problem, remedy, "hub-unknown-course", "warning")


@lru_cache(maxsize=512)
def _read_course(file: Path, mtime_ns: int, size: int) -> HubCourse:
    """The course; the time and size it was last changed with are what tells a new one from an old one."""
    if size > _LARGEST:
        raise _MalformedError("it is far too large")
    try:
        data = json.loads(file.read_bytes())
    except (ValueError, RecursionError) as error:
        raise _MalformedError("it isn't JSON") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise _MalformedError(f"it isn't of format {FORMAT}")
    folder, slug = file.parent, _text(data, "slug", COURSE_SLUG)
    if slug != folder.name:
        raise _MalformedError(f"it says it is “{slug}”")
    environment = data.get("environment")
    locked = _table(environment, "environment") if environment is not None else {}
    return HubCourse(
        slug=slug,
        title=_by_language(data.get("title")),
        language="fr" if data.get("language") == "fr" else "en",
        profiles=tuple(_profile(item) for item in _tables(data, "profiles")),
        lessons=tuple(_lesson(item) for item in _tables(data, "lessons")),
        requirements=folder / _path(locked, "requirements") if locked else None,
        lock_sha256=_text(locked, "lock_sha256", _SHA256) if locked else "",
        python=_text(locked, "python", _PYTHON) if locked else "",
        folder=folder,
        files=tuple(_file(item, published=True) for item in _tables(data, "files")),
        heavy_files=tuple(_file(item, published=False) for item in _tables(data, "heavy_files")),
        programs=_texts(data, "programs"),
        packages=_texts(data, "packages"),
    )


def _profile(item: dict[str, object]) -> ServerProfile:
    return ServerProfile(
        _text(item, "name", PROFILE_NAME),
        memory=_number(item, "memory", 1),
        cpus=_number(item, "cpus", 1),
        gpus=_number(item, "gpus", 0),
        minutes=_number(item, "minutes", 1),
    )


def _lesson(item: dict[str, object]) -> HubLesson:
    placement = _table(item.get("placement"), "placement")
    profile = placement.get("profile")
    return HubLesson(
        slug=_text(item, "slug"),
        published=_path(item, "published"),
        title=_by_language(item.get("title")),
        language="fr" if item.get("language") == "fr" else "en",
        where="cluster" if placement.get("where") == "cluster" else "browser",
        profile=profile if isinstance(profile, str) else None,
    )


def _file(item: dict[str, object], *, published: bool) -> PublishedFile:
    digest = _text(item, "sha256", _SHA256) if published else ""
    return PublishedFile(_path(item, "path"), _number(item, "bytes", 0), digest)


def _text(table: Mapping[str, object], key: str, form: re.Pattern[str] | None = None) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value or (form and not form.fullmatch(value)):
        raise _MalformedError(f"its `{key}` isn't what it should be")
    return value


def _texts(table: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list):
        raise _MalformedError(f"its `{key}` isn't a list")
    return tuple(item for item in value if isinstance(item, str))


def _number(table: Mapping[str, object], key: str, least: int) -> int:
    value = table.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise _MalformedError(f"its `{key}` isn't what it should be")
    return value


def _path(table: Mapping[str, object], key: str) -> PurePosixPath:
    """A path below the folder it is seen from, never out of it."""
    text = _text(table, key)
    path = PurePosixPath(text)
    if path.is_absolute() or ".." in path.parts or "\\" in text or "\0" in text or not path.parts:
        raise _MalformedError(f"its `{key}` leads out of its folder")
    return path


def _table(value: object, key: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise _MalformedError(f"its `{key}` isn't a table")
    return value


def _tables(table: Mapping[str, object], key: str) -> Iterator[dict[str, object]]:
    value = table.get(key, [])
    if not isinstance(value, list):
        raise _MalformedError(f"its `{key}` isn't a list")
    for item in value:
        yield _table(item, key)


def _by_language(value: object) -> Mapping[str, str]:
    table = _table(value, "title")
    return {language: text for language, text in table.items() if isinstance(text, str)}
