import json

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.notebooks.document import (
    Cell,
    MalformedNotebookError,
    Notebook,
    cleaned,
    document_bytes,
    parse_document,
)

from .samples import code, markdown, notebook, parsed, stream

texts = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.lists(st.tuples(st.sampled_from(["code", "markdown", "raw"]), texts)))
def test_bytes_are_those_nbformat_writes(cells: list[tuple[str, str]]) -> None:
    document = parsed(*(code(s, stream(s)) if k == "code" else markdown(s, cell_type=k) for k, s in cells))
    content = document_bytes(cleaned(document))
    node = nbformat.reads(content.decode(), as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(node)
    written: str = nbformat.writes(node)  # type: ignore[no-untyped-call]
    assert f"{written}\n".encode() == content


@given(st.lists(texts, min_size=1))
def test_cleaning_twice_changes_nothing(sources: list[str]) -> None:
    once = cleaned(parsed(*map(markdown, sources)))
    assert cleaned(once) == once
    assert parse_document(json.loads(document_bytes(once))) == once


def test_missing_ids_come_from_position_and_content() -> None:
    first, second = (cleaned(parsed(markdown("a"), markdown("a"))) for _ in range(2))
    assert first == second
    assert len({cell.id for cell in first.cells}) == 2


def test_valid_ids_stay_and_the_second_of_a_pair_gets_its_own() -> None:
    cells = (markdown("a", id="intro"), markdown("b", id="intro"), markdown("c", id="not valid!"))
    ids = [cell.id for cell in cleaned(parsed(*cells, minor=5)).cells]
    assert ids[0] == "intro"
    assert len(set(ids)) == 3
    assert "not valid!" not in ids


def test_what_one_run_leaves_behind_is_stripped_and_outputs_stay() -> None:
    cell = code(
        "1",
        stream("kept\n"),
        metadata={"execution": {"iopub": 1}, "ExecuteTime": 2, "trusted": True, "tags": ["kept"]},
    )
    document = parsed(cell, widgets={"state": {}}, signature="x", papermill={}, title="kept")
    published = json.loads(document_bytes(cleaned(document)))
    assert published["cells"][0]["metadata"] == {"tags": ["kept"]}
    assert published["cells"][0]["outputs"][0]["text"] == ["kept\n"]
    assert set(published["metadata"]) == {"kernelspec", "title"}


def test_a_widget_view_without_its_state_gives_way_to_its_text() -> None:
    view = "application/vnd.jupyter.widget-view+json"
    both = {"output_type": "display_data", "metadata": {}, "data": {view: {"model_id": "1"}, "text/plain": "Slider"}}
    alone = {"output_type": "display_data", "metadata": {}, "data": {view: {"model_id": "1"}}}
    (cell,) = cleaned(parsed(code("w", both, alone))).cells
    (kept,) = cell.outputs
    assert kept["data"] == {"text/plain": "Slider"}
    assert kept["metadata"] == {"passerelle": {"widget": True}}


def test_numbers_json_lacks_are_refused_or_tamed() -> None:
    odd = Notebook((Cell("raw", "", "a", metadata={"x": [float("nan"), float("inf"), 1.5]}),))
    with pytest.raises(ValueError, match="not JSON compliant"):
        document_bytes(odd)
    assert json.loads(document_bytes(odd, tame=True))["cells"][0]["metadata"]["x"] == [None, None, 1.5]


def test_half_a_character_is_replaced() -> None:
    assert b"?" in document_bytes(Notebook((Cell("raw", "\ud800", "a"),)))


def test_line_ends_are_one_kind() -> None:
    assert parsed(code("a\r\nb\rc")).cells[0].source == "a\nb\nc"


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {"nbformat": 3},
        {"nbformat": 4},
        {"nbformat": 4, "cells": [1]},
        notebook({"cell_type": "heading", "source": ""}),
        notebook({"cell_type": "markdown", "source": 3}),
        notebook(code("", {"output_type": "pyout"})),
        notebook({"cell_type": "code", "source": ""}),
        notebook(code("", {"output_type": "display_data", "data": []})),
    ],
)
def test_odd_documents_are_named_as_such(document: object) -> None:
    with pytest.raises(MalformedNotebookError):
        parse_document(document)  # type: ignore[arg-type]
