import pytest

from lite_site.language import LANGUAGES, Language
from tests.markdown.pages import Page, html_of, lesson, page_of, words_of


@pytest.mark.parametrize(
    "authored",
    ["```{warning}\nMind the *gap*.\n```", ":::{warning}\nMind the *gap*.\n:::", ":::warning\nMind the *gap*.\n:::",
     "> [!WARNING]\n> Mind the *gap*.", "::: {.callout-warning}\nMind the *gap*.\n:::",
     "```{admonition} Avertissement\n:class: warning\nMind the *gap*.\n```"],
)  # fmt: skip
def test_boxes_have_a_kind_and_a_title(authored: str) -> None:
    page = page_of(authored, language="fr")
    assert page.find("div")[0] == {"class": "admonition warning", "role": "note"}
    assert page.words.split() == ["Avertissement", "Mind", "the", "gap."]
    assert page.find("em")


def test_a_box_has_the_title_its_author_gave_it() -> None:
    assert words_of("```{note} Remember *this*\nAll of it.\n```") == "Remember this All of it."


def test_boxes_in_boxes() -> None:
    page = page_of("::::{note}\n:::{tip}\n```{math}\nx\n```\n:::\n::::")
    assert [box["class"] for box in page.find("div")] == ["admonition note", "admonition tip", "formula"]


@pytest.mark.parametrize("authored", ["```{dropdown} Answer\n42\n```", "```{note} Answer\n:class: dropdown\n42\n```"])
def test_folded_boxes_open_without_javascript(authored: str) -> None:
    page = page_of(authored)
    assert len(page.find("details")) == len(page.find("summary")) == 1
    assert page.words.split() == ["Answer", "42"]
    assert page_of(authored.replace("42", ":open:\n42")).find("details")[0]["open"] == ""


FIGURE = """```{figure} images/dna.png
---
name: helix
alt: Two strands, turned
width: 300px
---
The *helix*, with $n$ turns.

Drawn by hand.
```
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_have_a_number_a_caption_and_a_text(language: Language) -> None:
    html = html_of("```{figure} a%20b.png\n\nFirst.\n```", FIGURE, language=language)
    page = Page(html)
    assert page.find("img")[1] == {"src": "../files/images/dna.png", "alt": "Two strands, turned", "width": "300"}
    assert page.find("figure")[1]["id"] == "helix"
    assert '<figcaption><span class="caption-number">Figure&nbsp;2.</span> The <em>helix</em>, with <math>' in html
    assert "<p>Drawn by hand.</p>" in html


def test_references_to_figures() -> None:
    before = "[](#helix), {numref}`helix`, {numref}`plate %s <helix>`, {ref}`helix`, {numref}`lost`, [this](#helix)"
    first, _ = lesson(before, FIGURE).cells
    assert {link["href"] for link in Page(first).find("a")} == {"#helix"}
    assert " ".join(Page(first).words.split()) == (
        "The helix, with n turns., Figure 1, plate 1, The helix, with n turns., lost, this"
    )  # fmt: skip


def test_a_figure_around_an_image_as_markdown_writes_it() -> None:
    page = page_of(":::{figure}\n:label: own\n![Two strands](images/dna.png)\n\nThe caption.\n:::")
    assert page.find("img")[0]["alt"] == "Two strands"
    assert page.words.split() == ["Figure", "1.", "The", "caption."]


def test_images_with_a_size() -> None:
    page = page_of(
        "```{image} images/dna.png\n:alt: Strands\n:width: 50%\n:align: center\n```\n\n![x](images/dna.png){width=80px}"
    )
    assert [image["width"] for image in page.find("img")] == ["50%", "80"]
    assert page.find("img")[0]["class"] == "align-center"


def test_tables_with_a_caption() -> None:
    table = "```{table} Lengths\n:name: lengths\n| a | b |\n|--|--|\n| 1 | 2 |\n```"
    assert words_of(table, "{numref}`lengths`", language="fr") == "Tableau 1. Lengths a b 1 2 Tableau 1"


def test_tables_as_lists() -> None:
    page = page_of("```{list-table}\n:header-rows: 1\n:stub-columns: 1\n* - gene\n  - $n$\n* - *lacZ*\n  - 3\n```")
    assert [cell["scope"] for cell in page.find("th")] == ["col", "col", "row"]
    assert len(page.find("tr")) == 2
    assert page.words.split() == ["gene", "n", "lacZ", "3"]
    assert words_of("```{list-table}\nno list\n```") == "no list"


def test_code_blocks_with_options() -> None:
    html = html_of("```{code-block} python\n:linenos:\n:caption: Adding\nx = $a$1$b$\n```")
    assert '<pre><code class="language-python">x = $a$1$b$\n</code></pre>' in html
    assert "<figcaption>Adding</figcaption>" in html


def test_words_with_a_role() -> None:
    assert html_of("{kbd}`Ctrl`+{sub}`2` {abbr}`GC (guanine, cytosine)` {doc}`next <02>` {doc}`gone`").strip() == (
        '<p><kbd>Ctrl</kbd>+<sub>2</sub> <abbr title="guanine, cytosine">GC</abbr> <a href="02.html">next</a> gone</p>'
    )


def test_a_directive_we_do_not_know_loses_nothing() -> None:
    assert words_of("```{carousel} Some title\n:speed: 3\nAll *of* it.\n```") == "carousel Some title All of it."
    html = html_of("```{mermaid}\ngraph LR\n  a_b_ --> c\n```")
    assert "graph LR\n  a_b_ --&gt; c" in html


def test_boxes_nested_beyond_reason_stay_text() -> None:
    depth = 60
    source = "".join(f"{':' * (depth + 3 - at)}{{note}}\n" for at in range(depth)) + "inside\n"
    assert "inside" in words_of(source)


def test_statements_and_exercises_that_go_on_in_the_cells_below() -> None:
    assert words_of("```{prf:theorem} Rolle\nLet $f$ be.\n```", language="fr") == "Rolle Let f be."
    assert words_of("```{prf:proof}\nObvious.\n```", language="fr") == "Démonstration Obvious."
    assert words_of("```{exercise-start}\n:label: one\n```", "Count.", "```{exercise-end}\n```") == "Exercise Count."
    assert not page_of("```{solution-start} one\n```").find("details")


def test_raw_html_is_html_and_what_has_no_place_in_a_page_is_not_shown() -> None:
    assert html_of("```{raw} html\n<b onclick=x>Bold</b>\n```").strip() == "<b>Bold</b>"
    assert words_of("```{index} genome\n```\n\n```{contents}\n```") == ""
