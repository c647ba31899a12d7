"""Whether a person may start a server of a course, and with how much: pure decisions, closed sets."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from fallback_hub.courses import HubCourse
from fallback_hub.hub.refused import RefusedError
from fallback_hub.settings import HubSettings, ServerProfile

COURSE_ROLES = ("teacher", "assistant", "student")
"""The highest first."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: `groups` are JupyterHub's."""

    name: str
    admin: bool
    groups: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Admission:
    """What was granted: a server of the course with the profile's resources."""

    course: HubCourse
    profile: ServerProfile


def admit(
    asker: Asker, slug: str, options: object, settings: HubSettings, courses: Mapping[str, HubCourse]
) -> Admission:
    """The server asked for; `RefusedError` says in a sentence why there is none.

    `options` is what the request says: {"profile": name} with one of the course's profiles, or {} for the first.
    """
    if not slug:
        raise RefusedError("server-without-course")
    course = courses.get(slug)
    if course is None:
        raise RefusedError("unknown-course")
    if not may_start(asker, slug, settings):
        raise RefusedError("not-in-course")
    return Admission(course, choose_profile(course, options, settings))


def may_start(asker: Asker, slug: str, settings: HubSettings) -> bool:
    """The course is open to everybody, or they are of it, or administer the hub."""
    return settings.rules(slug).open or asker.admin or role_in(asker, slug, settings) is not None


def may_read_log(asker: Asker, slug: str, settings: HubSettings) -> bool:
    """Logs are for the course's teachers and the hub's administrators."""
    return asker.admin or role_in(asker, slug, settings) == "teacher"


def role_in(asker: Asker, slug: str, settings: HubSettings) -> str | None:
    """The highest role the person has in the course, by hub.toml or by JupyterHub's groups."""
    rules = settings.rules(slug)
    named = dict(zip(COURSE_ROLES, (rules.teachers, rules.assistants, rules.students), strict=True))
    return next((role for role in COURSE_ROLES if asker.name in named[role] or f"{slug}:{role}" in asker.groups), None)


def choose_profile(course: HubCourse, options: object, settings: HubSettings) -> ServerProfile:
    """The profile asked for: hub.toml's of that name, else the course's own; nothing else may be asked."""
    if not isinstance(options, Mapping) or set(options) - {"profile"}:
        raise RefusedError("unknown-option")
    offered = {profile.name: profile for profile in course.profiles} or {"standard": ServerProfile("standard")}
    name = options.get("profile", next(iter(offered)))
    if not isinstance(name, str) or name not in offered:
        raise RefusedError("unknown-profile", profiles=", ".join(offered))
    return settings.profiles.get(name, offered[name])
