"""The Python kernel's own wheels, as the installed jupyterlite-pyodide-kernel brings them."""

import json
import zipfile
from pathlib import Path
from typing import TypedDict

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from lite_site.environment.requirements import applies
from lite_site.environment.wheels import Wheel
from lite_site.problems import BuildError, Problem
from lite_site.runtime.licences import licence_in, read_metadata
from lite_site.runtime.sources.folders import KERNEL_PROJECT, kernel_folder

KERNEL_PACKAGES = (
    "comm",
    "ipykernel",
    "ipython",
    "jedi",
    "micropip",
    "passerelle-browser",
    "piplite",
    "pyodide-kernel",
)
"""What a kernel loads before the first cell runs; each course's lock holds them and what they need."""

_PROJECTS = ("ipykernel", "piplite", "pyodide-kernel", "widgetsnbextension")

_UNDECLARED = {"piplite": ("micropip",), "pyodide-kernel": ("jedi",)}
"""Imports that their metadata don't mention (tried: the kernel doesn't start without)."""


class _File(TypedDict):
    filename: str
    digests: dict[str, str]


class _Project(TypedDict):
    releases: dict[str, list[_File]]


def kernel_wheels(folder: Path | None = None) -> tuple[Wheel, ...]:
    """The newest of each wheel in the kernel's `all.json`, whose hashes decide.

    `BuildError` if it isn't installed.
    """
    where = folder or kernel_folder()
    try:
        listed = json.loads((where / "all.json").read_text(encoding="utf-8"))
        projects: dict[str, _Project] = listed if isinstance(listed, dict) else {}
        wheels = tuple(_wheel_of(where, name, projects[name]) for name in _PROJECTS)
    except (OSError, ValueError, LookupError, zipfile.BadZipFile) as error:
        problem = Problem(
            place=KERNEL_PROJECT,
            problem="The browser's Python kernel is not installed beside Passerelle, or is damaged.",
            remedy=f"Install it again: pip install --force-reinstall {KERNEL_PROJECT}.",
            code="kernel-missing",
        )
        raise BuildError([problem]) from error
    return wheels


def _wheel_of(folder: Path, project: str, releases: _Project) -> Wheel:
    version, files = max(releases["releases"].items(), key=lambda item: Version(item[0]))
    file = files[0]
    metadata = read_metadata(folder / file["filename"])
    name = canonicalize_name(project)
    asked = [Requirement(line) for line in metadata.get_all("Requires-Dist", [])]
    depends = {canonicalize_name(requirement.name) for requirement in asked if applies(requirement)}
    return Wheel(
        name=name,
        version=version,
        file_name=file["filename"],
        sha256=file["digests"]["sha256"],
        depends=tuple(sorted(depends | set(_UNDECLARED.get(name, ())))),
        imports=(name.replace("-", "_"),),
        source="kernel",
        licence=licence_in(metadata),
    )
