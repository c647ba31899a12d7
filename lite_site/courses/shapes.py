"""Shapes of TOML values: each checks a value in plain words and says the same as JSON Schema."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Protocol, TypeAlias

from lite_site.notebooks.document import Json, JsonObject

KeyPath: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the value at `path` (keys, and positions from 0)."""

    path: KeyPath
    problem: str
    remedy: str
    code: str


class Shape(Protocol):
    """A kind of value."""

    @property
    def description(self) -> str:
        """One sentence for whoever writes the file."""

    def schema(self) -> JsonObject:
        """The shape as JSON Schema 2020-12."""

    def faults(self, value: object, path: KeyPath) -> Iterator[Fault]:
        """Everything wrong with the value; nothing where JSON Schema accepts it."""


@dataclass(frozen=True, slots=True)
class String:
    """Text, of a closed set (`choices`) or of a form (`pattern`; `form` words it, `code` names its fault)."""

    description: str
    choices: tuple[str, ...] = ()
    pattern: str = ""
    form: str = ""
    code: str = "config-malformed"

    def schema(self) -> JsonObject:
        """The shape as JSON Schema."""
        schema: JsonObject = {"type": "string", "description": self.description}
        if self.choices:
            return {**schema, "enum": list(self.choices)}
        return {**schema, "pattern": self.pattern} if self.pattern else {**schema, "minLength": 1}

    def faults(self, value: object, path: KeyPath) -> Iterator[Fault]:
        """A value that isn't text, is empty, or isn't of the set or form."""
        if not isinstance(value, str):
            yield _wrong_type(path, "text in quotes", value)
        elif self.choices and value not in self.choices:
            named = " or ".join(f'"{choice}"' for choice in self.choices)
            yield Fault(path, f"{_named(path)} is “{value}”.", f"Write {named}.", "config-unknown-value")
        elif self.pattern and not re.search(self.pattern, value):
            yield Fault(path, f"{_named(path)} is “{value}”.", f"Write {self.form}.", self.code)
        elif not value:
            yield Fault(path, f"{_named(path)} is empty.", "Fill it in, or leave the key out.", "config-empty")


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between two bounds, both allowed."""

    description: str
    least: int
    most: int

    def schema(self) -> JsonObject:
        """The shape as JSON Schema."""
        return {
            "type": "integer", "minimum": self.least, "maximum": self.most, "description": self.description,
        }  # fmt: skip

    def faults(self, value: object, path: KeyPath) -> Iterator[Fault]:
        """A value that isn't a whole number, or out of bounds; 20.0 is whole, as in JSON Schema."""
        whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not whole:
            yield _wrong_type(path, "a whole number", value)
        elif not self.least <= value <= self.most:
            remedy = f"Write a number from {self.least} to {self.most}."
            yield Fault(path, f"{_named(path)} is {value:g}.", remedy, "config-out-of-range")


@dataclass(frozen=True, slots=True)
class Truth:
    """True or false."""

    description: str

    def schema(self) -> JsonObject:
        """The shape as JSON Schema."""
        return {"type": "boolean", "description": self.description}

    def faults(self, value: object, path: KeyPath) -> Iterator[Fault]:
        """A value that is neither."""
        if not isinstance(value, bool):
            yield _wrong_type(path, "true or false", value)


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of values of one shape."""

    description: str
    item: Shape
    least: int = 0

    def schema(self) -> JsonObject:
        """The shape as JSON Schema."""
        schema: JsonObject = {"type": "array", "items": self.item.schema(), "description": self.description}
        return {**schema, "minItems": self.least} if self.least else schema

    def faults(self, value: object, path: KeyPath) -> Iterator[Fault]:
        """A value that isn't a list, is too short, or has faulty items."""
        if not isinstance(value, list):
            yield _wrong_type(path, "a list in square brackets", value)
        elif len(value) < self.least:
            yield Fault(path, f"{_named(path)} is empty.", "Fill it in, or leave the key out.", "config-empty")
        else:
            for position, item in enumerate(value):
                yield from self.item.faults(item, (*path, position))


