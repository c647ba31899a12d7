"""A notebook in memory, whatever format its file was in, and its one published form."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias, get_args

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
JsonObject: TypeAlias = dict[str, Json]
CellKind = Literal["code", "markdown", "raw"]

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_OUTPUT_KEYS = {
    "stream": ("name", "text"),
    "display_data": ("data", "metadata"),
    "execute_result": ("data", "execution_count", "metadata"),
    "error": ("ename", "evalue", "traceback"),
}
_SPLIT_MIMES = ("application/javascript", "image/svg+xml")
_NOTEBOOK_METADATA_LEFT_OUT = ("signature", "trusted", "widgets", "papermill", "jupytext")
_CELL_METADATA_LEFT_OUT = ("trusted", "execution", "ExecuteTime", "papermill", "lines_to_next_cell")
OURS = "passerelle"
_VERDICT = "verdict"
_WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


class MalformedNotebookError(ValueError):
    """The JSON isn't the notebook format 4 we know; its text says where it departs from it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `source` is one string with line feeds only, `id` is None where the file has no valid one."""

    kind: CellKind
    source: str
    id: str | None = None
    metadata: JsonObject = field(default_factory=dict)
    attachments: JsonObject = field(default_factory=dict)
    outputs: tuple[JsonObject, ...] = ()
    execution_count: int | None = None


@dataclass(frozen=True, slots=True)
class Notebook:
    """Cells in order and the notebook's metadata."""

    cells: tuple[Cell, ...]
    metadata: JsonObject = field(default_factory=dict)


def parse_document(value: Json) -> Notebook:
    """The notebook in parsed JSON of format 4, any minor; raises MalformedNotebookError."""
    document = _object(value, "the file")
    if document.get("nbformat") != 4:
        raise MalformedNotebookError(f"nbformat is {document.get('nbformat')!r}, not 4")
    cells = document.get("cells")
    if not isinstance(cells, list):
        raise MalformedNotebookError("it has no list of cells")
    return Notebook(
        tuple(_cell(cell, f"cell {number}") for number, cell in enumerate(cells, 1)),
        _object(document.get("metadata", {}), "metadata"),
    )


