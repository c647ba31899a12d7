"""A course's environment: found by the digest of its packages, built on first need."""

import os
from pathlib import Path

from fallback_hub.courses import HubCourse
from fallback_hub.environments.build import Recipe, Tell, ensure_built
from fallback_hub.environments.copying import PYTHON, copy_into, digest_of, needed
from fallback_hub.environments.interpreters import find_interpreter, is_open
from fallback_hub.environments.requirements import read_requirements
from fallback_hub.problems import HubError, Problem
from fallback_hub.settings import HubSettings


async def ensure_environment(
    course: HubCourse, settings: HubSettings, tell: Tell, *, everyone: bool | None = None
) -> Path:
    """The folder of the course's environment (`bin/python` runs its kernels), built first if need be.

    `tell` hears how far a build is; `everyone` (default: where the hub runs as root) wants one that every account of
    the machine may run. HubError where it can't be: BuildFailedError carries the end of uv's output.
    """
    everyone = os.geteuid() == 0 if everyone is None else everyone
    if not _has_packages(course):
        place = await _ensure_plain(settings, tell, everyone=everyone)
    else:
        requirements = read_requirements(course)
        interpreter = find_interpreter(requirements.python, everyone=everyone)
        recipe = Recipe(settings.environments, requirements.digest, interpreter, requirements.text)
        place = await ensure_built(recipe, tell)
    if everyone:
        check_open(place)
    return place


def check_requirements(course: HubCourse) -> None:
    """HubError where the course's list of packages is missing or faulty: known before anything is built."""
    if _has_packages(course):
        read_requirements(course)


def _has_packages(course: HubCourse) -> bool:
    return course.requirements is not None or bool(course.packages)


async def _ensure_plain(settings: HubSettings, tell: Tell, *, everyone: bool) -> Path:
    """Python and its kernel, for courses that need no package: the hub has both."""
    distributions = needed(["ipykernel"])
    recipe = Recipe(
        settings.environments, f"plain-{digest_of(distributions)}", find_interpreter(PYTHON, everyone=everyone)
    )
    return await ensure_built(recipe, tell, lambda beside: copy_into(distributions, beside))


def check_open(place: Path) -> None:
    """HubError where people's accounts can't get to the folder."""
    if not is_open(place):
        closed = next((folder for folder in reversed(place.parents) if not folder.stat().st_mode & 0o001), place)
        remedy = "Name a folder in hub.toml that every account may enter (environments = …), or open this one."
        problem = f"People's kernels run from it, and their accounts can't enter {closed}."
        raise HubError([Problem(str(place), problem, remedy, "hub-environments-closed")])
