"""Where a course's two environments differ enough for a lesson to notice."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from lite_site.environment.server.package import ServerPackage
from lite_site.environment.wheels import Wheel

Meaning = Literal["browser-only", "server-only", "version"]

_OF_KERNELS = {
    "ipykernel", "ipython", "jupyter-client", "jupyter-core", "micropip", "passerelle-browser", "piplite",
    "pyodide-kernel", "pyzmq", "tornado", "widgetsnbextension",
}  # fmt: skip
"""What makes one side's kernel run: its own affair, and some only bear the same name as the other side's."""


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """One package that a side lacks (None) or has in another version; `package` is a PEP 503 name."""

    package: str
    browser: str | None
    server: str | None
    meaning: Meaning


def differences(
    browser: Iterable[Wheel], server: Iterable[ServerPackage], named: Collection[str]
) -> tuple[Difference, ...]:
    """Compare the sides, patch releases aside, for the packages `named`: those declared, and those lessons import.

    What only comes along with them isn't told, nor what belongs to a kernel. A course without a server's
    environment has nothing to compare.
    """
    here = {wheel.name: wheel.version for wheel in browser}
    there = {package.name: package.version for package in server}
    if not there:
        return ()
    names = {canonicalize_name(name) for name in named} - _OF_KERNELS
    found = (_difference(name, here.get(name), there.get(name)) for name in sorted(names))
    return tuple(difference for difference in found if difference)


def _difference(name: str, browser: str | None, server: str | None) -> Difference | None:
    if browser and server:
        return None if _alike(browser, server) else Difference(name, browser, server, "version")
    if browser:
        return Difference(name, browser, None, "browser-only")
    return Difference(name, None, server, "server-only") if server else None


def _alike(one: str, other: str) -> bool:
    """Whether two versions differ by a patch at most; local parts, post- and pre-releases aren't looked at."""
    try:
        return _series(Version(one)) == _series(Version(other))
    except InvalidVersion:
        return one == other


def _series(version: Version) -> tuple[int, int, int]:
    return version.epoch, version.major, version.minor
