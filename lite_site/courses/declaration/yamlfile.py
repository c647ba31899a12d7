"""A YAML file a person wrote, as texts with their lines: nothing is constructed, and nothing expands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import yaml  # type: ignore[import-untyped]

from lite_site.problems import Problem

_DEEPEST = 20
_MOST = 50_000
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text, whatever type YAML would make of it ("3.10" stays itself); "" for nothing. Lines count from 1."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    line: int
    items: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Keys:
    """A table: its keys and values in order."""

    line: int
    pairs: tuple[tuple[Leaf, "Tree"], ...]

    def get(self, key: str) -> "Tree | None":
        """The first value of the key."""
        return next((value for name, value in self.pairs if name.text == key), None)


Tree: TypeAlias = Leaf | Items | Keys


class _TooComplexError(Exception):
    """The text uses what no environment file needs: deep nesting, or references that can grow without end."""


def parse_yaml(text: str, place: str) -> Tree | Problem:
    """The text as a tree, or why it isn't one."""
    try:
        _refuse_bombs(text)
        node = yaml.compose(text, Loader=_LOADER)
        return Leaf(1, "") if node is None else _tree(node)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = place if mark is None else f"{place}, line {mark.line + 1}"
        reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "it can't be read"
        problem = f"This isn't YAML: {reason}."
        return Problem(where, problem, "Indent with spaces, and put “- ” before each package.", "declaration-broken")
    except _TooComplexError as error:
        return Problem(place, str(error), "Write a plain list of packages.", "declaration-broken")


def _refuse_bombs(text: str) -> None:
    depth = 0
    for number, event in enumerate(yaml.parse(text, Loader=_LOADER)):
        if isinstance(event, yaml.AliasEvent):
            raise _TooComplexError("The file repeats parts of itself by reference (* and &).")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            raise _TooComplexError("Its lists are nested too deep.")
        if number > _MOST:
            raise _TooComplexError("Its lists are far too long.")


def _tree(node: yaml.Node) -> Tree:
    line: int = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return Items(line, tuple(_tree(item) for item in node.value))
    if isinstance(node, yaml.MappingNode):
        return Keys(line, tuple(_pairs(node)))
    is_null = node.tag == "tag:yaml.org,2002:null"
    return Leaf(line, "" if is_null else node.value.strip())


def _pairs(node: yaml.MappingNode) -> Iterator[tuple[Leaf, Tree]]:
    for key, value in node.value:
        name = _tree(key)
        if isinstance(name, Leaf):
            yield name, _tree(value)
