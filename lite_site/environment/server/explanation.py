"""What uv's explanation of a failure comes down to: which package, and what is the matter with it.

uv derives its explanation (PubGrub) in English sentences; only these few turns are read, the rest is passed over.
"""

import re
from dataclasses import dataclass
from typing import Literal

from packaging.utils import canonicalize_name

Kind = Literal["absent", "yanked", "python", "platform", "version", "source"]

_NAME = r"(?P<name>[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)"
_EXTRAS = r"(?:\[[^\]]*\])?"
_RANGE = r"(?P<range>(?:[<>=!~][^\s]*)?)"
_BRACES = re.compile(r"\{[^}]*\}")

_TURNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("absent", re.compile(_NAME + r" was not found in the (?:package registry|provided package locations|cache)")),
    ("yanked", re.compile(_NAME + _RANGE + r" was yanked(?: \(reason: (?P<detail>[^)]*)\))?")),
    ("python", re.compile(_NAME + _EXTRAS + _RANGE + r" depends? on Python(?P<detail>[<>=!~][^\s]*[^\s,.])")),
    ("python", re.compile(_NAME + _RANGE + r" has no wheels with a matching Python [A-Za-z]+ tag")),
    ("platform", re.compile(_NAME + _RANGE + r" has no wheels with a matching platform tag")),
    ("version", re.compile(r"there (?:is|are) no versions? of " + _NAME + _EXTRAS + _RANGE)),
    ("source", re.compile(r"all versions of " + _NAME + r"(?P<range>) have no usable wheels")),
    ("source", re.compile(_NAME + _RANGE + r" (?:has|have) no usable wheels")),
    ("version", re.compile(r"only " + _NAME + _EXTRAS + _RANGE + r" (?:is|are) available")),
)
_NEEDS = re.compile(
    r"(?P<by>[A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?(?:[<>=!~]\S*)? depends? on "
    + _NAME
    + _EXTRAS
    + r"(?P<range>[<>=!~]\S*[^\s,.])?"
)
_TAGS = re.compile(r"`(cp3\d+)[a-z]*`")
_PLATFORMS = re.compile(r"on the following platforms?: (.*)")


@dataclass(frozen=True, slots=True)
class Fault:
    """One package that stands in the way; `detail` is the Python it needs, or why it was yanked, "" if unsaid."""

    kind: Kind
    name: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """A package's demand on another: `versions` as a specifier, "" for any."""

    by: str
    name: str
    versions: str


def find_faults(said: str) -> tuple[Fault, ...]:
    """Every package found wanting, the worst kind first."""
    text = _BRACES.sub("", said)
    found = [_fault(kind, match) for kind, turn in _TURNS for match in turn.finditer(text)]
    return tuple(dict.fromkeys(fault for fault in found if fault.name != "python"))


def find_needs(said: str) -> tuple[Need, ...]:
    """Every demand of one package on another, in the order they are told."""
    text = _BRACES.sub("", said)
    needs = (
        Need(canonicalize_name(match["by"]), canonicalize_name(match["name"]), (match["range"] or "").rstrip(",."))
        for match in _NEEDS.finditer(text)
    )
    return tuple(dict.fromkeys(need for need in needs if need.name != "python"))


def find_pythons(hints: tuple[str, ...]) -> str:
    """The newest CPython that the hints say there are wheels for ("3.9"), "" if they don't."""
    numbers = [int(tag[3:]) for hint in hints if "we only found wheels" in hint for tag in _found_tags(hint)]
    return f"3.{max(numbers)}" if numbers else ""


def find_platforms(hints: tuple[str, ...]) -> str:
    """The platforms that the hints say there are wheels for, "" if they don't."""
    matches = filter(None, map(_PLATFORMS.search, hints))
    return ", ".join(match[1].replace("`", "").rstrip(".") for match in matches)


def _found_tags(hint: str) -> list[str]:
    return _TAGS.findall(hint.partition("we only found wheels")[2])


def _fault(kind: Kind, match: re.Match[str]) -> Fault:
    detail = match.groupdict().get("detail") or ""
    return Fault(kind, canonicalize_name(match["name"]), detail)
