"""The text of `environment.lock`: what it says as a value, that value as TOML, and back."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from packaging.markers import InvalidMarker, Marker
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from lite_site.environment.server.package import ServerPackage
from lite_site.environment.wheels import EntryError, Wheel, WheelEntry, as_toml, entries_in, wheel_of, write_entries

FORMAT = 2
HEADER = """\
# What this course runs on, in the browser and on the server, to the byte. Made by `passerelle lock`: commit it.
# Every build follows it and looks nothing up. `passerelle lock --upgrade` takes newer versions.
# Two keys of a browser package are written by hand and kept: also (what it needs besides), without (what it says
# it needs, and a page doesn't).
"""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PYTHON = re.compile(r"3\.\d{1,2}(?:\.\d{1,2})?")
_TEXTS: tuple[Literal["name", "version", "marker"], ...] = ("name", "version", "marker")


@dataclass(frozen=True, slots=True)
class CourseLock:
    """What a course's `environment.lock` says.

    `declared` are the requirements it was made for, `imported` the packages lessons import besides; `pyodide`
    is the release its wheels run on, "" in a lock of format 1, which holds nothing but wheels; `python` is the
    server's version; `conda` and `channels` as declared. `sha256` is the file's.
    """

    declared: tuple[str, ...] = ()
    imported: tuple[str, ...] = ()
    pyodide: str = ""
    python: str = ""
    channels: tuple[str, ...] = ()
    conda: tuple[str, ...] = ()
    browser: tuple[WheelEntry, ...] = ()
    server: tuple[ServerPackage, ...] = ()
    sha256: str = field(default="", compare=False)

    @property
    def wheels(self) -> tuple[Wheel, ...]:
        """The browser's wheels."""
        return tuple(wheel_of(entry) for entry in self.browser)


def write_lock(lock: CourseLock) -> str:
    """The lock as TOML: same lock, same text."""
    top = [
        f"format = {FORMAT}",
        f"pyodide = {as_toml(lock.pyodide)}",
        f"python = {as_toml(lock.python)}",
        f"declared = {_one_a_line(lock.declared)}",
        f"imported = {_one_a_line(lock.imported)}",
    ]
    parts = [HEADER, "\n".join(top) + "\n"]
    if lock.channels or lock.conda:
        lists = f"channels = {_one_a_line(lock.channels)}\npackages = {_one_a_line(lock.conda)}\n"
        parts.append(f"[conda]\n{lists}")
    parts += [write_entries(lock.browser)] if lock.browser else []
    parts += [_server_table(package) for package in sorted(lock.server, key=lambda one: (one.name, one.version))]
    return "\n".join(parts)


def read_lock(text: str, sha256: str = "") -> CourseLock:
    """The lock a text describes; `EntryError` says what's wrong with it."""
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise EntryError(f"not readable as TOML: {error}") from error
    browser = entries_in(tables.get("browser", []))
    if "format" not in tables:
        return CourseLock(browser=browser, sha256=sha256)
    if tables["format"] != FORMAT:
        raise EntryError(f"it is of format {tables['format']}; this Passerelle reads {FORMAT}")
    conda = tables.get("conda", {})
    if not isinstance(conda, dict):
        raise EntryError("conda must be a table")
    return CourseLock(
        declared=_strings(tables, "declared"),
        imported=_strings(tables, "imported"),
        pyodide=_string(tables, "pyodide"),
        python=_python_in(tables),
        channels=_strings(conda, "channels"),
        conda=_strings(conda, "packages"),
        browser=browser,
        server=_server_in(tables.get("server", [])),
        sha256=sha256,
    )


def _one_a_line(items: Iterable[str]) -> str:
    lines = "".join(f"  {as_toml(item)},\n" for item in items)
    return f"[\n{lines}]" if lines else "[]"


def _server_table(package: ServerPackage) -> str:
    marker = [f"marker = {as_toml(package.marker)}"] if package.marker else []
    lines = [
        "[[server]]",
        f"name = {as_toml(package.name)}",
        f"version = {as_toml(package.version)}",
        *marker,
        f"needed_by = {as_toml(list(package.needed_by))}",
        f"sha256 = {_one_a_line(package.sha256)}",
    ]
    return "\n".join(lines) + "\n"


def _server_in(tables: object) -> tuple[ServerPackage, ...]:
    if not isinstance(tables, list):
        raise EntryError("server must be a list of tables, each written [[server]]")
    return tuple(_package(table, number) for number, table in enumerate(tables, 1))


def _package(table: object, number: int) -> ServerPackage:
    if not isinstance(table, dict):
        raise EntryError(f"[[server]] entry {number} is not a table")
    try:
        texts = {key: _string({"marker": "", **table}, key) for key in _TEXTS}
        hashes = _strings(table, "sha256")
        needed_by = _strings(table, "needed_by")
    except EntryError as error:
        raise EntryError(f"[[server]] entry {number}: {error}") from error
    if not hashes or not all(_SHA256.fullmatch(one) for one in hashes):
        raise EntryError(f"[[server]] entry {number}: sha256 must list hashes of 64 hexadecimal digits")
    if fault := _unwritable(texts["name"], texts["version"], texts["marker"], needed_by):
        raise EntryError(f"[[server]] entry {number}: {fault}")
    return ServerPackage(texts["name"], texts["version"], hashes, needed_by, texts["marker"])


def _unwritable(name: str, version: str, marker: str, needed_by: Sequence[str]) -> str:
    """What keeps a package from being a line of a requirements file, "" where nothing does."""
    if not _NAME.fullmatch(name) or canonicalize_name(name) != name:
        return "name must be a package's, in small letters, digits and hyphens"
    try:
        Version(version)
        if marker:
            Marker(marker)
    except InvalidVersion:
        return f"version {version[:40]!r} is none"
    except InvalidMarker:
        return f"marker {marker[:40]!r} is none"
    printable = all(text.isprintable() for text in (version, marker, *needed_by))
    return "" if printable else "version, marker and needed_by must be on one line"


def _python_in(tables: Mapping[str, object]) -> str:
    python = _string(tables, "python")
    if not _PYTHON.fullmatch(python):
        raise EntryError(f"python {python[:40]!r} is not a version of Python 3")
    return python


def _string(table: Mapping[str, object], key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not (value or key == "marker"):
        raise EntryError(f"{key} must be a text")
    return value


def _strings(table: Mapping[str, object], key: str) -> tuple[str, ...]:
    value: object = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise EntryError(f"{key} must be a list of texts")
    items: Sequence[str] = value
    return tuple(items)
