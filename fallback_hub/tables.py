"""A TOML table a person wrote, read key by key: every fault is told, and the usual value stands in for it."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from fallback_hub.problems import HubError, Problem
from fallback_hub.quantities import parse_duration, parse_size

_LARGEST = 1_000_000
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_KINDS = {str: "text", bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a table"}


@dataclass(slots=True)
class Table:
    """One table of the file at `place`: its faults go to `problems`, shared by the whole file.

    Every reading method takes the value used where the key is left out or faulty.
    """

    place: str
    values: Mapping[str, object]
    problems: list[Problem] = field(default_factory=list)
    path: tuple[str, ...] = ()
    asked: list[str] = field(default_factory=list)

    def place_of(self, key: str) -> str:
        """The file and the key, as people write it there."""
        return f"{self.place}, {'.'.join(_written(part) for part in (*self.path, key))}"

    def tell(self, key: str, problem: str, remedy: str, code: str) -> None:
        """Keep a fault of `key`."""
        self.problems.append(Problem(self.place_of(key), problem, remedy, code))

    def warn(self, key: str, problem: str, remedy: str, code: str) -> None:
        """Keep a warning about `key`."""
        self.problems.append(Problem(self.place_of(key), problem, remedy, code, "warning"))

    def text(self, key: str, usual: str, choices: tuple[str, ...] = ()) -> str:
        """Text, one of `choices` where there are some."""
        value = self._take(key)
        if value is None:
            return usual
        if not isinstance(value, str):
            self._wrong_kind(key, value, "text in quotes")
            return usual
        if choices and value not in choices:
            named = " or ".join(f'"{choice}"' for choice in choices)
            self.tell(key, f"It is “{value}”.", f"Write {named}.", "hub-unknown-value")
            return usual
        return value

    def flag(self, key: str, *, usual: bool) -> bool:
        """True or false."""
        value = self._take(key)
        if value is None or isinstance(value, bool):
            return usual if value is None else value
        self._wrong_kind(key, value, "true or false")
        return usual

    def whole(self, key: str, usual: int, least: int, most: int) -> int:
        """A whole number from `least` to `most`."""
        value = self._take(key)
        if value is None:
            return usual
        if isinstance(value, bool) or not isinstance(value, int):
            self._wrong_kind(key, value, "a whole number")
            return usual
        return self._bounded(key, value, usual, (least, most), f"a number from {least} to {most}")

    def size(self, key: str, usual: int, least: int = 1_000_000, most: int = 10**15) -> int:
        """A size in bytes, written as "4 GB"."""
        value = self._take(key)
        if value is None:
            return usual
        size = parse_size(value) if isinstance(value, str) else None
        if size is None:
            said = f"It is “{value}”." if isinstance(value, str) else f"It is {_kind(value)}."
            self.tell(key, said, 'Write a size, such as "4 GB" or "500 MB".', "hub-malformed")
            return usual
        return self._bounded(key, size, usual, (least, most), 'a size from "1 MB" to "1000 TB"')

    def duration(self, key: str, usual: int, unit: str, bounds: tuple[int, int]) -> int:
        """A duration in units of "min", "h" or "s", as the key's name says: a whole number, or text such as "2 h"."""
        value = self._take(key)
        if value is None:
            return usual
        number = value if isinstance(value, int) and not isinstance(value, bool) else None
        if isinstance(value, str):
            seconds, one = parse_duration(value), parse_duration(f"1 {unit}") or 1
            number = None if seconds is None or seconds % one else seconds // one
        example = f'a whole number of {_UNIT_NAMES[unit]}, such as {usual} or "{usual} {unit}"'
        if number is None:
            said = f"It is “{value}”." if isinstance(value, str) else f"It is {_kind(value)}."
            self.tell(key, said, f"Write {example}.", "hub-malformed")
            return usual
        return self._bounded(key, number, usual, bounds, f"a number from {bounds[0]} to {bounds[1]}")

    def names(self, key: str, usual: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of texts, each once."""
        value = self._take(key)
        if value is None:
            return usual
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            self.tell(
                key, "It is no list of names.", 'Write names in quotes and brackets: ["durand"].', "hub-malformed"
            )
            return usual
        return tuple(dict.fromkeys(value))

    def table(self, key: str) -> "Table":
        """The table below `key`, an empty one where there is none."""
        value = self._take(key)
        if value is not None and not isinstance(value, dict):
            self._wrong_kind(key, value, f"a table, [{'.'.join((*self.path, key))}]")
        return self._below(key, value)

    def tables(self) -> Iterator[tuple[str, "Table"]]:
        """Every key with the table below it, for tables whose keys people choose."""
        for key, value in self.values.items():
            self.asked.append(key)
            if isinstance(value, dict):
                yield key, self._below(key, value)
            else:
                self._wrong_kind(key, value, f"a table, [{'.'.join((*self.path, _written(key)))}]")

    def finish(self) -> None:
        """Tell every key that nobody asked for, with the known name it looks like."""
        for key in self.values:
            if key not in self.asked:
                near = get_close_matches(key, self.asked, n=1, cutoff=0.6)
                known = ", ".join(f"`{name}`" for name in self.asked)
                remedy = f"Did you mean `{near[0]}`?" if near else f"The keys known here are {known}."
                self.tell(key, "This key isn't known.", remedy, "hub-unknown-key")

    def _take(self, key: str) -> object:
        self.asked.append(key)
        return self.values.get(key)

    def _below(self, key: str, value: object) -> "Table":
        inner = value if isinstance(value, dict) else {}
        return Table(self.place, inner, self.problems, (*self.path, key))

    def _bounded(self, key: str, value: int, usual: int, bounds: tuple[int, int], form: str) -> int:
        if bounds[0] <= value <= bounds[1]:
            return value
        self.tell(key, f"It is {self.values[key]}.", f"Write {form}.", "hub-out-of-range")
        return usual

    def _wrong_kind(self, key: str, value: object, wanted: str) -> None:
        self.tell(key, f"It is {_kind(value)}.", f"Write {wanted}.", "hub-wrong-type")


_UNIT_NAMES = {"s": "seconds", "min": "minutes", "h": "hours"}


def read_table(path: Path) -> Table:
    """The file at `path` as a table; a file that isn't there or isn't TOML raises HubError."""
    place = str(path)
    try:
        if path.stat().st_size > _LARGEST:
            raise HubError([Problem(place, "It is far too large.", "Give the hub's settings.", "hub-file-unreadable")])
        text = path.read_bytes().decode("utf-8-sig")
        return Table(place, tomllib.loads(text))
    except FileNotFoundError:
        remedy = "Write one with `passerelle hub new`, or name yours with --config."
        problem = Problem(place, "There is no such file.", remedy, "hub-file-missing")
    except OSError as error:
        reason = error.strerror or "unknown reason"
        remedy = "Give yourself the right to read it."
        problem = Problem(place, f"The file can't be read ({reason}).", remedy, "hub-file-unreadable")
    except UnicodeDecodeError:
        problem = Problem(place, "The text isn't in UTF-8.", "Save the file as UTF-8.", "hub-toml-broken")
    except tomllib.TOMLDecodeError as error:
        reason = str(error)[:1].lower() + str(error)[1:]
        remedy = "Texts go in quotes, lists in [brackets]."
        problem = Problem(place, f"This isn't TOML: {reason}.", remedy, "hub-toml-broken")
    except (ValueError, RecursionError):  # numbers of thousands of digits, thousands of nested brackets
        remedy = "Make it simpler."
        problem = Problem(place, "A value is too long or nested too deep.", remedy, "hub-toml-broken")
    raise HubError([problem])


def _written(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else f'"{key}"'


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "a date or time")
