"""A fact as a lesson meets it: in one of its cells, itself or through a module of the course."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TypeAlias

from lite_site.courses.model import Reason
from lite_site.notebooks.facts import Fact, FactKind
from lite_site.placement.words import Value, coming_from, reason


@dataclass(frozen=True, slots=True)
class Seen:
    """A fact met in `cell`; `module` is the file of the course it stands in, None for the lesson itself."""

    fact: Fact
    cell: int
    module: PurePosixPath | None = None

    @property
    def order(self) -> tuple[int, str, Fact]:
        """By cell, the lesson's own before those of modules."""
        return self.cell, str(self.module or ""), self.fact

    def reason(self, key: str, subject: str | None = None, **values: Value) -> Reason:
        """The reason that a key of `SENTENCES` stands for, with this cell and, where there is one, the module."""
        found = reason(key, self.fact.subject if subject is None else subject, self.cell, **values)
        return replace(found, text=coming_from(self.module, found.text)) if self.module else found


ByKind: TypeAlias = Mapping[FactKind, tuple[Seen, ...]]


def by_kind(seen: Iterable[Seen]) -> ByKind:
    """The facts of each kind, in order of cells."""
    found: dict[FactKind, list[Seen]] = {}
    for item in seen:
        found.setdefault(item.fact.kind, []).append(item)
    return {kind: tuple(sorted(items, key=lambda item: item.order)) for kind, items in found.items()}
