import json
import re
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.language import Language
from lite_site.lessons.model import Output
from lite_site.lessons.outputs.judge import Judge
from lite_site.markdown.model import Prose
from lite_site.notebooks.document import cleaned
from tests.lessons.outputs.test_html import HOSTILE
from tests.lessons.test_pictures import png
from tests.notebooks.samples import code, parsed
from tests.pages.reading import Page

WIDGET = "application/vnd.jupyter.widget-view+json"
MIMES = ["text/html", "text/plain", "image/svg+xml", "image/png", "application/json", "text/latex", WIDGET]


def display(**data: object) -> Mapping[str, object]:
    named = {name.replace("__", "/").replace("_", "-"): value for name, value in data.items()}
    return {"output_type": "display_data", "data": named, "metadata": {}}


def stream(text: str, name: str = "stdout") -> Mapping[str, object]:
    return {"output_type": "stream", "name": name, "text": text}


def no_address(target: str) -> None: ...


def judged(*outputs: Mapping[str, object], language: Language = "fr") -> list[Output | Prose]:
    (cell,) = cleaned(parsed(code("x", *outputs))).cells
    return list(Judge(language, no_address).outputs_of(cell, 3))


def one(*outputs: Mapping[str, object], language: Language = "fr") -> Output:
    (found,) = judged(*outputs, language=language)
    assert isinstance(found, Output)
    return found


def test_pieces_of_one_stream_are_one_text() -> None:
    found = judged(stream("a"), stream("b\n"), stream("oups", "stderr"), stream("c"))
    assert [Page(output.html).one("pre").text for output in found if isinstance(output, Output)] == [
        "ab", "oups", "c",
    ]  # fmt: skip


def test_messages_and_errors_are_told_apart_without_colours() -> None:
    assert "Messages du programme\u00a0:" in one(stream("attention", "stderr")).html
    error = {"output_type": "error", "ename": "NameError", "evalue": "x", "traceback": ["\x1b[31mNameError\x1b[0m: x"]}
    page = Page(one(error).html)
    assert page.one("p").text == "La cellule s’arrête sur une erreur\u00a0:"
    assert page.one("pre").text == "NameError: x"
    bare = {"output_type": "error", "ename": "NameError", "evalue": "x", "traceback": []}
    assert Page(one(bare).html).one("pre").text == "NameError: x"


def test_a_figure_says_which_cell_made_it_unless_the_notebook_says_more() -> None:
    figure = {"text/plain": "<Figure size 640x480 with 1 Axes>", "image/png": png(64, 48)}
    image = Page(one({"output_type": "display_data", "data": figure, "metadata": {}}).html).one("img")
    assert image.attributes["alt"] == "Figure produite par la cellule 3"
    assert (image.attributes["width"], image.attributes["height"]) == ("64", "48")
    about = {"image/png": {"alt": 'la "courbe"', "width": 32, "height": 24}}
    image = Page(one({"output_type": "display_data", "data": figure, "metadata": about}).html).one("img")
    assert image.attributes["alt"] == 'la "courbe"'
    assert (image.attributes["width"], image.attributes["height"]) == ("32", "24")


def test_a_heavy_figure_is_kept_beside_the_page_and_loads_when_it_is_near() -> None:
    (cell,) = parsed(code("x", {"output_type": "display_data", "data": {"image/png": png(padding=10**6)}})).cells
    judge = Judge("fr", no_address)
    (output,) = judge.outputs_of(cell, 3)
    assert isinstance(output, Output)
    image = Page(output.html).one("img")
    assert image.attributes["src"] == f"pictures/{judge.pictures[0].name}"
    assert image.attributes["loading"] == "lazy"


@pytest.mark.parametrize(
    ("data", "shows"),
    [
        ({"text/html": "<b>riche</b>", "text/plain": "pauvre"}, "riche"),
        ({"image/svg+xml": "<svg/>", "text/plain": "pauvre"}, "img"),
        ({"image/png": "damaged", "text/plain": "pauvre"}, "pauvre"),
        ({"application/json": {"a": 1}, "text/plain": "pauvre"}, "details"),
        ({"text/plain": "42"}, "42"),
    ],
)
def test_the_richest_form_that_can_be_shown_is(data: Mapping[str, object], shows: str) -> None:
    output = one({"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1})
    assert shows in output.html
    assert output.note == ""


@pytest.mark.parametrize("mime", ["text/latex", "text/markdown"])
def test_formulas_and_markdown_are_rendered_with_the_lesson(mime: str) -> None:
    data = {mime: "$x^2$", "text/plain": "x**2"}
    assert judged({"output_type": "display_data", "data": data, "metadata": {}}) == [Prose("$x^2$", {})]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"text/html": "<script>draw()</script>", "text/plain": "<folium.folium.Map at 0x7f>"}, ""),
        ({"application/vnd.plotly.v1+json": {"data": []}}, ""),
        ({"application/javascript": "alert(1)", "text/plain": "<IPython.core.display.Javascript object>"}, ""),
        ({WIDGET: {"model_id": "1"}, "text/plain": "IntSlider(value=3)"}, "IntSlider(value=3)"),
    ],
)
def test_what_moves_says_so_and_shows_its_text(data: Mapping[str, object], text: str) -> None:
    output = one({"output_type": "display_data", "data": data, "metadata": {}})
    assert output.note.startswith("Ce résultat est interactif")
    assert "".join(pre.text for pre in Page(output.html).all("pre")) == text


@pytest.mark.parametrize(
    ("output", "note"),
    [
        (stream("0123456789\n" * 20_000), "This is only the beginning"),
        (display(text__html="<table>" + "<tr><td>1</td></tr>" * 501 + "</table>"), "This is only the beginning"),
        (display(application__json=list(range(501))), "This is only the beginning"),
        (display(image__png="A" * 20_000_001), "What this cell made is too large"),
        (display(text__html="<p>" + "x" * 2_000_001), "What this cell made is too large"),
    ],
)
def test_what_is_too_much_for_a_page_is_said(output: Mapping[str, object], note: str) -> None:
    found = one(output, language="en")
    assert found.note.startswith(note)
    assert len(found.html) < 200_000


def test_nothing_printed_shows_nothing() -> None:
    assert judged(stream("\n"), display(text__plain=""), display()) == []


@given(st.dictionaries(st.sampled_from(MIMES), st.one_of(st.text(), st.lists(st.sampled_from(HOSTILE)).map("".join))))
def test_whatever_cells_left_the_page_holds_no_script(data: Mapping[str, object]) -> None:
    outputs = judged(json.loads(json.dumps({"output_type": "display_data", "data": data, "metadata": {}})))
    for output in outputs:
        if isinstance(output, Output):
            page = Page(output.html)
            assert not page.all("script", "iframe", "object", "svg", "style", "link", "form")
            assert not any(name.startswith("on") for element in page.elements for name in element.attributes)
            addresses = [element.attributes.get(name) or "" for element in page.elements for name in ("href", "src")]
            assert not any(re.match(r"\s*(javascript|vbscript|https?):", address) for address in addresses)
