"""What a course asks for, one requirement string each (PEP 508), judged as the browser's Python would."""

from dataclasses import dataclass

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from lite_site.problems import Problem
from lite_site.runtime.distribution import PYTHON_VERSION

BROWSER = {
    "extra": "",
    "implementation_name": "cpython",
    "implementation_version": f"{PYTHON_VERSION}.0",
    "os_name": "posix",
    "platform_machine": "wasm32",
    "platform_python_implementation": "CPython",
    "platform_release": "5.0.3",
    "platform_system": "Emscripten",
    "platform_version": "#1",
    "python_full_version": f"{PYTHON_VERSION}.0",
    "python_version": PYTHON_VERSION,
    "sys_platform": "emscripten",
}
"""The marker environment of Pyodide (PEP 508, section "environment markers")."""

SERVER = {
    "extra": "",
    "implementation_name": "cpython",
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_system": "Linux",
    "sys_platform": "linux",
}
"""The server's, its Python's version aside."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A package asked for: its PEP 503 name, the versions that will do, and the text that asked."""

    name: str
    requirement: Requirement
    text: str

    def accepts(self, version: str) -> bool:
        """Whether this version will do; the one there is may be a pre-release."""
        return self.requirement.specifier.contains(version, prereleases=True)

    def is_pin_beside(self, version: str) -> bool:
        """Whether this version misses nothing but exact pins, as `pip freeze` and Conda write: what worked once."""
        missed = [one for one in self.requirement.specifier if not one.contains(version, prereleases=True)]
        return bool(missed) and all(one.operator == "==" for one in missed)


def parse_wish(text: str, place: str) -> Wish | Problem:
    """A requirement string, or what is wrong with it."""
    try:
        requirement = Requirement(text)
    except InvalidRequirement:
        return Problem(
            place,
            f'"{text}" is not a package requirement.',
            'Write a name, with versions if they matter: "pandas" or "pandas>=3".',
            "package-syntax",
        )
    if requirement.url:
        return Problem(
            place,
            f'"{requirement.name}" is asked for by address, which a later build may not find again.',
            f'Write "{requirement.name}" alone, or put its wheel into a wheelhouse folder.',
            "package-address",
        )
    return Wish(canonicalize_name(requirement.name), requirement, text)


def applies(requirement: Requirement) -> bool:
    """Whether its marker, if it has one, holds in the browser."""
    return requirement.marker is None or requirement.marker.evaluate(BROWSER)


def applies_on_server(requirement: Requirement, python: str) -> bool:
    """Whether its marker, if it has one, holds on a server with this Python ("3.11")."""
    version = {"python_version": python, "python_full_version": f"{python}.0", "implementation_version": f"{python}.0"}
    return requirement.marker is None or requirement.marker.evaluate({**SERVER, **version})
