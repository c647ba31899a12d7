"""Looks into one notebook: title, imports, links, kernel, and what is wrong in the notebook alone."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from lite_site.language import Language
from lite_site.notebooks.code import CodeFacts, facts_in
from lite_site.notebooks.document import Json, JsonObject
from lite_site.notebooks.inspection import Inspection, known_language
from lite_site.notebooks.kernels import PYTHON
from lite_site.notebooks.prose import Prose, read_prose
from lite_site.notebooks.read import Edition, Limits, read_edition
from lite_site.problems import BuildError, Problem
from lite_site.site.audit import off_origin, read_references

_ATTACHMENT = "attachment:"


def inspect_notebook(source: Path, place: str, limits: Limits | None = None) -> Inspection:
    """What the notebook says about itself; one that can't be read has problems and no sha256."""
    try:
        edition = read_edition(source, place, limits or Limits())
    except BuildError as error:
        return Inspection(problems=error.problems)
    cells = edition.notebook.cells
    prose = read_prose((n, cell.source) for n, cell in enumerate(cells, 1) if cell.kind == "markdown")
    python = edition.kernel.language == PYTHON
    code = facts_in((n, cell.source) for n, cell in enumerate(cells, 1) if cell.kind == "code" and python)
    return Inspection(
        title=prose.title,
        language=_declared_language(edition.metadata),
        guess=prose.language,
        kernel=edition.kernel.language or PYTHON,
        imports=code.imports,
        asks_input=code.asks_input,
        references=tuple(item for item in prose.references if not item.target.startswith(_ATTACHMENT)),
        anchors=tuple(sorted(prose.anchors)),
        cells=len(cells),
        output_bytes=sum(len(json.dumps(output)) for cell in cells for output in cell.outputs),
        sha256=hashlib.sha256(edition.content).hexdigest(),
        size=len(edition.content),
        paired=_is_paired(edition.metadata),
        problems=tuple(problem for rule in _RULES for problem in rule(edition, prose, code, place)),
    )


def _kernel_problems(edition: Edition, _prose: Prose, _code: CodeFacts, place: str) -> Iterator[Problem]:
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


def _number_problems(edition: Edition, _prose: Prose, _code: CodeFacts, place: str) -> Iterator[Problem]:
    if edition.strange_numbers:
        yield Problem(
            place,
            "An output holds NaN or infinity, which JSON has no word for; null is published instead.",
            "Run the notebook again with a current version of its plotting library.",
            "notebook-strange-number",
            "warning",
        )


def _code_problems(_edition: Edition, _prose: Prose, code: CodeFacts, place: str) -> Iterator[Problem]:
    for cell in code.unparsable:
        yield Problem(
            f"{place}, cell {cell}",
            "The cell isn't valid Python, so only its import lines were read.",
            "Leave it so if pupils are to complete it; else mend it.",
            "cell-not-python",
            "warning",
        )


def _attachment_problems(edition: Edition, prose: Prose, _code: CodeFacts, place: str) -> Iterator[Problem]:
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


def _output_problems(edition: Edition, _prose: Prose, _code: CodeFacts, place: str) -> Iterator[Problem]:
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


_RULES = (_kernel_problems, _number_problems, _code_problems, _attachment_problems, _output_problems)


def _declared_language(metadata: dict[str, Json]) -> Language | None:
    own = metadata.get("passerelle")
    candidates = [own.get("language")] if isinstance(own, dict) else []
    return next(filter(None, map(known_language, [*candidates, metadata.get("language"), metadata.get("lang")])), None)


def _is_paired(metadata: dict[str, Json]) -> bool:
    """Whether Jupytext's own metadata says that the lesson is kept as `.ipynb` and as text."""
    jupytext = metadata.get("jupytext")
    formats = jupytext.get("formats") if isinstance(jupytext, dict) else None
    return isinstance(formats, str) and "," in formats and "ipynb" in formats
