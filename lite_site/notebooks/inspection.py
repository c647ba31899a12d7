"""What one notebook says about itself, as a value that survives a trip through JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import get_args

from lite_site.language import Language
from lite_site.notebooks.code import imports_in
from lite_site.notebooks.document import Json, JsonObject
from lite_site.notebooks.facts import Fact, FactKind
from lite_site.notebooks.prose import Reference
from lite_site.problems import Problem

_KINDS: dict[str, FactKind] = {kind: kind for kind in get_args(FactKind)}


@dataclass(frozen=True, slots=True)
class Inspection:
    """The facts of one notebook.

    `title` is its first heading; `language` what its metadata declares, `guess` what its prose looks like;
    `kernel` the language it runs in; `anchors` what a `#fragment` may name; `sha256` and `size` (bytes) are
    those of the published notebook; `paired` tells that Jupytext keeps the same lesson in two files; `facts` are
    what its code asks for; `placement` and `profile` what its metadata says under `passerelle`.
    """

    title: str | None = None
    language: Language | None = None
    guess: Language | None = None
    kernel: str = "python"
    references: tuple[Reference, ...] = ()
    anchors: tuple[str, ...] = ()
    sha256: str = ""
    size: int = 0
    paired: bool = False
    problems: tuple[Problem, ...] = ()
    facts: tuple[Fact, ...] = ()
    placement: str | None = None
    profile: str | None = None

    @property
    def imports(self) -> tuple[str, ...]:
        """The top-level modules its code cells import, optional ones and alternatives too."""
        return imports_in(self.facts)

    @property
    def asks_input(self) -> bool:
        """Whether its code waits for somebody to type."""
        return any(fact.kind == "input" for fact in self.facts)

    @property
    def sound(self) -> bool:
        """Whether the notebook could be read at all."""
        return bool(self.sha256)

    def as_dict(self) -> JsonObject:
        """The inspection as JSON-ready values."""
        return {
            "title": self.title,
            "language": self.language,
            "guess": self.guess,
            "kernel": self.kernel,
            "references": [{**asdict(reference)} for reference in self.references],
            "anchors": list(self.anchors),
            "sha256": self.sha256,
            "size": self.size,
            "paired": self.paired,
            "problems": [{**problem.as_dict()} for problem in self.problems],
            "facts": [_fact_items(fact) for fact in self.facts],
            "placement": self.placement,
            "profile": self.profile,
        }

    @classmethod
    def from_dict(cls, document: Mapping[str, Json]) -> "Inspection":
        """The inspection `as_dict` gave; raises KeyError, TypeError or ValueError for anything else."""
        return cls(
            title=_optional_text(document["title"]),
            language=_language(document["language"]),
            guess=_language(document["guess"]),
            kernel=_text(document["kernel"]),
            references=tuple(_reference(item) for item in _items(document["references"])),
            anchors=tuple(_text(item) for item in _items(document["anchors"])),
            sha256=_text(document["sha256"]),
            size=_number(document["size"]),
            paired=document["paired"] is True,
            problems=tuple(_problem(item) for item in _items(document["problems"])),
            facts=tuple(_fact(item) for item in _items(document["facts"])),
            placement=_optional_text(document["placement"]),
            profile=_optional_text(document["profile"]),
        )


def known_language(value: Json) -> Language | None:
    """`fr` or `en` out of a language tag such as `fr-CA`, else None."""
    tag = value.strip().lower().replace("_", "-").partition("-")[0] if isinstance(value, str) else ""
    if tag == "fr":
        return "fr"
    return "en" if tag == "en" else None


def _fact_items(fact: Fact) -> list[Json]:
    """A fact as a list, what it leaves out left out at the end."""
    items: list[Json] = [fact.cell, fact.kind, fact.subject, fact.manner, fact.optional, list(fact.otherwise)]
    while not items[-1]:
        items.pop()
    return items


def _fact(value: Json) -> Fact:
    given = _items(value)
    nothing: list[Json] = [0, "", "", "", False, []]
    cell, kind, subject, manner, optional, otherwise = given + nothing[len(given) :]
    named = _text(kind)
    if named not in _KINDS:
        raise ValueError(f"no fact is of the kind {named}")
    others = tuple(_text(other) for other in _items(otherwise))
    return Fact(_number(cell), _KINDS[named], _text(subject), _text(manner), optional is True, others)


def _items(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise TypeError(f"a list was expected, not {type(value).__name__}")
    return value


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise TypeError(f"text was expected, not {type(value).__name__}")
    return value


def _optional_text(value: Json) -> str | None:
    return None if value is None else _text(value)


def _number(value: Json) -> int:
    if not isinstance(value, int):
        raise TypeError(f"a whole number was expected, not {type(value).__name__}")
    return value


def _language(value: Json) -> Language | None:
    return None if value is None else known_language(_text(value))


def _reference(value: Json) -> Reference:
    if not isinstance(value, dict):
        raise TypeError("a reference is an object")
    kind = value["kind"]
    return Reference(_number(value["cell"]), "image" if kind == "image" else "link", _text(value["target"]))


def _problem(value: Json) -> Problem:
    if not isinstance(value, dict):
        raise TypeError("a problem is an object")
    place, problem, remedy, code = (_text(value[name]) for name in ("place", "problem", "remedy", "code"))
    return Problem(place, problem, remedy, code, "warning" if value["severity"] == "warning" else "error")
