"""The hashed list of a course's packages: read strictly, because uv would follow whatever else stood in it."""

import hashlib
import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement

from fallback_hub.courses import HubCourse
from fallback_hub.problems import HubError, Problem

_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})", re.ASCII)
_RECIPE = "1"
"""Part of every digest: environments made another way are made anew."""
_LARGEST = 10_000_000


@dataclass(frozen=True, slots=True)
class Pinned:
    """One package: `requirement` is an exact version with its marker, `hashes` the sha256 of the files it may be."""

    requirement: str
    hashes: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join([self.requirement, *(f"--hash=sha256:{digest}" for digest in self.hashes)])


@dataclass(frozen=True, slots=True)
class Requirements:
    """A course's packages for CPython `python` ("3.11"); `digest` names the environment they make."""

    python: str
    packages: tuple[Pinned, ...]

    @property
    def text(self) -> str:
        """The list as uv reads it, and nothing but packages."""
        return "".join(f"{package}\n" for package in self.packages)

    @property
    def digest(self) -> str:
        """The same packages for the same Python on the same kind of machine have one digest."""
        kind = f"{sys.platform} {platform.machine()}"
        told = "\n".join([_RECIPE, self.python, kind, *sorted(str(package) for package in self.packages)])
        return hashlib.sha256(told.encode()).hexdigest()[:24]


class RequirementsError(ValueError):
    """A line isn't an exact version with a hash; the message says which."""


def read_requirements(course: HubCourse) -> Requirements:
    """The course's packages; HubError where it has no list or the list isn't what `passerelle lock` writes."""
    if course.requirements is None:
        remedy = "Run `passerelle lock` in the course's folder and build the site again."
        raise HubError([Problem(course.slug, "The course has no packages for the server.", remedy, "hub-no-lock")])
    try:
        return Requirements(course.python, parse_requirements(_text_of(course.requirements)))
    except RequirementsError as error:
        problem = Problem(str(course.requirements), f"{error}.", "Build the site again.", "hub-requirements-malformed")
        raise HubError([problem]) from error


def parse_requirements(text: str) -> tuple[Pinned, ...]:
    """The packages a list names; `RequirementsError` for options, addresses, paths, and versions without a hash."""
    packages: list[Pinned] = []
    for number, line in _logical_lines(text):
        wanted, *options = re.split(r"\s+(?=--)", line)
        hashes = [_HASH.fullmatch(option.strip()) for option in options]
        if not hashes or not all(hashes):
            raise RequirementsError(f"line {number} isn't an exact version with its sha256")
        packages.append(Pinned(_exact(wanted, number), tuple(found.group(1) for found in hashes if found)))
    if not packages:
        raise RequirementsError("it names no package")
    return tuple(packages)


def _exact(text: str, number: int) -> str:
    try:
        wanted = Requirement(text)
    except InvalidRequirement as error:
        raise RequirementsError(f"line {number} isn't a requirement") from error
    specifiers = list(wanted.specifier)
    exact = len(specifiers) == 1 and specifiers[0].operator == "==" and not specifiers[0].version.endswith("*")
    if wanted.url or not exact:
        raise RequirementsError(f"line {number} isn't an exact version")
    return str(wanted)


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their continuations, numbered by their first; comments and blank ones left out."""
    first, parts = 0, list[str]()
    for number, raw in enumerate([*text.splitlines(), ""], 1):
        line = re.sub(r"(^|\s)#.*$", "", raw).strip()
        if line and not parts:
            first = number
        if line:
            parts.append(line.removesuffix("\\").strip())
        if parts and not line.endswith("\\"):
            yield first, " ".join(parts)
            parts = []


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise RequirementsError("it is far too large")
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RequirementsError("it can't be read") from error
