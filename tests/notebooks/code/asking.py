from collections.abc import Iterable

from lite_site.notebooks.code import facts_in
from lite_site.notebooks.facts import Fact, FactKind


def facts_of(*sources: str) -> tuple[Fact, ...]:
    """The facts of code cells numbered from 1."""
    return facts_in(enumerate(sources, 1))


def of_kind(kind: FactKind, *sources: str) -> list[Fact]:
    return [fact for fact in facts_of(*sources) if fact.kind == kind]


def subjects(kind: FactKind, *sources: str) -> list[str]:
    return [fact.subject for fact in of_kind(kind, *sources)]


def needed(facts: Iterable[Fact]) -> list[Fact]:
    return [fact for fact in facts if not fact.optional]
