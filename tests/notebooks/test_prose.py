from hypothesis import given
from hypothesis import strategies as st

from lite_site.notebooks.markdown import parse_markdown
from lite_site.notebooks.prose import Prose, Reference
from lite_site.notebooks.prose import read_prose as read_cells


def read_prose(cells: list[tuple[int, str]]) -> Prose:
    return read_cells(parse_markdown(number, source) for number, source in cells)


def test_the_title_is_the_first_heading_as_plain_text() -> None:
    prose = read_prose([(1, "Some words."), (2, "## The *GC* `content` of [λ](x.md), $x_1$\n\n# Later")])
    assert prose.title == "The GC content of λ, $x_1$"
    assert read_prose([(1, "<h1>In <em>HTML</em></h1>")]).title == "In HTML"
    assert read_prose([(1, "words")]).title is None


def test_anchors_are_jupyters() -> None:
    anchors = read_prose([(1, '# Ma première partie\n\n<a id="here"></a> <a name="there"></a>')]).anchors
    assert anchors == {"Ma-première-partie", "here", "there"}


def test_mysts_labels_are_anchors() -> None:
    source = """(my part)=
## Part

$$ x $$ (energy)

\\begin{align}a \\label{eq:sum}\\end{align}

```{figure} a.png
:name: fig:a
```

:::{table} T
---
label: "tab"
---
:::
"""
    assert read_prose([(1, source)]).anchors >= {"my-part", "Part", "energy", "eq:sum", "fig:a", "tab"}
    assert read_prose([(1, "f(x)= 3, $a$ (b) and (c)=d")]).anchors == set()


def test_the_images_of_figures_are_references() -> None:
    source = "```{figure} images/a b.png\n:name: a\n```\n\n:::{image} ../c.png\n:::\n\n```{figure}\n![x](d.png)\n```"
    assert read_prose([(2, source)]).references == [
        Reference(2, "image", "images/a b.png"),
        Reference(2, "image", "../c.png"),
    ]


def test_references_in_markdown_and_html() -> None:
    source = """[a](data/a.csv) ![b](<my images/b.png>) [c][ref] <https://example.org>

<img src="d.png" alt=""> <a href='e.ipynb#f'>e</a> <video src="g.mp4"></video>

<div><img src="h.png"></div>

[ref]: file:///home/me/c.txt
"""
    assert read_prose([(3, source)]).references == [
        Reference(3, "link", "data/a.csv"),
        Reference(3, "image", "my%20images/b.png"),
        Reference(3, "link", "file:///home/me/c.txt"),
        Reference(3, "link", "https://example.org"),
        Reference(3, "image", "d.png"),
        Reference(3, "link", "e.ipynb#f"),
        Reference(3, "image", "g.mp4"),
        Reference(3, "image", "h.png"),
    ]


def test_a_note_of_one_word_is_no_links_target() -> None:
    source = "Said[^1], and once more[^deux].\n\n[^1]: Really.\n\n[^deux]: See [there](a.csv)."
    assert read_prose([(1, source)]).references == [Reference(1, "link", "a.csv")]


def test_maths_and_code_hold_no_links() -> None:
    source = "$f[a](b)$ and $$\n[c](d)\n$$ and `[e](f)`\n\n```\n[g](h)\n```\n"
    assert read_prose([(1, source)]).references == []


def test_the_language_is_guessed_from_small_words_or_left_open() -> None:
    french = "Dans cette leçon, tu vas lire un fichier et compter les lignes qui sont dans le texte."
    english = "In this lesson you will read a file and count the lines that are in the text."
    assert read_prose([(1, french)]).language == "fr"
    assert read_prose([(1, english)]).language == "en"
    assert read_prose([(1, "# ATGC")]).language is None


@given(st.text(st.sampled_from("<>![]()#`$*_ -\n\"'/=aehrf:&;\ue000\ue0010")))
def test_any_text_is_survived(source: str) -> None:
    read_prose([(1, source), (2, f"<div>\n<![{source}\n"), (3, f"# {source}")])
