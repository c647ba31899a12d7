"""Reads and writes the labels of the corpus: where each notebook belongs, why, and what happens when it is run."""

import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lite_site.courses.model import Where

CORPUS = Path(__file__).parent / "corpus"
LABELS = "labels.toml"
_FLAGS = ("blanks", "anywhere", "silent", "unfetchable")


@dataclass(frozen=True, slots=True)
class Label:
    """What is true of one notebook of the corpus; `path` is relative to its theme's folder.

    `codes` must be among the verdict's reasons. `fails`: a code cell raises when all are run in the browser.
    `blanks`: it fails by design, pupils complete it; `anywhere`: it fails on a server too; `silent`: nothing raises,
    but a program it calls doesn't run; `unfetchable`: its wheels' bytes may be out of a test machine's reach.
    `measured` is what was seen in Chromium: "ran", or "failed: ..."; None before the first measurement.
    """

    theme: str
    path: str
    where: Where
    codes: tuple[str, ...]
    fails: bool
    why: str
    blanks: bool = False
    anywhere: bool = False
    silent: bool = False
    unfetchable: bool = False
    measured: str | None = None

    @property
    def name(self) -> str:
        """The notebook's path in the corpus."""
        return f"{self.theme}/{self.path}"

    @property
    def told(self) -> bool:
        """Whether the verdict is the teacher's word, whatever happens when it is run."""
        return "teacher" in self.codes

    @property
    def fails_because_of_browser(self) -> bool:
        """Whether it works on a server and not in the browser."""
        return (self.fails or self.silent) and not self.blanks and not self.anywhere


def read_corpus(corpus: Path = CORPUS) -> tuple[Label, ...]:
    """The labels of every theme, themes in alphabetical order."""
    return tuple(label for file in sorted(corpus.glob(f"*/{LABELS}")) for label in read_labels(file.parent))


def read_labels(theme: Path) -> tuple[Label, ...]:
    """The labels of one theme, in the order written."""
    with (theme / LABELS).open("rb") as file:
        return tuple(_label(theme.name, table) for table in tomllib.load(file)["notebook"])


def labels_text(labels: Iterable[Label]) -> str:
    """The labels as the text of a labels.toml: what `read_labels` reads back."""
    return "\n\n".join("\n".join(_lines(label)) for label in labels) + "\n"


def _label(theme: str, table: dict[str, object]) -> Label:
    where, codes, measured = table["where"], table["codes"], table.get("measured")
    assert where in {"browser", "cluster"}, f"{theme}/{table['path']}: where = {where!r}"
    assert isinstance(codes, list)
    return Label(
        theme=theme,
        path=str(table["path"]),
        where="browser" if where == "browser" else "cluster",
        codes=tuple(map(str, codes)),
        fails=table["fails"] is True,
        why=str(table["why"]),
        blanks=table.get("blanks") is True,
        anywhere=table.get("anywhere") is True,
        silent=table.get("silent") is True,
        unfetchable=table.get("unfetchable") is True,
        measured=None if measured is None else str(measured),
    )


def _lines(label: Label) -> Iterator[str]:
    yield "[[notebook]]"
    yield f"path = {_quoted(label.path)}"
    yield f"where = {_quoted(label.where)}"
    yield f"codes = [{', '.join(map(_quoted, label.codes))}]"
    yield f"fails = {str(label.fails).lower()}"
    yield from (f"{flag} = true" for flag in _FLAGS if getattr(label, flag))
    if label.measured is not None:
        yield f"measured = {_quoted(label.measured)}"
    yield f"why = {_quoted(label.why)}"


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's, with the one character that JSON leaves bare and TOML doesn't allow."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
