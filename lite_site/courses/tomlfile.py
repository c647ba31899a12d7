"""A TOML file a person wrote: read whole, checked against its shape, every fault with its line."""

import copy
import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from lite_site.courses.shapes import Fault, KeyPath, Table
from lite_site.problems import Problem

_WHERE = re.compile(r"^(.*) \(at (?:line (\d+), column \d+|end of document)\)$", re.DOTALL)
_HEADER = re.compile(r"^\s*(\[{1,2})\s*([\w.\-\" ]+?)\s*\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([\w.\-\" ]+?)\s*=")
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class TomlFile:
    """What a file says, without its faulty values; `whole` is False where the file couldn't be parsed."""

    place: str
    data: dict[str, object] = field(default_factory=dict)
    text: str = ""
    whole: bool = True

    def place_of(self, *path: str | int) -> str:
        """The file and, where it can be told, the line that sets the value at `path`."""
        line = _line_of(self.text, path)
        return self.place if line is None else f"{self.place}, line {line}"


def read_toml(path: Path, place: str, shape: Table) -> tuple[TomlFile, list[Problem]]:
    """The file and its faults; a file that isn't there is an empty one."""
    text = ""
    try:
        text = _text_of(path)
        data: dict[str, object] = tomllib.loads(text)
    except FileNotFoundError:
        return TomlFile(place), []
    except (OSError, ValueError, RecursionError) as error:
        return TomlFile(place, whole=False), [_refusal(place, text, error)]
    file = TomlFile(place, data, text)
    faults = list(shape.faults(data, ()))
    problems = [Problem(file.place_of(*fault.path), fault.problem, fault.remedy, fault.code) for fault in faults]
    return TomlFile(place, _pruned(data, faults), text), problems


def _text_of(path: Path) -> str:
    if path.stat().st_size > _LARGEST:
        raise OSError(0, "it is far too large")
    return path.read_bytes().decode("utf-8-sig")


def _refusal(place: str, text: str, error: OSError | ValueError | RecursionError) -> Problem:
    if isinstance(error, OSError):
        reason = error.strerror or "unknown reason"
        remedy = "Give yourself the right to read it."
        return Problem(place, f"The file can't be read ({reason}).", remedy, "file-unreadable")
    if isinstance(error, UnicodeDecodeError):
        return Problem(place, "The text isn't in UTF-8.", "Save the file as UTF-8.", "toml-broken")
    if isinstance(error, tomllib.TOMLDecodeError):
        return Problem(*_broken(place, text, str(error)), "toml-broken")
    # what remains: numbers of thousands of digits, thousands of nested brackets
    return Problem(place, "A value is too long or nested too deep.", "Make it simpler.", "toml-broken")


def _broken(place: str, text: str, message: str) -> tuple[str, str, str]:
    """Place, problem and remedy for what tomllib says."""
    found = _WHERE.match(message)
    line = found[2] if found and found[2] else len(text.splitlines())
    where, reason = f"{place}, line {line}", found[1] if found else message
    return (
        where,
        f"This isn't TOML: {reason[:1].lower()}{reason[1:]}.",
        "Texts go in quotes, lists in [brackets].",
    )


def _pruned(data: dict[str, object], faults: Iterable[Fault]) -> dict[str, object]:
    """The data without the faulty values, so that everything else can still be checked.

    A faulty item of a list takes the list with it: without it the others would mean something else.
    """
    pruned = copy.deepcopy(data)
    for fault in faults:
        holder: object = pruned
        *above, last = fault.path or ("",)
        if fault.code == "config-missing-key" or isinstance(last, int):
            above, last = [], fault.path[0]
        for part in above:
            if isinstance(holder, dict):
                holder = holder.get(part)
            elif isinstance(holder, list) and isinstance(part, int) and part < len(holder):
                holder = holder[part]
        if isinstance(holder, dict):
            holder.pop(last, None)
        if last == "path":
            pruned.pop("lessons", None)
    return pruned


def _line_of(text: str, wanted: KeyPath) -> int | None:
    """The line (from 1) of the longest part of the key path that stands in the text."""
    best, line_of_best = 0, None
    prefix: KeyPath = ()
    counts: Counter[str] = Counter()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            names = _names(header[2])
            prefix = tuple(names)
            if header[1] == "[[":
                prefix = (*names, counts[header[2]])
                counts[header[2]] += 1
            here = prefix
        elif key := _KEY.match(line):
            here = (*prefix, *_names(key[1]))
        else:
            continue
        if len(here) > best and here == wanted[: len(here)]:
            best, line_of_best = len(here), number
    return line_of_best


def _names(dotted: str) -> list[str]:
    return [part.strip().strip('"') for part in dotted.split(".")]
