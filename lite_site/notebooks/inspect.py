"""Looks into one notebook: title, imports, links, kernel, and what is wrong in the notebook alone."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias
from urllib.parse import unquote

from lite_site.language import Language
from lite_site.notebooks.accessibility import problems_for_readers
from lite_site.notebooks.code import facts_in
from lite_site.notebooks.document import OURS, Json, JsonObject
from lite_site.notebooks.facts import Fact
from lite_site.notebooks.inspection import Inspection, known_language
from lite_site.notebooks.kernels import PYTHON
from lite_site.notebooks.markdown import parse_markdown
from lite_site.notebooks.prose import Prose, read_prose
from lite_site.notebooks.read import Edition, Limits, read_edition
from lite_site.problems import BuildError, Problem
from lite_site.site.audit import off_origin, read_references

_ATTACHMENT = "attachment:"
_PLACEMENTS = ("browser", "cluster")
_LEAVE_IT = "Leave it so if pupils are to complete it; else mend it."
# What is said of a cell that isn't Python as we run it; newer Python than ours is the browser's, so no problem.
_UNPARSABLE = {
    "blanks": ("The cell has blanks to fill, so it isn't valid Python yet.", _LEAVE_IT),
    "python2": ("The cell is written for Python 2, which runs nowhere any more.", "Rewrite it for Python 3."),
    "other": ("The cell isn't valid Python ({why}), so only its import lines were read.", _LEAVE_IT),
}

Facts: TypeAlias = tuple[Fact, ...]


def inspect_notebook(source: Path, place: str, limits: Limits | None = None) -> Inspection:
    """What the notebook says about itself; one that can't be read has problems and no sha256."""
    try:
        edition = read_edition(source, place, limits or Limits())
    except BuildError as error:
        return Inspection(problems=error.problems)
    cells = edition.notebook.cells
    parsed = [parse_markdown(n, cell.source) for n, cell in enumerate(cells, 1) if cell.kind == "markdown"]
    prose = read_prose(parsed)
    declared = _declared_language(edition.metadata)
    language = prose.language if declared in {None, prose.language} else None
    python = edition.kernel.language == PYTHON
    facts = facts_in((n, cell.source) for n, cell in enumerate(cells, 1) if cell.kind == "code") if python else ()
    ours = edition.metadata.get(OURS)
    placement, profile = (_said(ours, name) for name in ("placement", "profile"))
    return Inspection(
        title=prose.title,
        language=declared,
        guess=prose.language,
        kernel=edition.kernel.language or PYTHON,
        references=tuple(item for item in prose.references if not item.target.startswith(_ATTACHMENT)),
        anchors=tuple(sorted(prose.anchors)),
        sha256=hashlib.sha256(edition.content).hexdigest(),
        size=len(edition.content),
        paired=_is_paired(edition.metadata),
        problems=(
            *(problem for rule in _RULES for problem in rule(edition, prose, facts, place)),
            *problems_for_readers(parsed, place, language),
        ),
        facts=facts,
        placement=placement if placement in _PLACEMENTS else None,
        profile=profile,
    )


def _kernel_problems(edition: Edition, _prose: Prose, _facts: Facts, place: str) -> Iterator[Problem]:
    kernel = edition.kernel
    if kernel.language is None:
        named = (
            f"names the language “{kernel.declared}”, which isn't known here"
            if kernel.declared
            else ("names no kernel, and its code isn't Python")
        )
        yield Problem(
            place,
            f"The notebook {named}.",
            "Choose its kernel in Jupyter and save it.",
            "notebook-unknown-language",
        )
    elif kernel.guessed:
        yield Problem(
            place,
            "The notebook doesn't say which kernel it is for; Python is assumed.",
            "Choose the Python kernel in Jupyter and save it.",
            "notebook-no-kernelspec",
            "warning",
        )


