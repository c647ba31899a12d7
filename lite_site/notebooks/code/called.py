"""One call in a cell as the rules see it: its full name and arguments; and what a rule finds in it."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeAlias

from lite_site.notebooks.code.folding import fold, fold_count, fold_texts
from lite_site.notebooks.code.scope import Known, Scope
from lite_site.notebooks.facts import FactKind

_ADDRESS = re.compile(r"(?i)(?:https?|ftps?|s3|gs|gcs|abfss?|hf|hdfs)://\S")
_SCHEME = re.compile(r"(?i)[a-z][a-z0-9+.-]+:(?://|[a-z0-9+/;=]{20})")
_LONGEST_PATH = 1_000


class Found(NamedTuple):
    """A fact before it is known in which cell, and whether the code can do without."""

    kind: FactKind
    subject: str
    manner: str = ""
    otherwise: tuple[str, ...] = ()
    optional: bool = False


class Called(NamedTuple):
    """A call: `name` in full (`pandas.read_csv`), or a method's own name where its object isn't known."""

    node: ast.Call
    name: str
    scope: Scope

    def argument(self, position: int, *keywords: str) -> ast.expr | None:
        """The argument at `position` (-1: none has one) or under the first of the keywords."""
        arguments = self.node.args
        if 0 <= position < len(arguments):
            before = arguments[: position + 1]
            return None if any(isinstance(item, ast.Starred) for item in before) else arguments[position]
        for keyword in self.node.keywords:
            if keyword.arg in keywords:
                return keyword.value
        return None

    def values(self, position: int, *keywords: str) -> Known:
        """What the argument may be, () where it is left out or isn't known."""
        return fold(self.argument(position, *keywords), self.scope)

    def texts(self, position: int, *keywords: str) -> tuple[str, ...]:
        """The texts the argument may be."""
        return fold_texts(self.argument(position, *keywords), self.scope)

    def number(self, position: int, *keywords: str) -> int | None:
        """The argument as a whole number, None where it isn't known."""
        return fold_count(self.argument(position, *keywords), self.scope)

    @property
    def receiver(self) -> ast.expr | None:
        """What a method is called on."""
        return self.node.func.value if isinstance(self.node.func, ast.Attribute) else None


Rule: TypeAlias = Callable[[Called], Iterator[Found]]


def says(kind: FactKind) -> Rule:
    """The rule that the call itself is the fact."""

    def rule(called: Called) -> Iterator[Found]:
        yield Found(kind, called.name)

    return rule


def rules_for(rule: Rule, names: Iterable[str]) -> dict[str, Rule]:
    """The same rule under each of the names."""
    return dict.fromkeys(names, rule)


def place_found(text: str, manner: str, kind: FactKind = "reads") -> Iterator[Found]:
    """A path or an address given to a reader or writer; nothing where the text is neither."""
    if not text or text == ":memory:" or len(text) > _LONGEST_PATH or "\n" in text or "\0" in text:
        return
    if text[0] in "{[<":  # the data itself
        return
    if _ADDRESS.match(text):
        yield Found("address", text, manner)
    elif text.startswith("file://"):
        yield Found(kind, text.removeprefix("file://"), manner)
    elif not _SCHEME.match(text):
        yield Found(kind, text, manner)


def is_address(text: str) -> bool:
    """Whether the text names something on a server."""
    return _ADDRESS.match(text) is not None
