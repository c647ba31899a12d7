"""What a reference to a label says, in the lesson's language."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from markdown_it.common.utils import escapeHtml

from lite_site.markdown.latex import label_formula
from lite_site.markdown.lesson import Kind, Lesson, Target
from lite_site.words.translate import Voice


@dataclass(frozen=True, slots=True)
class References:
    """Names the lesson's targets and files: as HTML, formulas as marks."""

    lesson: Lesson
    voice: Voice
    address: Callable[[str], str | None]

    def name(self, target: Target) -> str:
        """The words of a target, or its number if it has none."""
        return escapeHtml(target.text) if target.text else self.numbered(target)

    def numbered(self, target: Target) -> str:
        """The number of a target with what it is, or its words if it has none."""
        if target.kind == "equation":
            reference = label_formula(rf"\eqref{{{target.anchor}}}", "", target.anchor, display=False)
            return self.lesson.hold(replace(reference, is_reference=True))
        return self.number(target.kind, target.number) if target.number else escapeHtml(target.text)

    def number(self, kind: Kind, number: int) -> str:
        """The number of a figure or table."""
        said = (
            self.voice.gettext("Table %(number)s", number=number)
            if kind == "table"
            else self.voice.gettext("Figure %(number)s", number=number)
        )
        return escapeHtml(said)
