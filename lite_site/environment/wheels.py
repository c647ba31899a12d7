"""A wheel a browser can load, and the TOML in which pinned ones are written down."""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypedDict, get_args

from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename
from packaging.version import InvalidVersion, Version

from lite_site.runtime.assets import Asset, Origin


@dataclass(frozen=True, slots=True, order=True)
class Wheel:
    """One package file, as Pyodide's lock describes it.

    `name` is the PEP 503 one; `depends` are such names; `imports` are the top-level modules it brings;
    `source` says who published these bytes; `licence` is an SPDX expression where known.
    """

    name: str
    version: str
    file_name: str
    sha256: str
    depends: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    install_dir: str = "site"
    package_type: str = "package"
    source: Origin = "pypi"
    licence: str = ""

    def asset(self, wanted_by: Iterable[str] = ()) -> Asset:
        """The file to fetch."""
        return Asset(self.file_name, self.sha256, self.source, self.name, self.version, tuple(wanted_by))


class WheelEntry(TypedDict, total=False):
    """One `[[browser]]` table; `also` and `without` are written by hand and survive a new lock.

    `source`, `install_dir` and `package_type` are written where they aren't what a wheel of PyPI has.
    """

    name: str
    version: str
    file: str
    sha256: str
    source: str
    install_dir: str
    package_type: str
    depends: list[str]
    also: list[str]
    without: list[str]
    imports: list[str]
    licence: str


class EntryError(Exception):
    """A table that doesn't describe a wheel; the message says which, and why."""


_REQUIRED = ("name", "version", "file", "sha256")
_TEXTS: tuple[Literal["source", "install_dir", "package_type", "licence"], ...] = (
    "source",
    "install_dir",
    "package_type",
    "licence",
)
_USUAL = {"source": "pypi", "install_dir": "site", "package_type": "package", "licence": ""}
_ORIGINS: Mapping[str, Origin] = {origin: origin for origin in get_args(Origin)}
_LISTS: tuple[Literal["depends", "also", "without", "imports"], ...] = (
    "depends",
    "also",
    "without",
    "imports",
)


def read_entries(text: str) -> tuple[WheelEntry, ...]:
    """Read the `[[browser]]` tables of a TOML text, no other; `EntryError` says what's wrong."""
    try:
        return entries_in(tomllib.loads(text).get("browser", []))
    except tomllib.TOMLDecodeError as error:
        raise EntryError(f"not readable as TOML: {error}") from error


def entries_in(tables: object) -> tuple[WheelEntry, ...]:
    """The `[[browser]]` tables as TOML gives them; `EntryError` says what's wrong."""
    if not isinstance(tables, list):
        raise EntryError("browser must be a list of tables, each written [[browser]]")
    return tuple(_entry_of(table, number) for number, table in enumerate(tables, 1))


def wheel_of(entry: WheelEntry) -> Wheel:
    """The wheel a table describes."""
    without = {canonicalize_name(name) for name in entry.get("without", [])}
    depends = {canonicalize_name(name) for name in (*entry.get("depends", []), *entry.get("also", []))} - without
    return Wheel(
        name=canonicalize_name(entry["name"]),
        version=entry["version"],
        file_name=entry["file"],
        sha256=entry["sha256"],
        depends=tuple(sorted(depends)),
        imports=tuple(sorted(entry.get("imports", []))),
        install_dir=entry.get("install_dir", "site"),
        package_type=entry.get("package_type", "package"),
        source=_ORIGINS[entry.get("source", "pypi")],
        licence=entry.get("licence", ""),
    )


def entry_of(wheel: Wheel) -> WheelEntry:
    """The table that describes a wheel."""
    entry = WheelEntry(
        name=wheel.name,
        version=wheel.version,
        file=wheel.file_name,
        sha256=wheel.sha256,
        depends=list(wheel.depends),
        imports=list(wheel.imports),
    )
    said = {
        "source": wheel.source,
        "install_dir": wheel.install_dir,
        "package_type": wheel.package_type,
        "licence": wheel.licence,
    }
    for key in _TEXTS:
        if said[key] != _USUAL[key]:
            entry[key] = said[key]
    return entry


def reach(names: Iterable[str], by_name: Mapping[str, Wheel]) -> set[str]:
    """Every known name that these lead to, themselves included; cycles are fine."""
    reached: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in by_name and name not in reached:
            reached.add(name)
            waiting.extend(by_name[name].depends)
    return reached


def write_entries(entries: Iterable[WheelEntry]) -> str:
    """The same tables as text, sorted by name: same wheels, same bytes."""
    blocks = []
    for entry in sorted(entries, key=lambda entry: (entry["name"], entry["version"])):
        values: Mapping[str, object] = entry
        lines = [f"{key} = {as_toml(values[key])}" for key in _keys_of(entry)]
        blocks.append("\n".join(["[[browser]]", *lines]) + "\n")
    return "\n".join(blocks)


def as_toml(value: object) -> str:
    """Texts and lists of texts are written alike in JSON and TOML, but for one control character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _keys_of(entry: WheelEntry) -> list[str]:
    always = {*_REQUIRED, "depends", "imports"}
    return [key for key in WheelEntry.__annotations__ if entry.get(key) or (key in always and key in entry)]


def _entry_of(table: object, number: int) -> WheelEntry:
    if not isinstance(table, dict):
        raise EntryError(f"[[browser]] entry {number} is not a table")
    fault = next(_wrong_types_in(table), None) or next(_wrong_values_in(table), None)
    if fault:
        raise EntryError(f"[[browser]] entry {number}: {fault}")
    entry = WheelEntry(name=table["name"], version=table["version"], file=table["file"], sha256=table["sha256"])
    for key in _LISTS:
        if key in table:
            entry[key] = table[key]
    for text in _TEXTS:
        if text in table:
            entry[text] = table[text]
    return entry


def _wrong_types_in(table: Mapping[str, object]) -> Iterator[str]:
    for key in (*_REQUIRED, *_TEXTS):
        if not isinstance(table.get(key, None if key in _REQUIRED else ""), str):
            yield f"{key} must be a text"
    for key in _LISTS:
        value = table.get(key, [])
        if not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
            yield f"{key} must be a list of texts"


def _wrong_values_in(table: Mapping[str, str]) -> Iterator[str]:
    file = table["file"]
    if not re.fullmatch(r"[0-9a-f]{64}", table["sha256"]):
        yield "sha256 must be 64 hexadecimal digits"
    if table.get("source", "pypi") not in _ORIGINS:
        yield f"source is one of {', '.join(_ORIGINS)}"
    if "/" in file or "\\" in file:
        yield f"{file} is a path, not a file name"
    if table.get("package_type", "package") != "package":  # Pyodide's shared libraries are archives of another kind
        return
    try:
        name, version, _, _ = parse_wheel_filename(file)
        same = (name, version) == (canonicalize_name(table["name"]), Version(table["version"]))
    except (InvalidWheelFilename, InvalidVersion):
        yield f"{file} {table['version']} is not a wheel's file name and version"
        return
    if not same:
        yield f"{file} is not {table['name']} {table['version']}"
