"""A notebook file of any kind, read once and put in the form we publish."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from lite_site.notebooks.document import (
    Json,
    JsonObject,
    MalformedNotebookError,
    Notebook,
    cleaned,
    document_bytes,
    parse_document,
    with_verdict,
)
from lite_site.notebooks.foreign import parse_text, upgrade_document
from lite_site.notebooks.kernels import Kernel, kernel_of, with_kernel
from lite_site.problems import BuildError, Problem

_HALVES = re.compile(rb"\\u[dD][89a-fA-F]")
_CONFLICT = re.compile(rb"^(<{7}|>{7}) ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a notebook may be: bytes of its file, and cells."""

    notebook_bytes: int = 20_000_000
    cells: int = 2_000


@dataclass(frozen=True, slots=True)
class Edition:
    """A notebook as published, the kernel it needs, and its file's own metadata (kernelspec included)."""

    notebook: Notebook
    content: bytes
    kernel: Kernel
    metadata: dict[str, Json]
    strange_numbers: bool = False


def read_edition(source: Path, place: str, limits: Limits | None = None) -> Edition:
    """The published form of a notebook file; raises BuildError with the one problem that prevents it."""
    notebook = _read(source, place, limits)
    kernel = kernel_of(notebook)
    published = with_kernel(cleaned(notebook), kernel)
    try:
        return Edition(published, document_bytes(published), kernel, notebook.metadata)
    except ValueError:
        content = document_bytes(published, tame=True)
        return Edition(published, content, kernel, notebook.metadata, strange_numbers=True)
    except RecursionError as error:
        raise BuildError([_too_deep(place)]) from error


def publish(edition: Edition, verdict: JsonObject) -> bytes:
    """The bytes of the published notebook with its placement in it: same input, same bytes."""
    return document_bytes(with_verdict(edition.notebook, verdict), tame=edition.strange_numbers)


def _read(source: Path, place: str, limits: Limits | None) -> Notebook:
    """The notebook in the file, within limits if any; its size is looked at before it is opened."""
    try:
        if limits and (problem := _size_problem(source.stat().st_size, place, limits)):
            raise BuildError([problem])
        raw = source.read_bytes()
    except OSError as error:
        raise BuildError([_unreadable(place, error)]) from error
    if not raw.strip():
        raise BuildError([_empty(place)])
    suffix = source.suffix.lower()
    notebook = _parse_json(raw, place) if suffix == ".ipynb" else _parse_text(raw, place, suffix)
    if problem := _cells_problem(len(notebook.cells), place, limits):
        raise BuildError([problem])
    return notebook


def _parse_json(raw: bytes, place: str) -> Notebook:
    try:
        value: Json = json.loads(raw)
        value = _whole(value) if _HALVES.search(raw) else value
    except json.JSONDecodeError as error:
        raise BuildError([_not_json(place, error.lineno, raw)]) from error
    except RecursionError as error:
        raise BuildError([_too_deep(place)]) from error
    except ValueError as error:  # not UTF-8, or a number of thousands of digits
        raise BuildError([_not_json(place, None, raw)]) from error
    try:
        return parse_document(value)
    except MalformedNotebookError:
        pass
    try:
        return upgrade_document(value)
    except MalformedNotebookError as error:
        raise BuildError([_malformed(place, error)]) from error
    except RecursionError as error:
        raise BuildError([_too_deep(place)]) from error


def _whole(value: Json) -> Json:
    """The same with a question mark for each half of a character (a lone surrogate): no file can hold one."""
    whole: Json = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    return whole


def _parse_text(raw: bytes, place: str, suffix: str) -> Notebook:
    try:
        return parse_text(raw.decode("utf-8-sig"), suffix)
    except UnicodeDecodeError as error:
        raise BuildError([_not_utf8(place)]) from error
    except MalformedNotebookError as error:
        raise BuildError([_malformed(place, error)]) from error


def _size_problem(size: int, place: str, limits: Limits) -> Problem | None:
    if size <= limits.notebook_bytes:
        return None
    return Problem(
        place,
        f"The notebook weighs {megabytes(size)}, over the budget of {megabytes(limits.notebook_bytes)}.",
        "Clear its outputs, or raise `notebook` under [budget] in course.toml.",
        "notebook-over-budget",
    )


def _cells_problem(cells: int, place: str, limits: Limits | None) -> Problem | None:
    if not cells:
        return Problem(place, "The notebook has no cells.", "Add a cell, or remove the file.", "notebook-no-cells")
    if limits is None or cells <= limits.cells:
        return None
    return Problem(
        place,
        f"The notebook has {cells} cells; a lesson may have {limits.cells}.",
        "Split it into several lessons.",
        "notebook-too-many-cells",
    )


def _unreadable(place: str, error: OSError) -> Problem:
    reason = error.strerror or "unknown reason"
    return Problem(
        place, f"The file can't be read ({reason}).", "Give yourself the right to read it.", "file-unreadable"
    )


def _empty(place: str) -> Problem:
    return Problem(
        place,
        "The file is empty.",
        "Write the lesson and save it again, or remove the file.",
        "notebook-empty",
    )


def _not_json(place: str, line: int | None, raw: bytes) -> Problem:
    where = place if line is None else f"{place}, line {line}"
    if _CONFLICT.search(raw):
        return Problem(
            where,
            "A merge left both versions in the notebook.",
            "Choose one version and save it.",
            "notebook-not-json",
        )
    return Problem(
        where,
        "The file isn't a notebook: its JSON can't be read.",
        "Open it in Jupyter and save it again, or take the last good version.",
        "notebook-not-json",
    )


def _not_utf8(place: str) -> Problem:
    return Problem(place, "The text isn't in UTF-8.", "Save the file as UTF-8.", "notebook-not-utf8")


def _too_deep(place: str) -> Problem:
    return Problem(
        place,
        "The notebook's JSON is nested too deep to be read.",
        "Clear the outputs in Jupyter and save it again.",
        "notebook-malformed",
    )


def _malformed(place: str, error: MalformedNotebookError) -> Problem:
    return Problem(
        place,
        f"The file isn't a sound notebook: {error}.",
        "Open it in Jupyter and save it again.",
        "notebook-malformed",
    )


def megabytes(size: int) -> str:
    """A number of bytes for people: 20 MB, 1.5 MB, 800 bytes."""
    if size < 100_000:
        return f"{size} bytes"
    return f"{size / 1_000_000:.1f}".removesuffix(".0") + " MB"
