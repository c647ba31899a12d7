"""The cluster resources a lesson may ask for: those the course names, over those every course has."""

import difflib
from collections.abc import Iterable, Iterator

from lite_site.courses.model import Course, Profile, Reason, Word
from lite_site.problems import Problem

DEFAULT_PROFILES = (
    Profile("standard"),
    Profile("memory", cpus=4, memory=32_000_000_000),
    Profile("gpu", cpus=4, memory=16_000_000_000, gpus=1),
)
_ROOM = 2  # times the data: what is worked out from them needs room too


def profiles_of(course: Course) -> tuple[Profile, ...]:
    """The course's profiles and, under names it doesn't use itself, the usual ones."""
    return with_usual(course.profiles)


def with_usual(profiles: tuple[Profile, ...]) -> tuple[Profile, ...]:
    """Profiles and, under names they don't have, the usual ones."""
    own = {profile.name for profile in profiles}
    return (*profiles, *(profile for profile in DEFAULT_PROFILES if profile.name not in own))


def profile_for(word: Word, reasons: Iterable[Reason], memory: int, profiles: tuple[Profile, ...]) -> Profile:
    """The teacher's profile, else the smallest that has what the reasons ask for and room for `memory` bytes."""
    offered = with_usual(profiles)
    for profile in offered:
        if profile.name == word.profile:
            return profile
    graphics = any(reason.code == "gpu" for reason in reasons)
    suited = [profile for profile in offered if bool(profile.gpus) is graphics] or [*offered]
    roomy = [profile for profile in suited if profile.memory >= _ROOM * memory]
    if roomy:
        return min(roomy, key=lambda profile: (profile.memory, profile.cpus, profile.gpus))
    return max(suited, key=lambda profile: profile.memory)


def problems_in_profiles(course: Course) -> Iterator[Problem]:
    """Profiles that lessons name and nobody offers."""
    names = [profile.name for profile in profiles_of(course)]
    for lesson in course.lessons:
        wanted = lesson.word.profile
        if wanted is None or wanted in names:
            continue
        near = difflib.get_close_matches(wanted, names, n=2) or names
        yield Problem(
            str(course.folder / lesson.path),
            f"asks for the profile “{wanted}”, which neither the course nor Passerelle has.",
            f"Name one of {', '.join(near)}, or describe it under [profiles.{wanted}] in course.toml.",
            "profile-unknown",
        )