def _number_problems(edition: Edition, _prose: Prose, _facts: Facts, place: str) -> Iterator[Problem]:
    if edition.strange_numbers:
        yield Problem(
            place,
            "An output holds NaN or infinity, which JSON has no word for; null is published instead.",
            "Run the notebook again with a current version of its plotting library.",
            "notebook-strange-number",
            "warning",
        )


def _code_problems(_edition: Edition, _prose: Prose, facts: Facts, place: str) -> Iterator[Problem]:
    for fact in facts:
        if fact.kind == "unparsable" and fact.manner in _UNPARSABLE:
            problem, remedy = _UNPARSABLE[fact.manner]
            yield Problem(
                f"{place}, cell {fact.cell}", problem.format(why=fact.subject), remedy, "cell-not-python", "warning"
            )


def _word_problems(edition: Edition, _prose: Prose, _facts: Facts, place: str) -> Iterator[Problem]:
    ours = edition.metadata.get(OURS)
    said = ours if isinstance(ours, dict) else {}
    placement, profile = said.get("placement"), said.get("profile")
    if placement is not None and placement not in _PLACEMENTS:
        yield Problem(
            place,
            f"The notebook's metadata says passerelle.placement = {json.dumps(placement)[:60]}, which is left aside.",
            'Write "browser" or "cluster", or leave it out.',
            "metadata-placement",
            "warning",
        )
    if profile is not None and not isinstance(profile, str):
        yield Problem(
            place,
            f"The notebook's metadata says passerelle.profile = {json.dumps(profile)[:60]}, which is left aside.",
            "Write the name of one of the course's profiles, or leave it out.",
            "metadata-placement",
            "warning",
        )


def _attachment_problems(edition: Edition, prose: Prose, _facts: Facts, place: str) -> Iterator[Problem]:
    for reference in prose.references:
        if not reference.target.startswith(_ATTACHMENT):
            continue
        name = unquote(reference.target.removeprefix(_ATTACHMENT))
        if name not in edition.notebook.cells[reference.cell - 1].attachments:
            yield Problem(
                f"{place}, cell {reference.cell}",
                f"The cell shows its attachment “{name}”, but has none of that name.",
                "Paste the image into the cell again, or put the file beside the notebook.",
                "attachment-missing",
            )


def _output_problems(edition: Edition, _prose: Prose, _facts: Facts, place: str) -> Iterator[Problem]:
    for number, cell in enumerate(edition.notebook.cells, 1):
        for address in sorted({one for output in cell.outputs for one in _loads_of(output) if off_origin(one)}):
            yield Problem(
                f"{place}, cell {number}",
                f"A saved output loads {address} from another site; pages forbid it, so pupils won't see it.",
                "Clear the output, or make the plot with a library that needs no other site.",
                "output-off-site",
                "warning",
            )


def _loads_of(output: JsonObject) -> list[str]:
    """What an output's HTML loads; most have none."""
    bundle = output.get("data")
    page = bundle.get("text/html") if isinstance(bundle, dict) else None
    text = "".join(map(str, page)) if isinstance(page, list) else page
    return read_references(text).loads if isinstance(text, str) and "//" in text else []


_RULES = (_kernel_problems, _number_problems, _code_problems, _word_problems, _attachment_problems, _output_problems)


def _said(ours: Json, name: str) -> str | None:
    value = ours.get(name) if isinstance(ours, dict) else None
    return value if isinstance(value, str) else None


def _declared_language(metadata: dict[str, Json]) -> Language | None:
    own = metadata.get(OURS)
    candidates = [own.get("language")] if isinstance(own, dict) else []
    return next(filter(None, map(known_language, [*candidates, metadata.get("language"), metadata.get("lang")])), None)


def _is_paired(metadata: dict[str, Json]) -> bool:
    """Whether Jupytext's own metadata says that the lesson is kept as `.ipynb` and as text."""
    jupytext = metadata.get("jupytext")
    formats = jupytext.get("formats") if isinstance(jupytext, dict) else None
    return isinstance(formats, str) and "," in formats and "ipynb" in formats
