import pytest

from lite_site.markdown.model import Heading
from tests.markdown.pages import Page, html_of, lesson, page_of, words_of


def test_the_markdown_that_github_shows() -> None:
    html = html_of(
        "Some *text*, ~~gone~~, **bold**, see https://example.org/a_b_c.\n\n- [x] read\n- [ ] write\n\n1. one"
    )
    assert "<em>text</em>" in html
    assert "<s>gone</s>" in html
    assert '<a href="https://example.org/a_b_c">https://example.org/a_b_c</a>.' in html
    assert [box["aria-label"] for box in Page(html).find("span")] == ["done", "to do"]
    assert [box["aria-label"] for box in page_of("- [x] lu\n- [ ] écrit", language="fr").find("span")] == [
        "fait", "à faire",
    ]  # fmt: skip


def test_tables_scroll_and_keep_their_alignment() -> None:
    page = page_of("| gene | length |\n|:--|--:|\n| *lacZ* | $3\\,075$ |", language="fr")
    assert page.find("div") == [
        {"class": "table-scroll", "role": "group", "tabindex": "0", "aria-label": "Tableau"}
    ]  # fmt: skip
    assert [cell["class"] for cell in page.find("th")] == ["align-left", "align-right"]
    assert len(page.find("math")) == 1


def test_headings_keep_their_level_and_have_jupyters_anchors() -> None:
    rendered = lesson("# Ma première *partie*\n\ntext\n\n### The $\\chi^2$ test", "## Ma première partie\n\n#")
    assert rendered.headings == (
        Heading(1, "Ma première partie", "Ma-première-partie"),
        Heading(3, "The χ2 test", "The-$\\chi^2$-test"),
        Heading(2, "Ma première partie", "Ma-première-partie-2"),
    )
    assert '<h1 id="Ma-première-partie">Ma première <em>partie</em></h1>' in rendered.cells[0]
    assert '<h2 id="Ma-première-partie-2">' in rendered.cells[1]


@pytest.mark.parametrize(
    "target", ["#Ma-première-partie", "#ma-première-partie", "#part", "<#Ma première partie>", "#PART"]
)
def test_links_to_a_heading_by_its_anchor_slug_or_label(target: str) -> None:
    first, second = lesson(f"Read [it]({target}).", "(part)=\n## Ma première partie").cells
    (link,) = Page(first).find("a")
    assert f'id="{str(link["href"])[1:]}"' in second.replace("%C3%A8", "è")


def test_a_reference_without_words_takes_those_of_its_target() -> None:
    assert words_of("[](#part), {ref}`part`, {ref}`that part <part>`, [](02.ipynb)", "(part)=\n## The $x$ axis") == (
        "The x axis, The x axis, that part, 02.ipynb The x axis"
    )


def test_code_says_its_language_and_stays_as_it_is() -> None:
    assert html_of("```python\nprint('<b>')\n```").strip() == (
        "<pre><code class=\"language-python\">print('&lt;b&gt;')\n</code></pre>"
    )


def test_notes_are_numbered_through_the_lesson_with_ways_back() -> None:
    rendered = lesson(
        "One[^b], two[^a], again[^b], none[^c].", "[^a]: Second $x$.\n[^b]: First.\n\n    More[^d].\n[^d]: Of one."
    )
    calls, notes = Page(rendered.cells[0]), Page(rendered.footnotes)
    assert [call["href"] for call in calls.find("a")] == ["#note-1", "#note-2", "#note-1"]
    assert [call["aria-label"] for call in calls.find("a")] == ["Note 1", "Note 2", "Note 1"]
    assert "none[^c]" in rendered.cells[0]
    assert [note["id"] for note in notes.find("li")] == ["note-1", "note-2", "note-3"]
    assert [(back["href"], back["aria-label"]) for back in notes.find("a") if back["role"] == "doc-backlink"] == [
        ("#note-1-call-1", "Back to the text, note 1"),
        ("#note-1-call-2", "Back to the text, note 1, call 2"),
        ("#note-2-call-1", "Back to the text, note 2"),
        ("#note-3-call-1", "Back to the text, note 3"),
    ]
    assert rendered.cells[1].strip() == ""


def test_a_lesson_without_notes_has_no_list() -> None:
    assert lesson("[^1]: Called by nobody.").footnotes == ""


def test_text_that_only_looks_like_myst_stays() -> None:
    assert words_of("% of the reads\n\n+++ up\n\nIt is {braces} and a {role}`word`.") == (
        "% of the reads +++ up It is {braces} and a word."
    )


def test_what_one_cell_leaves_open_is_not_the_next_ones() -> None:
    first, second = lesson("```python\nx = 1", "# Title").cells
    assert "Title" not in first
    assert "<h1" in second
