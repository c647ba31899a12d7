"""Every wheel there is a hash for: the kernel's, those a course locked, those pinned here, Pyodide's."""

import difflib
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from packaging.utils import canonicalize_name

from lite_site.environment.kernel import KERNEL_PACKAGES, kernel_wheels
from lite_site.environment.own import own_wheel
from lite_site.environment.wheels import Wheel, reach, read_entries, wheel_of
from lite_site.runtime.distribution import LockPackage, official_lock

_TESTS = "-tests"
_NEAR = 0.7
ADDED = {"annotationlib", "compression", "js", "pyodide", "pyodide_js"}
REMOVED = {
    "aifc", "asynchat", "asyncore", "audioop", "cgi", "cgitb", "chunk", "crypt", "distutils", "imghdr", "imp",
    "lib2to3", "mailcap", "msilib", "nis", "nntplib", "ossaudiodev", "pipes", "smtpd", "sndhdr", "spwd", "sunau",
    "telnetlib", "uu", "xdrlib",
}  # fmt: skip
UNBUILT = {"_curses", "_tkinter", "curses", "idlelib", "readline", "resource", "tkinter", "turtle", "turtledemo"}
NAMESPACES = {"google"}
"""Top-level names many packages share: importing one tells nothing of which (`google.colab` isn't protobuf)."""
BUILT_IN = (sys.stdlib_module_names | ADDED) - REMOVED - UNBUILT
"""Modules that come with the browser's Python 3.14, whatever Python builds: this one's library, with what was added
or removed since 3.11, without what Pyodide leaves out."""


@dataclass(frozen=True)
class Catalogue:
    """Wheels by PEP 503 name, one version each."""

    by_name: Mapping[str, Wheel]

    def get(self, name: str) -> Wheel | None:
        """The one wheel of this name, in any spelling."""
        return self.by_name.get(canonicalize_name(name))

    def providing(self, module: str) -> tuple[Wheel, ...]:
        """The wheels that bring a top-level module."""
        return tuple(sorted(wheel for wheel in self.by_name.values() if module in wheel.imports))

    def nearest(self, name: str) -> tuple[str, ...]:
        """Up to three known names that look like this one, or whose module it is."""
        modules = {module.lower(): wheel.name for wheel in self.by_name.values() for module in wheel.imports}
        known = sorted({*self.by_name, *modules})
        close = difflib.get_close_matches(canonicalize_name(name), known, n=3, cutoff=_NEAR)
        return tuple(dict.fromkeys(modules.get(match, match) for match in close))


@dataclass(frozen=True, slots=True)
class ModulesFound:
    """Modules that lessons import: by wheel name, and those no wheel brings."""

    packages: tuple[str, ...]
    unknown: tuple[str, ...]


def catalogue(course: Iterable[Wheel] = (), kernel: Iterable[Wheel] | None = None) -> Catalogue:
    """All tables as one; where two name a package, the first of kernel, course, pins, Pyodide wins."""
    own = kernel_wheels() if kernel is None else kernel
    tables: dict[str, Wheel] = {}
    for wheel in (*own, own_wheel()[0], *pinned_wheels(), *official_wheels()):
        tables.setdefault(wheel.name, wheel)
    kept = {name: tables[name] for name in kernel_names(tables)}
    return Catalogue({**tables, **{wheel.name: wheel for wheel in course}, **kept})


def kernel_names(by_name: Mapping[str, Wheel]) -> set[str]:
    """The packages that come with the browser's kernel, whatever a course asks for."""
    brought = {name for name, wheel in by_name.items() if wheel.source in {"kernel", "passerelle"}}
    return brought | reach(map(canonicalize_name, KERNEL_PACKAGES), by_name)


def find_modules(imports: Iterable[str], known: Catalogue) -> ModulesFound:
    """Which packages bring these top-level modules; the standard library is left out.

    The caller takes away the course's own modules first.
    """
    packages: set[str] = set()
    unknown: set[str] = set()
    for module in set(imports) - BUILT_IN:
        wheels = () if module in NAMESPACES else known.providing(module)
        if wheels:
            packages.add(wheels[0].name)
        else:
            unknown.add(module)
    return ModulesFound(tuple(sorted(packages)), tuple(sorted(unknown)))


@cache
def pinned_wheels() -> tuple[Wheel, ...]:
    """The pure wheels whose identity is the Python index's, from `data/pypi-wheels.toml`."""
    text = (files("lite_site.environment") / "data" / "pypi-wheels.toml").read_text(encoding="utf-8")
    return tuple(wheel_of(entry) for entry in read_entries(text))


@cache
def official_wheels() -> tuple[Wheel, ...]:
    """What Pyodide's own lock names, test suites left out."""
    packages = official_lock()["packages"]
    return tuple(_official(package) for name, package in packages.items() if not name.endswith(_TESTS))


def _official(package: LockPackage) -> Wheel:
    return Wheel(
        name=canonicalize_name(package["name"]),
        version=package["version"],
        file_name=package["file_name"],
        sha256=package["sha256"],
        depends=tuple(sorted(canonicalize_name(name) for name in package["depends"])),
        imports=tuple(sorted(package["imports"])),
        install_dir=package["install_dir"],
        package_type=package["package_type"],
        source="pyodide",
    )
