"""What a new lock changes, package by package, on each side."""

from collections.abc import Mapping
from dataclasses import dataclass

from lite_site.environment.lock_text import CourseLock


@dataclass(frozen=True, slots=True)
class Versions:
    """A package's version before and after on one side, None where it isn't there."""

    old: str | None
    new: str | None

    @property
    def differ(self) -> bool:
        """Whether there is anything to tell."""
        return self.old != self.new


@dataclass(frozen=True, slots=True)
class Change:
    """A package that a new lock changes."""

    package: str
    browser: Versions
    server: Versions


def changes_between(before: CourseLock | None, after: CourseLock) -> tuple[Change, ...]:
    """Every package of other version or bytes, by name; the same version in other bytes says so."""
    old, new = before or CourseLock(), after
    wheels = _told(
        {wheel.name: (wheel.version, wheel.sha256) for wheel in old.wheels},
        {wheel.name: (wheel.version, wheel.sha256) for wheel in new.wheels},
    )
    packages = _told(_server(old), _server(new))
    nothing = Versions(None, None)
    changes = (
        Change(name, wheels.get(name, nothing), packages.get(name, nothing)) for name in sorted({*wheels, *packages})
    )
    return tuple(change for change in changes if change.browser.differ or change.server.differ)


def _server(lock: CourseLock) -> dict[str, tuple[str, str]]:
    """By name, the versions and hashes; a package may stand there twice, under two markers."""
    found: dict[str, tuple[str, str]] = {}
    for package in sorted(lock.server):
        versions, hashes = found.get(package.name, ("", ""))
        said = f"{versions}, {package.version}" if versions else package.version
        found[package.name] = (said, hashes + " ".join(package.sha256))
    return found


def _told(old: Mapping[str, tuple[str, str]], new: Mapping[str, tuple[str, str]]) -> dict[str, Versions]:
    told: dict[str, Versions] = {}
    for name in {*old, *new}:
        before, after = old.get(name), new.get(name)
        same_version = before and after and before[0] == after[0] and before[1] != after[1]
        version = f"{after[0]} (other files)" if after and same_version else after and after[0]
        told[name] = Versions(before and before[0], version or None)
    return told