def document_bytes(notebook: Notebook, *, tame: bool = False) -> bytes:
    """The notebook as JSON of format 4.5, byte for byte as nbformat writes it, with a last line end.

    NaN and the infinities, which JSON can't carry, become null if `tame`, else raise ValueError.
    """
    document: JsonObject = {
        "cells": [_cell_as_json(cell) for cell in notebook.cells],
        "metadata": notebook.metadata,
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    text = json.dumps(
        _without_strange_numbers(document) if tame else document,
        indent=1,
        sort_keys=True,
        ensure_ascii=False,
        allow_nan=False,
        separators=(",", ": "),
    )
    return f"{text}\n".encode("utf-8", "replace")


def cleaned(notebook: Notebook) -> Notebook:
    """The notebook without what one run or one person's machine left in it; outputs stay."""
    cells = tuple(
        replace(
            cell,
            metadata=_without(cell.metadata, _CELL_METADATA_LEFT_OUT),
            outputs=tuple(_without_dead_views(cell.outputs)),
        )
        for cell in _with_ids(notebook.cells)
    )
    return Notebook(cells, _without(_without_verdict(notebook.metadata), _NOTEBOOK_METADATA_LEFT_OUT))


def with_verdict(notebook: Notebook, verdict: JsonObject) -> Notebook:
    """The notebook that carries its placement along, in its metadata under `passerelle`, beside the teacher's words."""
    ours = notebook.metadata.get(OURS)
    said = {**(ours if isinstance(ours, dict) else {}), _VERDICT: verdict}
    return replace(notebook, metadata={**notebook.metadata, OURS: said})


def _without_verdict(metadata: JsonObject) -> JsonObject:
    """The metadata without the verdict of an earlier build: a lesson taken back from the site is placed afresh."""
    ours = metadata.get(OURS)
    if not isinstance(ours, dict) or _VERDICT not in ours:
        return metadata
    kept = _without(ours, (_VERDICT,))
    return {**metadata, OURS: kept} if kept else _without(metadata, (OURS,))


def _cell(value: Json, where: str) -> Cell:
    cell = _object(value, where)
    kind = cell.get("cell_type")
    for known in get_args(CellKind):
        if kind == known:
            break
    else:
        raise MalformedNotebookError(f"{where} is of type {kind!r}")
    identity, count = cell.get("id"), cell.get("execution_count")
    return Cell(
        kind=known,
        source=_text(cell.get("source"), f"the source of {where}").replace("\r\n", "\n").replace("\r", "\n"),
        id=identity if isinstance(identity, str) and _ID.fullmatch(identity) else None,
        metadata=_object(cell.get("metadata", {}), f"the metadata of {where}"),
        attachments=_bundles(cell.get("attachments"), where) if kind != "code" else {},
        outputs=tuple(_outputs(cell.get("outputs"), where)) if kind == "code" else (),
        execution_count=count if isinstance(count, int) and not isinstance(count, bool) else None,
    )


def _outputs(value: Json, where: str) -> Iterator[JsonObject]:
    if not isinstance(value, list):
        raise MalformedNotebookError(f"{where} has no list of outputs")
    for item in value:
        output = _object(item, f"an output of {where}")
        kind = output.get("output_type")
        if not isinstance(kind, str) or kind not in _OUTPUT_KEYS:
            raise MalformedNotebookError(f"{where} has an output of type {kind!r}")
        kept: JsonObject = {"output_type": kind}
        kept.update({key: output[key] for key in _OUTPUT_KEYS[kind] if key in output})
        if kind == "stream":
            kept["text"] = _text(output.get("text"), f"an output of {where}")
        elif "data" in _OUTPUT_KEYS[kind]:
            kept["data"] = _bundle(output.get("data"), where)
            kept["metadata"] = _object(output.get("metadata", {}), f"an output of {where}")
        yield kept


def _bundles(value: Json, where: str) -> JsonObject:
    attachments = _object(value or {}, f"the attachments of {where}")
    return {name: _bundle(bundle, where) for name, bundle in attachments.items()}


def _bundle(value: Json, where: str) -> JsonObject:
    """A mime bundle with its lines joined."""
    joined: JsonObject = {}
    for mime, data in _object(value, f"the data of an output of {where}").items():
        joined[mime] = data if mime.endswith("json") or not isinstance(data, list) else _text(data, where)
    return joined


def _object(value: Json, what: str) -> JsonObject:
    if not isinstance(value, dict):
        raise MalformedNotebookError(f"{what} isn't a JSON object")
    return value


def _text(value: Json, what: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        lines = [line for line in value if isinstance(line, str)]
        if len(lines) == len(value):
            return "".join(lines)
    raise MalformedNotebookError(f"{what} isn't text")


def _with_ids(cells: Iterable[Cell]) -> Iterator[Cell]:
    """The cells with unique ids; a missing or repeated one is derived from position and content."""
    cells = tuple(cells)
    reserved = {cell.id for cell in cells}
    seen: set[str] = set()
    for position, cell in enumerate(cells):
        identity = cell.id
        if identity is None or identity in seen:
            digest = hashlib.sha256(f"{position}\0{cell.kind}\0{cell.source}".encode("utf-8", "replace"))
            name = digest.hexdigest()
            identity = next(name[:size] for size in range(8, 65) if name[:size] not in reserved | seen)
        seen.add(identity)
        yield replace(cell, id=identity)


def _without_dead_views(outputs: Iterable[JsonObject]) -> Iterator[JsonObject]:
    """The outputs without widget views: their state isn't published, so they could only fail to show.

    Their text stays, marked as a widget's: pages say what it stands for.
    """
    for output in outputs:
        data, metadata = output.get("data"), output.get("metadata")
        if not isinstance(data, dict) or not isinstance(metadata, dict) or _WIDGET_VIEW not in data:
            yield output
        elif rest := _without(data, (_WIDGET_VIEW,)):
            yield {**output, "data": rest, "metadata": {**metadata, OURS: {"widget": True}}}


def _cell_as_json(cell: Cell) -> JsonObject:
    document: JsonObject = {
        "cell_type": cell.kind,
        "id": cell.id,
        "metadata": cell.metadata,
        "source": _lines(cell.source),
    }
    if cell.kind == "code":
        document["execution_count"] = cell.execution_count
        document["outputs"] = [_output_as_json(output) for output in cell.outputs]
    elif cell.attachments:
        document["attachments"] = {
            name: _split(bundle) for name, bundle in cell.attachments.items() if isinstance(bundle, dict)
        }
    return document


def _output_as_json(output: JsonObject) -> JsonObject:
    data, text = output.get("data"), output.get("text")
    if isinstance(data, dict):
        return {**output, "data": _split(data)}
    if isinstance(text, str):
        return {**output, "text": _lines(text)}
    return output


def _split(bundle: JsonObject) -> JsonObject:
    return {
        mime: _lines(data) if isinstance(data, str) and (mime.startswith("text/") or mime in _SPLIT_MIMES) else data
        for mime, data in bundle.items()
    }


def _lines(text: str) -> list[Json]:
    return list(text.splitlines(keepends=True))


def _without(values: JsonObject, keys: Iterable[str]) -> JsonObject:
    return {key: value for key, value in values.items() if key not in keys}


def _without_strange_numbers(value: Json) -> Json:
    """The same value with null for NaN and the infinities, which browsers refuse to read."""
    if isinstance(value, float) and value - value != 0:
        return None
    if isinstance(value, list):
        return [_without_strange_numbers(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_strange_numbers(item) for key, item in value.items()}
    return value
