import re
from html import unescape
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.lessons.addresses import Shelf
from lite_site.lessons.compose import compose_lesson
from lite_site.lessons.model import CodeCell, Content, Passage
from tests.lessons.test_pictures import png
from tests.notebooks.samples import Object, code, markdown, parsed, stream
from tests.pages.reading import Page

SHELF = Shelf({"02-listes.ipynb": "02-listes.html"}, frozenset(["data/a.csv", "images/a.svg"]))
PRINTED = stream("42\n")


def composed(*cells: Object) -> Content:
    return compose_lesson(parsed(*cells), "python", PurePosixPath("01-début.ipynb"), "fr", SHELF)


def code_cell(**metadata: object) -> CodeCell:
    (cell,) = composed(code("print(42)", PRINTED, metadata=metadata)).cells
    assert isinstance(cell, CodeCell)
    return cell


def text_of(html: str) -> str:
    return unescape(re.sub("<[^>]*>", "", html)).strip()


def test_cells_come_in_order_under_the_numbers_that_problems_name() -> None:
    content = composed(
        markdown("# Début\n\nBonjour à *tous*."),
        code(""),
        code("print(42)", PRINTED, execution_count=7),
        {"cell_type": "raw", "metadata": {}, "source": "<brut>"},
    )
    prose, computed, raw = content.cells
    assert isinstance(prose, Passage)
    assert isinstance(computed, CodeCell)
    assert isinstance(raw, Passage)
    assert [prose.number, computed.number, raw.number] == [1, 3, 4]
    assert text_of(computed.source) == "print(42)"
    assert (computed.count, text_of(computed.outputs[0].html)) == (7, "42")
    assert text_of(raw.html) == "<brut>"
    assert [heading.text for heading in content.headings] == ["Début"]
    assert content.summary == "Bonjour à tous."


def test_links_lead_to_pages_and_files_and_nowhere_is_text() -> None:
    source = "[suite](02-listes.ipynb#Les-listes) [données](data/a.csv) [rien](absent.csv) ![schéma](images/a.svg)"
    (cell,) = composed(markdown(source)).cells
    assert isinstance(cell, Passage)
    page = Page(cell.html)
    assert page.links == ["02-listes.html#Les-listes", "../files/data/a.csv"]
    assert page.one("img").attributes["src"] == "../files/images/a.svg"
    assert "rien" in text_of(cell.html)


def test_formulas_of_prose_and_of_outputs_are_mathml() -> None:
    output = {"output_type": "execute_result", "data": {"text/latex": "$\\sqrt{2}$"}, "metadata": {}}
    prose, computed = composed(markdown("Soit $x^2$."), code("sqrt(2)", output)).cells
    assert isinstance(prose, Passage)
    assert isinstance(computed, CodeCell)
    assert "<msup>" in prose.html
    assert "<msqrt>" in computed.outputs[0].html


def test_attachments_are_pictures_in_the_page() -> None:
    cell = markdown("![une carte](attachment:carte.png)", attachments={"carte.png": {"image/png": png()}})
    (passage,) = composed(cell).cells
    assert isinstance(passage, Passage)
    assert (Page(passage.html).one("img").attributes["src"] or "").startswith("data:image/png;base64,")


@pytest.mark.parametrize(
    "metadata",
    [
        {"tags": ["hide-input"]},
        {"tags": ["hide_input"]},
        {"jupyter": {"source_hidden": True}},
    ],
)
def test_hidden_code_is_folded(metadata: dict[str, object]) -> None:
    cell = code_cell(**metadata)
    assert (cell.source_folded, cell.outputs_folded) == (True, False)


@pytest.mark.parametrize(
    "metadata", [{"tags": ["hide-output"]}, {"jupyter": {"outputs_hidden": True}}, {"collapsed": True}]
)
def test_hidden_output_is_folded(metadata: dict[str, object]) -> None:
    cell = code_cell(**metadata)
    assert (cell.source_folded, cell.outputs_folded) == (False, True)


def test_what_the_teacher_removes_is_not_on_the_page() -> None:
    assert code_cell(tags=["remove-input"]).source == ""
    assert code_cell(tags=["remove-input"]).outputs
    assert code_cell(tags=["remove-output"]).outputs == ()
    assert (
        composed(
            markdown("x", metadata={"tags": ["remove-cell"]}), code("x", PRINTED, metadata={"tags": ["remove-cell"]})
        ).cells
        == ()
    )


def test_a_hidden_cell_is_folded_whole() -> None:
    cell = code_cell(tags=["hide-cell"])
    assert (cell.source_folded, cell.outputs_folded) == (True, True)
    (passage,) = composed(markdown("x", metadata={"tags": ["hide-cell"]})).cells
    assert isinstance(passage, Passage)
    assert passage.folded


def test_only_what_is_wider_than_a_phone_takes_the_keyboard() -> None:
    tall = stream("1\n" * 30)
    cells = composed(code("x = 1", PRINTED), code("x = 1\n" + "y" * 60, stream("z" * 60)), code("x", tall)).cells
    stops = [(cell.source_scrolls, "tabindex" in cell.outputs[0].html) for cell in cells if isinstance(cell, CodeCell)]
    assert stops == [(False, False), (True, True), (False, True)]


@given(st.lists(st.one_of(st.text(max_size=40).map(markdown), st.text(max_size=40).map(code)), min_size=1, max_size=5))
def test_any_cells_make_a_page_without_scripts(cells: list[Object]) -> None:
    for cell in composed(*cells).cells:
        page = Page(cell.html if isinstance(cell, Passage) else cell.source)
        assert not page.all("script", "style", "iframe", "svg", "object", "form")
        assert not any(name.startswith("on") for element in page.elements for name in element.attributes)
