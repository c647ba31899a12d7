"""What course.toml and site.toml say, as typed values; what they leave out is None."""

import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from lite_site.courses.model import Interface, Profile, Wanted, Where
from lite_site.courses.names import nfc
from lite_site.courses.schema import COURSE, INTERFACES, SITE, SIZE_PATTERN
from lite_site.courses.tomlfile import TomlFile, read_toml
from lite_site.language import Language, Text
from lite_site.notebooks.inspection import known_language
from lite_site.notebooks.read import Limits
from lite_site.problems import Problem
from lite_site.site.connection import Hub, read_hub

RawText: TypeAlias = str | dict[Language, str]
_UNITS = {"kB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000}
_DEFAULT_FILE_BUDGET = 50_000_000


@dataclass(frozen=True, slots=True)
class LessonConfig:
    """One entry of `lessons`; `position` counts from 0, `path` is in NFC."""

    path: PurePosixPath
    position: int
    title: RawText | None = None
    minutes: int | None = None
    placement: Where | None = None
    profile: str | None = None
    reason: RawText | None = None
    language: Language | None = None
    programs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CourseConfig:
    """A course.toml, its faulty values left out."""

    file: TomlFile
    title: RawText | None = None
    description: RawText | None = None
    language: Language | None = None
    authors: tuple[str, ...] = ()
    licence: str | None = None
    lessons: tuple[LessonConfig, ...] | None = None
    minutes: int | None = None
    packages: tuple[Wanted, ...] | None = None
    profiles: tuple[Profile, ...] = ()
    data: tuple[str, ...] | None = None
    interfaces: tuple[Interface, ...] = INTERFACES[:2]
    budget_file: int = _DEFAULT_FILE_BUDGET
    limits: Limits = field(default_factory=Limits)
    programs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """A site.toml."""

    title: RawText | None = None
    description: RawText | None = None
    language: Language | None = None
    hub: Hub | None = None
    snapshot: bool = True


def read_course_config(path: Path, place: str) -> tuple[CourseConfig, list[Problem]]:
    """The course.toml at `path`, all defaults where there is none, and its faults."""
    file, problems = read_toml(path, place, COURSE)
    data = file.data
    budget, lessons, licence = _table(data.get("budget")), data.get("lessons"), data.get("licence")
    config = CourseConfig(
        file,
        title=_text(data.get("title")),
        description=_text(data.get("description")),
        language=_language(data.get("language")),
        authors=_strings(data.get("authors")) or (),
        licence=licence if isinstance(licence, str) else None,
        lessons=tuple(_lesson(item, n) for n, item in enumerate(lessons)) if isinstance(lessons, list) else None,
        minutes=_number(data.get("minutes")),
        packages=_packages(file),
        profiles=tuple(_profile(name, table) for name, table in _table(data.get("profiles")).items()),
        data=_strings(data.get("data")),
        interfaces=_interfaces(_strings(data.get("interfaces"))),
        budget_file=_size(budget.get("file"), _DEFAULT_FILE_BUDGET),
        limits=Limits(notebook_bytes=_size(budget.get("notebook"), Limits().notebook_bytes)),
        programs=_unique(_strings(data.get("programs"))),
    )
    return config, problems


def read_site_config(path: Path, place: str) -> tuple[SiteConfig, list[Problem]]:
    """The site.toml at `path`, and its faults."""
    file, problems = read_toml(path, place, SITE)
    data = file.data
    hub, named = None, data.get("hub_url")
    if isinstance(named, str):
        hub, faults = read_hub(named, file.place_of("hub_url"))
        problems = [*problems, *faults]
    config = SiteConfig(
        _text(data.get("title")),
        _text(data.get("description")),
        _language(data.get("language")),
        hub,
        snapshot=data.get("snapshot") is not False,
    )
    return config, problems


def text_in(raw: RawText | None, language: Language, default: str = "") -> Text:
    """The text by language; a bare string is in the language given."""
    if isinstance(raw, dict):
        return Text(raw)
    words = raw or default
    return Text({language: words} if words else {})


def _lesson(item: object, position: int) -> LessonConfig:
    table = _table(item) or {"path": item}
    placement, profile = table.get("placement"), table.get("profile")
    return LessonConfig(
        path=PurePosixPath(nfc(str(table.get("path", "")))),
        position=position,
        title=_text(table.get("title")),
        minutes=_number(table.get("minutes")),
        placement="cluster" if placement == "cluster" else "browser" if placement == "browser" else None,
        profile=profile if isinstance(profile, str) else None,
        reason=_text(table.get("reason")),
        language=_language(table.get("language")),
        programs=_unique(_strings(table.get("programs"))),
    )


def _packages(file: TomlFile) -> tuple[Wanted, ...] | None:
    """The requirements and the lines they stand on; None where the key is left out."""
    named = _strings(file.data.get("packages"))
    if named is None:
        return None
    return tuple(Wanted(text, file.place_of("packages", position)) for position, text in enumerate(named))


def _profile(name: str, value: object) -> Profile:
    table, usual = _table(value), Profile(name)
    gpus = _number(table.get("gpus"))
    return Profile(
        name,
        cpus=_number(table.get("cpus")) or usual.cpus,
        memory=_size(table.get("memory"), usual.memory),
        gpus=usual.gpus if gpus is None else gpus,
        minutes=_number(table.get("minutes")) or usual.minutes,
    )


def _table(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> RawText | None:
    if isinstance(value, str):
        return value
    known: dict[Language, str] = {}
    for key, words in _table(value).items():
        if (language := known_language(key)) and isinstance(words, str):
            known[language] = words
    return known or None


def _language(value: object) -> Language | None:
    return known_language(value) if isinstance(value, str) else None


def _strings(value: object) -> tuple[str, ...] | None:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else None


def _unique(values: tuple[str, ...] | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values or ()))


def _number(value: object) -> int | None:
    return int(value) if isinstance(value, (int, float)) else None


def _size(value: object, default: int) -> int:
    """Bytes of a size such as `1.5 MB`."""
    found = re.search(SIZE_PATTERN, value) if isinstance(value, str) else None
    return round(float(found[1]) * _UNITS[found[2]]) if found else default


def _interfaces(names: tuple[str, ...] | None) -> tuple[Interface, ...]:
    asked = tuple(known for name in _unique(names) or () for known in INTERFACES if known == name)
    opens_lessons = any(name in asked for name in INTERFACES[:2])
    return asked if opens_lessons else (*INTERFACES[:2], *asked)
