"""What a teacher may want to know of an environment that was found: withdrawn versions, sources, older releases."""

import re
from collections.abc import Iterator, Sequence

from packaging.requirements import Requirement
from packaging.version import Version

from lite_site.environment.server.names import package_of
from lite_site.environment.server.package import ServerPackage
from lite_site.environment.server.search import Search, ServerWish
from lite_site.problems import Problem

_YANKED = re.compile(r'`(?P<name>[^=`]+)==(?P<version>[^`]+)` is yanked(?: \(reason: "?(?P<why>.*?)"?\))?$')
_EXTRA = re.compile(r"`(?P<name>[^=`]+)==(?P<version>[^`]+)` does not have an extra named `(?P<extra>[^`]+)`")


def notes_on(search: Search, wishes: Sequence[ServerWish], found: Sequence[ServerPackage]) -> tuple[Problem, ...]:
    """Every warning; nothing here keeps the environment from being used."""
    places = {wish.name: wish.place for wish in wishes}
    notes = [note for line in search.warnings if (note := _told(line, places, search.place))]
    sources = [package for package in found if package.name in search.sources]
    notes += [_source(package, places.get(package.name, search.place)) for package in sources]
    notes += [_misnamed(wish, right, search) for wish in wishes if (right := package_of(wish.name))]
    notes += _older(search, wishes, found)
    return tuple(dict.fromkeys(notes))


def _told(line: str, places: dict[str, str], place: str) -> Problem | None:
    if yanked := _YANKED.search(line):
        why = f": {yanked['why'].rstrip('.')}" if yanked["why"] else ""
        return Problem(
            places.get(yanked["name"], place),
            f"{yanked['name']} {yanked['version']} was withdrawn by its authors{why}.",
            "Ask for another version.",
            "package-withdrawn",
            "warning",
        )
    if extra := _EXTRA.search(line):
        return Problem(
            places.get(extra["name"], place),
            f"{extra['name']} {extra['version']} has no extra named {extra['extra']}.",
            f"Write {extra['name']} alone, or another of its extras.",
            "package-no-extra",
            "warning",
        )
    return None


def _source(package: ServerPackage, place: str) -> Problem:
    by = f" (needed by {', '.join(package.needed_by)})" if package.needed_by else ""
    return Problem(
        place,
        f"{package.name} {package.version}{by} has no wheel: pip builds it from its source on the server.",
        "Nothing to do if it is plain Python; else the server needs a compiler.",
        "package-from-source",
        "warning",
    )


def _misnamed(wish: ServerWish, right: str, search: Search) -> Problem:
    """A name taken by another package, or by one that is only there to say so: those have no wheel."""
    return Problem(
        wish.place,
        f"The package {wish.name} is seldom the one that is meant.",
        f"Did you mean {right}?",
        "package-misnamed",
        "error" if wish.name in search.sources else "warning",
    )


def _older(search: Search, wishes: Sequence[ServerWish], found: Sequence[ServerPackage]) -> Iterator[Problem]:
    """Releases passed over because they have no wheel, where a whole minor version lies between."""
    versions = {package.name: package.version for package in found}
    asked = {wish.name: wish for wish in wishes if versions.get(wish.name) not in {None, search.prefer.get(wish.name)}}
    if not asked:
        return
    wheels, files = search.newest(asked), search.newest(asked, any_file=True)
    for name, wish in asked.items():
        newest = files.get(name, "")
        if not newest or versions[name] != wheels.get(name) or not Requirement(wish.text).specifier.contains(newest):
            continue
        if Version(newest).release[:2] > Version(versions[name]).release[:2]:
            yield Problem(
                wish.place,
                f"{name} {newest} has no wheel for Python {search.python} on Linux: {name} {versions[name]} is taken.",
                f'Write "{name}>={newest}" to have the newer one built from its source on the server.',
                "package-older",
                "warning",
            )
