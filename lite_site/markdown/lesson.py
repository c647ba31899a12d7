"""What is known of a lesson while its cells are rendered: formulas, labels, headings, notes."""

import re
from dataclasses import dataclass, field
from typing import Literal

from markdown_it.token import Token

from lite_site.markdown.latex import Formula, name_label
from lite_site.markdown.maths import mark
from lite_site.markdown.model import Heading

_DASHES = re.compile(r"-{2,}")

Kind = Literal["heading", "figure", "table", "equation", "place"]


@dataclass(frozen=True, slots=True)
class Target:
    """What a label names: where it is in the page, its number if it has one, its words, formulas as marks."""

    kind: Kind
    anchor: str
    number: int = 0
    text: str = ""


@dataclass(slots=True)
class Note:
    """A note: its number in the lesson, how often it was called, and what it says."""

    number: int
    calls: int
    tokens: list[Token]


@dataclass(slots=True)
class Lesson:
    """The cells' common knowledge, gathered before the first is written."""

    formulas: list[Formula] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    """The formulas as they were written."""
    targets: dict[str, Target] = field(default_factory=dict)
    headings: list[Heading] = field(default_factory=list)
    """Their texts with marks for formulas."""
    anchors: set[str] = field(default_factory=set)
    definitions: dict[str, list[Token]] = field(default_factory=dict)
    notes: dict[str, Note] = field(default_factory=dict)

    def hold(self, formula: Formula) -> str:
        """Keep a formula; the mark that stands for it."""
        self.formulas.append(formula)
        self.written.append(formula.written)
        return mark(len(self.formulas) - 1)

    def find(self, label: str) -> Target | None:
        """What a label names: MyST's, a heading's anchor as Jupyter makes it, or as GitHub and MyST do."""
        named = name_label(label).casefold()
        keys = (label, named, _DASHES.sub("-", named))
        return next((self.targets[key] for key in keys if key in self.targets), None)

    def place(self, label: str, target: Target) -> None:
        """Let a label name a target, unless it names one already."""
        self.targets.setdefault(name_label(label).casefold(), target)

    def place_heading(self, heading: Heading, text: str) -> Target:
        """Let the anchors that people write for a heading name it; `text` is its own with formulas as written."""
        target = Target("heading", heading.anchor, text=heading.text)
        slug = "".join(sign for sign in text.casefold() if sign.isalnum() or sign in " -_")
        for key in (heading.anchor, "-".join(slug.split())):
            self.targets.setdefault(key, target)
        self.anchors.add(heading.anchor)
        return target
