from hypothesis import given, settings
from hypothesis import strategies as st

from lite_site.notebooks.accessibility.page import read_page
from lite_site.notebooks.markdown import parse_markdown

from .asking import PLACE, found, problems_of

PIECES = st.sampled_from(
    ["<table>", "</table>", "<tr>", "</tr>", "<td style='color:red'>", "</td>", "<th>", "<h2>", "</h2>", "<div>", "<p>",
     "</div>", "<a href='x'>", "</a>", "<img>", "<li>", "<br>", "<ul>", "\n", "\n\n", "# ", "### ", "**", "> ", "- ",
     "|", "|---|\n", "`", "```", "$", "$$", "![](x)", "[ici](y)", "mot ", "<![", "<!--", "&amp", "</p>", "<svg>",
     ":::{figure} x",
     "<span style='background:", "rgb(1 2 3 / 4%)'>", "\ue0009\ue001", "https://a.b/c ", "\x00", "\u2028"]
)  # fmt: skip


@given(st.lists(st.lists(PIECES, max_size=30).map("".join), max_size=4))
@settings(max_examples=300)
def test_any_text_is_survived_and_each_place_is_in_it(cells: list[str]) -> None:
    for problem in problems_of(*cells, language="fr"):
        place = problem.place.removeprefix(PLACE)
        if place:
            _, cell, line = place.split(", ")
            source = cells[int(cell.removeprefix("cell ")) - 1]
            assert 1 <= int(line.removeprefix("line ")) <= len(source.split("\n"))


@given(st.text(max_size=60))
def test_any_style_is_survived(style: str) -> None:
    found(f'<span style="{style.replace(chr(34), "")}">words</span>')


@given(
    st.lists(st.sampled_from(["words", "$x$", "$$\nx\n$$", "$$\n\nx\n\ny$$", "", "- item", "> quoted"]), max_size=12)
)
def test_lines_are_those_of_the_source_whatever_formulas_are_above(lines: list[str]) -> None:
    source = "\n".join([*lines, "", "![](last.png)"])
    last = source.count("\n") + 1
    assert f"{PLACE}, cell 1, line {last}" in [problem.place for problem in problems_of(source)]


def test_a_cell_nested_deep_is_survived() -> None:
    deep = "<div>" * 3000 + "<span style='color:red'>words</span>"
    assert found(deep) == ["contrast-low"]
    assert read_page([parse_markdown(1, "> " * 500 + "words")], PLACE, None).nodes
