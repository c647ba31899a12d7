"""What one notebook says about itself, as a value that survives a trip through JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from lite_site.language import Language
from lite_site.notebooks.document import Json, JsonObject
from lite_site.notebooks.prose import Reference
from lite_site.problems import Problem


@dataclass(frozen=True, slots=True)
class Inspection:
    """The facts of one notebook.

    `title` is its first heading; `language` what its metadata declares, `guess` what its prose looks like;
    `kernel` the language it runs in; `anchors` what a `#fragment` may name; `sha256` and `size` (bytes) are
    those of the published notebook; `output_bytes` is the part of its outputs; `paired` tells that Jupytext
    keeps the same lesson in two files.
    """

    title: str | None = None
    language: Language | None = None
    guess: Language | None = None
    kernel: str = "python"
    imports: tuple[str, ...] = ()
    asks_input: bool = False
    references: tuple[Reference, ...] = ()
    anchors: tuple[str, ...] = ()
    cells: int = 0
    output_bytes: int = 0
    sha256: str = ""
    size: int = 0
    paired: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether the notebook could be read at all."""
        return bool(self.sha256)

    def as_dict(self) -> JsonObject:
        """The inspection as JSON-ready values."""
        document: JsonObject = asdict(self)
        for name in ("imports", "anchors", "references", "problems"):
            values = document[name]
            document[name] = list(values) if isinstance(values, tuple) else values
        return document

    @classmethod
    def from_dict(cls, document: Mapping[str, Json]) -> "Inspection":
        """The inspection `as_dict` gave; raises KeyError, TypeError or ValueError for anything else."""
        return cls(
            title=_optional_text(document["title"]),
            language=_language(document["language"]),
            guess=_language(document["guess"]),
            kernel=_text(document["kernel"]),
            imports=tuple(_text(item) for item in _items(document["imports"])),
            asks_input=document["asks_input"] is True,
            references=tuple(_reference(item) for item in _items(document["references"])),
            anchors=tuple(_text(item) for item in _items(document["anchors"])),
            cells=_number(document["cells"]),
            output_bytes=_number(document["output_bytes"]),
            sha256=_text(document["sha256"]),
            size=_number(document["size"]),
            paired=document["paired"] is True,
            problems=tuple(_problem(item) for item in _items(document["problems"])),
        )


def known_language(value: Json) -> Language | None:
    """`fr` or `en` out of a language tag such as `fr-CA`, else None."""
    tag = value.strip().lower().replace("_", "-").partition("-")[0] if isinstance(value, str) else ""
    if tag == "fr":
        return "fr"
    return "en" if tag == "en" else None


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
