import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.lessons.outputs.html import ROWS, Names, html_as_html
from tests.pages.reading import Page

NAMES = Names("Table of cell 3", "Figure of cell 3")
PANDAS = """<div>
<style scoped>
    .dataframe tbody tr th { vertical-align: top; }
</style>
<table border="1" class="dataframe">
  <thead>
    <tr style="text-align: right;"><th></th><th>nom</th></tr>
    <tr><th rowspan="2">espèce</th><th></th></tr>
  </thead>
  <tbody><tr><th>0</th><td>Ada &lt;3</td></tr></tbody>
</table>
<p>1 row, 1 column</p>
</div>"""
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<iframe srcdoc='<b>'></iframe>",
    "<svg onload=alert(1)><style>x</style></svg>",
    "<table onclick=x><tr><td style='position:fixed'>",
    "<form action=/x><input name=a></form>",
    "<img alt='<table onerror=alert(1)>' src='data:image/png;base64,AA'>",
    "<img src='https://evil.example/x.png'>",
    "<meta http-equiv=refresh content='0;url=//evil'>",
    "<p id=content class=skip>",
    "<!--", "</div>", "</table>", "<table>", "<tr>", "data:text/html,x", "\x00",
]  # fmt: skip


def address(target: str) -> str | None:
    return target if target.startswith(("https:", "../files/")) else None


def shown(html: str) -> str:
    result = html_as_html(html, address, NAMES)
    assert result is not None
    return result[0]


def test_a_table_keeps_its_structure_in_a_box_that_scrolls_and_has_a_name() -> None:
    page = Page(shown(PANDAS))
    (box,) = page.of_class("scroll")
    assert (box.attributes["role"], box.attributes["tabindex"]) == ("group", "0")
    assert box.attributes["aria-label"] == "Table of cell 3"
    assert page.one("table").attributes == {}
    assert [cell.attributes for cell in page.all("th")] == [{}, {"rowspan": "2"}, {}]
    assert [cell.text for cell in page.all("td")] == ["", "", "Ada <3"]
    assert page.one("p").text == "1 row, 1 column"
    assert "vertical-align" not in page.all("div")[0].text


def test_links_and_pictures_stay_on_the_site_or_go() -> None:
    html = """<a href="../files/a.csv">a</a><a href="secret.csv">b</a><a href="https://python.org/">c</a>
    <img src="https://tracker.example/p.gif" alt="un pixel"><img src="../files/b.png">
    <img src="data:image/png;base64,AAAA" alt=""><img src="data:text/html,x">"""
    page = Page(shown(html))
    assert page.links == ["../files/a.csv", "https://python.org/"]
    pictures = [(image.attributes.get("src"), image.attributes.get("alt")) for image in page.all("img")]
    assert pictures == [
        (None, "un pixel"),
        ("../files/b.png", "Figure of cell 3"),
        ("data:image/png;base64,AAAA", ""),
        (None, "Figure of cell 3"),
    ]


@pytest.mark.parametrize(
    "html", ["", "<div></div>", "<script>draw()</script>", "<style>p{}</style>", "<iframe src='map.html'></iframe>"]
)
def test_what_only_a_script_would_fill_is_nothing(html: str) -> None:
    assert html_as_html(html, address, NAMES) is None


@pytest.mark.parametrize("rows", [ROWS - 1, ROWS, ROWS + 1, 3 * ROWS])
def test_of_a_long_table_the_first_rows_stay(rows: int) -> None:
    body = "".join(f"<tr><td><a href='../files/a.csv'>{number}</a></td></tr>" for number in range(rows))
    result = html_as_html(f"<table><tbody>{body}</tbody></table><p>end</p>", address, NAMES)
    assert result is not None
    html, whole = result
    cells = [cell.text for cell in Page(html).all("td")]
    assert cells == [str(number) for number in range(min(rows, ROWS))]
    assert len(Page(html).links) == len(cells)
    assert whole == (rows <= ROWS)
    assert Page(html).one("p").text == "end"


@given(st.lists(st.one_of(st.sampled_from(HOSTILE), st.text())).map("".join))
def test_whatever_a_cell_left_nothing_runs_and_nothing_is_left_open(html: str) -> None:
    result = html_as_html(html, address, NAMES)
    page = Page(result[0] if result else "")
    assert not page.all("script", "style", "iframe", "svg", "form", "input", "meta", "object", "embed", "base", "link")
    for element in page.elements:
        ours = {"class", "role", "tabindex", "aria-label"} if element.tag == "div" else set()
        assert not {
            name for name in element.attributes if name.startswith("on") or name in {"style", "id", "class"} - ours
        }
        target = element.attributes.get("href") or element.attributes.get("src") or "#"
        assert re.match(r"#|\.\./files/|https:|data:image/", target)
        assert element.tag != "img" or not target.startswith("https:")
