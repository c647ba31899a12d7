"""Goes through a lesson's tokens before they are written: what is numbered gets its number, labels their places."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from markdown_it.token import Token

from lite_site.markdown.directive import Directive
from lite_site.markdown.latex import label_formula, name_label
from lite_site.markdown.lesson import Kind, Lesson, Note, Target
from lite_site.markdown.maths import put_back
from lite_site.markdown.model import Heading
from lite_site.markdown.plain import plain_text

_NUMBERED: dict[str, Kind] = {"figure_open": "figure", "table_figure_open": "table"}


def survey(cells: list[list[Token]], lesson: Lesson) -> list[list[Token]]:
    """Fill in what `lesson` knows, and what tokens must; the cells without the notes written in them."""
    texts = [_without_notes(tokens, lesson) for tokens in cells]
    numbers: Counter[Kind] = Counter()
    for tokens in texts:
        _survey_cell(tokens, lesson, numbers)
    for definition in lesson.definitions.values():
        _hold_roles(definition, lesson)
    for formula in lesson.formulas:
        for label in formula.labels:
            lesson.place(label, Target("equation", label))
    _number_notes(texts, lesson)
    return texts


def _without_notes(tokens: list[Token], lesson: Lesson) -> list[Token]:
    kept: list[Token] = []
    into = [kept]
    for token in tokens:
        if token.type == "footnote_reference_open":
            label = token.meta["label"]
            into.append([] if label in lesson.definitions else lesson.definitions.setdefault(label, []))
        elif token.type == "footnote_reference_close":
            into.pop()
        else:
            into[-1].append(token)
    return kept


def _survey_cell(tokens: list[Token], lesson: Lesson, numbers: Counter[Kind]) -> None:
    _hold_roles(tokens, lesson)
    pending: list[str] = []
    for at, token in enumerate(tokens):
        if token.type == "myst_target":
            label = name_label(token.content)
            token.meta["anchor"] = label
            pending.append(label)
            continue
        target = _target_of(tokens, at, lesson, numbers)
        for label in pending:
            lesson.place(label, replace(target, anchor=label) if target else Target("place", label, text=label))
        pending = []
    for label in pending:
        lesson.place(label, Target("place", label, text=label))


def _target_of(tokens: list[Token], at: int, lesson: Lesson, numbers: Counter[Kind]) -> Target | None:
    token = tokens[at]
    if token.type == "heading_open":
        return _heading(token, tokens[at + 1], lesson)
    directive: Directive | None = token.meta.get("directive")
    if not directive or token.nesting < 0:
        return None
    kind = _NUMBERED.get(token.type, "place")
    target = Target(kind, directive.label, text=directive.options.get("alt") or directive.argument or directive.label)
    caption = _caption_of(tokens[at + 1 :], token.type.replace("open", "close")) if token.type in _NUMBERED else None
    if caption:
        numbers[kind] += 1
        caption[0].meta.update(kind=kind, number=numbers[kind])
        target = Target(kind, directive.label, numbers[kind], plain_text(caption[1].children or ()))
    if directive.label:
        lesson.place(directive.label, target)
    return target


def _heading(token: Token, inline: Token, lesson: Lesson) -> Target | None:
    marked = " ".join(plain_text(inline.children or ()).split())
    text = put_back(marked, lesson.written)
    if not text:
        return None
    heading = Heading(int(token.tag[1]), marked, _free("-".join(text.split()), lesson))
    token.attrSet("id", heading.anchor)
    lesson.headings.append(heading)
    return lesson.place_heading(heading, text)


def _free(anchor: str, lesson: Lesson) -> str:
    """The anchor, numbered from the second heading on that has it."""
    number, free = 1, anchor
    while free in lesson.anchors:
        number += 1
        free = f"{anchor}-{number}"
    return free


def _caption_of(after: list[Token], end: str) -> list[Token] | None:
    """The caption's first tokens: its opening, and what it says."""
    for at, token in enumerate(after):
        if token.type == end:
            return None
        if token.type == "caption_open":
            return after[at : at + 2]
    return None


def _hold_roles(tokens: list[Token], lesson: Lesson) -> None:
    """Formulas written as roles become marks, like the others."""
    for child in _inline_of(tokens):
        if child.type == "myst_role" and child.meta["name"] == "math":
            latex = put_back(child.content, lesson.written)
            child.type, child.content = "text", lesson.hold(label_formula(latex, "", latex, display=False))


def _number_notes(texts: list[list[Token]], lesson: Lesson) -> None:
    """Notes are numbered in the order of their first calls; those that only notes call, after them."""
    waiting = [*texts]
    while waiting:
        for child in _inline_of(waiting.pop(0)):
            label = child.meta.get("label") if child.type == "footnote_ref" else None
            if label not in lesson.definitions:
                continue
            if label not in lesson.notes:
                lesson.notes[label] = Note(len(lesson.notes) + 1, 0, lesson.definitions[label])
                waiting.append(lesson.definitions[label])
            note = lesson.notes[label]
            note.calls += 1
            child.meta |= {"number": note.number, "call": note.calls}


def _inline_of(tokens: list[Token]) -> Iterator[Token]:
    return (child for token in tokens for child in token.children or ())
