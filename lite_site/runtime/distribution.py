"""The Pyodide release a site runs on: its version, its files and the lock that names its packages."""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypedDict

from lite_site.runtime.assets import Asset

VERSION = "314.0.3"
PYTHON_VERSION = "3.14"
PLATFORM = "pyemscripten_2026_0_wasm32"
"""The wheel platform tag of this release (PEP 783)."""

DISTRIBUTION_URL = f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full/"
"""Where Pyodide's authors publish the release; a default, an operator may point elsewhere."""

LOCK_SHA256 = "c963d22858f6bcb8f41586a2142f03905ab370c88ea22a86a2736e95fac2a8f3"
RUNTIME_FILES: Mapping[str, str] = {
    "pyodide.asm.mjs": "1a9775427ef6e8abaa7db88ece0515422d1886915ae5c9093776410c865dfd8d",
    "pyodide.asm.wasm": "e7f8fac36f8bf11085309cbc5c829b3ec3057c18bf1d73b05a6741612d63cdbf",
    "pyodide.mjs": "5cfc46f5dcbaf2a16f26e2363f441873eb424762609cc03db00d6a2ace4d00e5",
    "python_stdlib.zip": "444c770dfd75a32097fc0a7d5c1413fd3140601f49c3a1f2e9af0376fcd124b4",
}
"""File name to sha256: what a browser loads before any package (the lock is written per course)."""

NPM_PACKAGE = "pyodide"


class LockPackage(TypedDict):
    """One package as `pyodide-lock.json` writes it (source: the pyodide-lock project's `spec.py`)."""

    name: str
    version: str
    file_name: str
    install_dir: str
    sha256: str
    package_type: str
    imports: list[str]
    depends: list[str]
    unvendored_tests: bool


class PyodideLock(TypedDict):
    """A whole `pyodide-lock.json`."""

    info: dict[str, str]
    packages: dict[str, LockPackage]


@dataclass(frozen=True, slots=True)
class CarrierFacts:
    """A package of the Python index in which Pyodide's own files lie, byte for byte.

    `size` in bytes; `folder` is where the members are inside the wheel; `members` is file name to sha256.
    """

    project: str
    version: str
    file_name: str
    sha256: str
    size: int
    folder: str
    members: Mapping[str, str]


def runtime_assets() -> tuple[Asset, ...]:
    """The files every browser kernel starts from."""
    return tuple(
        Asset(name, sha256, "pyodide", "Pyodide", VERSION, ("every course",))
        for name, sha256 in sorted(RUNTIME_FILES.items())
    )


@cache
def official_lock() -> PyodideLock:
    """The release's own lock, as published; its bytes are checked first."""
    content = _data(f"pyodide-lock-{VERSION}.json")
    if hashlib.sha256(content).hexdigest() != LOCK_SHA256:
        raise RuntimeError(f"the bundled pyodide-lock.json is not the one of Pyodide {VERSION}: reinstall Passerelle")
    lock: PyodideLock = json.loads(content)
    return lock


@cache
def carrier_facts() -> CarrierFacts:
    """The one carrier known to hold this release."""
    table = tomllib.loads(_data("carrier.toml").decode())
    return CarrierFacts(
        project=table["project"],
        version=table["version"],
        file_name=table["file"],
        sha256=table["sha256"],
        size=table["size"],
        folder=table["folder"],
        members=table["files"],
    )


def _data(name: str) -> bytes:
    return (files("lite_site.runtime") / "data" / name).read_bytes()
