import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lite_site.markdown.model import Rendered
from tests.markdown.pages import Page, html_of, lesson, page_of, words_of

PIECES = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '<a href="javascript:alert(1)">x</a>',
    "<svg onload=x>", "[x](javascript:alert(1))", "![x](javascript:alert(1))", "<iframe src=javascript:x>",
    "<style>*{}</style>", "<math>", '<math><mtext><a href="javascript:x">', "<form action=/x><input>",
    "<details open>", "</div>", "<table>", "<td>", "$x^2$", "$$\\begin{align}a&=b\\label{l}\\\\c\\end{align}$$",
    "$$x$$ (l)", "\\(y\\)", "\\[z\\]", "$\\text{<b>}$", "$", "$$", "`", "```", "```{note}\n",
    "````{figure} a.png\n:name: l\n\ncaption\n", ":::", ":::{tip} t\n", ":::note\n", "```{math}\n:label: l\nx\n```",
    "{eq}`l`", "{ref}`t <l>`", "{math}`x`", "[](#l)", "[^1]", "[^1]: note [^2]\n", "(l)=\n", "# Title", "## $x$\n",
    "- ", "  * - a\n", "```{list-table}\n* - a\n  - b\n```", "| a | b |\n|--|--|\n| 1 | 2 |\n", "> ", "> [!NOTE]\n",
    "\n", "\n\n", " ", "    ", "\t", "x", "<b", 'id="l"', "{#l .c onclick=x}", "![a](attachment:i.png)",
    "https://example.org", "&lt;script&gt;", "&#106;avascript:", "\ue0000\ue001", "\ue000", "\x00", "\u2028", "---\n",
    "+++\n", "% c\n", ":name: l\n", "Term\n: def\n", "<!--", "-->", "<![CDATA[", "<?x", "\\newcommand{\\a}{\\a\\a}",
    "${\\a}$", "\\", "é",
]  # fmt: skip
SOURCES = st.one_of(
    st.text(), st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=25).map("".join)
)
HANDLER = re.compile(r"on\w+")


def problems_of(rendered: Rendered) -> list[str]:
    problems = []
    identities: Counter[str | None] = Counter()
    for html in (*rendered.cells, rendered.footnotes):
        for tag, attributes in Page(html).elements:
            identities.update([attributes["id"]] if "id" in attributes else [])
            if tag in {"script", "style", "iframe", "object", "embed", "form", "input", "svg", "link", "meta", "base"}:
                problems.append(tag)
            problems += [
                name for name in attributes if HANDLER.fullmatch(name) or name in {"style", "srcset", "srcdoc"}
            ]
            for name in ("href", "src", "action"):
                if re.match(
                    r"[\s\x00-\x20]*(javascript|vbscript|data:text)", attributes.get(name) or "", re.IGNORECASE
                ):
                    problems.append(f"{name}={attributes[name]}")
    return problems + [f"id {identity}" for identity, times in identities.items() if times > 1]


@given(st.lists(SOURCES, max_size=3))
@settings(deadline=None, max_examples=300)
def test_nothing_authored_raises_or_runs_or_repeats_an_id(sources: list[str]) -> None:
    rendered = lesson(*sources, attachments={"i.png": "data:image/png;base64,AAAA"})
    assert not problems_of(rendered)
    assert len(rendered.cells) == len(sources)
    assert lesson(*sources, attachments={"i.png": "data:image/png;base64,AAAA"}) == rendered


@pytest.mark.parametrize(
    ("authored", "shown"),
    [
        ('<b onclick="x()">Bold</b>', "<p><b>Bold</b></p>"),
        ('<p style="color: red; position: fixed; text-align:center">x</p>', '<p class="ink-red align-center">x</p>'),
        ('<font color="#FF0000">x</font>', '<p><font class="ink-red">x</font></p>'),
        ('<div align="center" class="alert mine">x</div>', '<div class="alert align-center">x</div>'),
        ("H<sub>2</sub>O<script>alert(1)</script>", "<p>H<sub>2</sub>O</p>"),
        ("<details><summary>More</summary>x</details>", "<details><summary>More</summary>x</details>"),
        ('<form><input name="a">text</form>', ""),
        ('<a id="here"></a><span id="here"></span>', '<p><a id="here"></a><span></span></p>'),
    ],
)  # fmt: skip
def test_html_keeps_what_teachers_use(authored: str, shown: str) -> None:
    assert html_of(authored).strip() == shown


def test_an_element_left_open_ends_with_its_cell() -> None:
    first, second = lesson('<div class="alert">\n\nInside', "Outside").cells
    assert first.count("<div") == first.count("</div>")
    assert second.strip() == "<p>Outside</p>"


def test_images_of_other_sites_become_links() -> None:
    page = page_of(
        '![The helix](https://example.org/a.png)\n\n<img src="//example.org/b.png"> <img src="HTTP://c.org/c">'
    )
    assert not page.find("img")
    assert [link["href"] for link in page.find("a")] == [
        "https://example.org/a.png",
        "https://example.org/b.png",
        "http://c.org/c",
    ]
    assert words_of("![The helix](https://example.org/a.png)") == "Image on another site: The helix"
    assert html_of("[![Run](https://example.org/a.svg)](https://example.org/run)").count("<a ") == 1


def test_frames_and_videos_become_links() -> None:
    page = page_of('<iframe src="https://example.org/film?a=1&amp;b=2" width="500"></iframe>')
    assert [link["href"] for link in page.find("a")] == ["https://example.org/film?a=1&b=2"]
    assert page.words.strip() == "Embedded: https://example.org/film?a=1&b=2"


def test_attachments_are_the_cells_own() -> None:
    drawn = {"my figure.png": "data:image/png;base64,AAAA", "x.html": "data:text/html,x"}
    source = "![A cell](attachment:my%20figure.png) ![Page](attachment:x.html) ![Gone](attachment:gone.png)"
    page = page_of(source, attachments=drawn)
    assert [(image["src"], image["alt"]) for image in page.find("img")] == [("data:image/png;base64,AAAA", "A cell")]
    assert "Page" in page.words
    assert "Gone" in page.words


def test_a_link_that_leads_nowhere_is_its_text() -> None:
    assert html_of("See [the *next*](02.ipynb#part) and [lost](lost.ipynb).").strip() == (
        '<p>See <a href="02.html#part">the <em>next</em></a> and lost.</p>'
    )