@dataclass(frozen=True, slots=True)
class Table:
    """A table with known keys and no other."""

    description: str
    keys: Mapping[str, Shape]
    required: tuple[str, ...] = ()
    least: int = 0

    def schema(self) -> JsonObject:
        """The shape as JSON Schema."""
        schema: JsonObject = {
            "type": "object",
            "properties": {key: shape.schema() for key, shape in self.keys.items()},
            "additionalProperties": False,
            "description": self.description,
        }
        if self.required:
            schema["required"] = list(self.required)
        return {**schema, "minProperties": self.least} if self.least else schema

    def faults(self, value: object, path: KeyPath) -> Iterator[Fault]:
        """A value that isn't a table, lacks a key, has an unknown one, or has faulty values."""
        if not isinstance(value, dict):
            yield _wrong_type(path, "a table", value)
            return
        if len(value) < self.least:
            yield Fault(path, f"{_named(path)} is empty.", "Fill it in, or leave the key out.", "config-empty")
        for key in self.required:
            if key not in value:
                yield Fault(path, f"{_named(path)} has no `{key}`.", f"Add `{key}`.", "config-missing-key")
        for key, inner in value.items():
            if key in self.keys:
                yield from self.keys[key].faults(inner, (*path, key))
            else:
                yield self._unknown(key, path)

    def _unknown(self, key: str, path: KeyPath) -> Fault:
        near = get_close_matches(key, self.keys, n=1, cutoff=0.6)
        known = ", ".join(f"`{name}`" for name in self.keys)
        remedy = f"Did you mean `{near[0]}`?" if near else f"The keys known here are {known}."
        return Fault((*path, key), f"The key `{key}` isn't known.", remedy, "config-unknown-key")


@dataclass(frozen=True, slots=True)
class Named:
    """A table whose keys people choose; each names a value of one shape."""

    description: str
    key_pattern: str
    form: str
    item: Shape

    def schema(self) -> JsonObject:
        """The shape as JSON Schema."""
        return {
            "type": "object",
            "propertyNames": {"pattern": self.key_pattern},
            "additionalProperties": self.item.schema(),
            "description": self.description,
        }

    def faults(self, value: object, path: KeyPath) -> Iterator[Fault]:
        """A value that isn't a table, has a name of another form, or faulty values."""
        if not isinstance(value, dict):
            yield _wrong_type(path, "a table", value)
            return
        for name, inner in value.items():
            if not re.search(self.key_pattern, name):
                yield Fault((*path, name), f"“{name}” is no name here.", f"Write {self.form}.", "config-malformed")
            yield from self.item.faults(inner, (*path, name))


@dataclass(frozen=True, slots=True)
class TextOr:
    """Text, or a table that says more."""

    description: str
    text: String
    table: Table

    def schema(self) -> JsonObject:
        """The shape as JSON Schema."""
        either: list[Json] = [self.text.schema(), self.table.schema()]
        return {"anyOf": either, "description": self.description}

    def faults(self, value: object, path: KeyPath) -> Iterator[Fault]:
        """The faults as text or as table, whichever the value is."""
        if isinstance(value, dict):
            yield from self.table.faults(value, path)
        elif isinstance(value, str):
            yield from self.text.faults(value, path)
        else:
            yield _wrong_type(path, "text in quotes, or a table", value)


def _wrong_type(path: KeyPath, expected: str, value: object) -> Fault:
    names = {
        str: "text",
        bool: "true or false",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "a table",
    }
    found = names.get(type(value), "a date or time")
    return Fault(path, f"{_named(path)} is {found}.", f"Write {expected}.", "config-wrong-type")


def _named(path: KeyPath) -> str:
    """The key as people read it: `lessons` 2, `minutes`."""
    words: list[str] = []
    for part in path:
        if isinstance(part, str):
            words.append(f"`{part}`")
        elif words:
            words[-1] += f" {part + 1}"
    return ", ".join(words) or "The file"
