import pytest

from .asking import PLACE, found, problems_of, the_problem


@pytest.mark.parametrize(
    "cells",
    [
        ("# Title\n\n## Part\n\n### Piece", "## Part", "# no heading here: `# x`"[2:]),
        ("<h1>Title</h1>\n<h2>Part</h2>", "### Piece\n\n## Part"),
        ("Title\n=====\n\nPart\n----",),
        ("# Title", "```\n# Comment\n#### Comment\n```", "    # code"),
        ("# Title", "> # Somebody else's title\n>\n> #### Part"),
        ("# 🧬 $\\lambda$",),
        ("# ![A map of the genome](title.png)",),
        ("words", "words"),
        (),
    ],
)
def test_headings_that_make_a_table_of_contents(cells: tuple[str, ...]) -> None:
    assert found(*cells) == []


@pytest.mark.parametrize(
    ("cells", "place", "quoted", "remedy"),
    [
        (
            ("# Title", "words\n\n### Piece"),
            "cell 2, line 3",
            "“Piece” is of level 3 right under one of level 1",
            "## …",
        ),
        (
            ("# Title\n## Part", "#### Piece"),
            "cell 2, line 1",
            "“Piece” is of level 4 right under one of level 2",
            "### …",
        ),
        (("# Title", "<h4>Piece</h4>"), "cell 2, line 1", "“Piece” is of level 4", "<h2>"),
        (("# Title", "<div>\n\n### Piece\n\n</div>"), "cell 2, line 3", "“Piece” is of level 3", "## …"),
    ],
)
def test_a_level_left_out(cells: tuple[str, ...], place: str, quoted: str, remedy: str) -> None:
    problem = the_problem(*cells)
    assert (problem.code, problem.place) == ("heading-jump", f"{PLACE}, {place}")
    assert quoted in problem.problem
    assert remedy in problem.remedy


def test_each_jump_is_told_once() -> None:
    assert found("# A", "### B", "### C", "## D", "### E", "##### F") == ["heading-jump", "heading-jump"]


def test_several_titles_are_told_at_the_second() -> None:
    problem = the_problem("# One", "# Two\n\n## Part", "# Three")
    assert (problem.code, problem.place) == ("heading-several-titles", f"{PLACE}, cell 2, line 1")
    assert "3 headings of level 1; “Two” is the second" in problem.problem


def test_a_lesson_that_begins_at_level_two() -> None:
    problem = the_problem("words\n\n## Part", "## Other")
    assert (problem.code, problem.place) == ("heading-no-title", f"{PLACE}, cell 1, line 3")


def test_a_long_lesson_without_any_heading() -> None:
    problem = the_problem("one", "two", "three")
    assert (problem.code, problem.place) == ("heading-no-title", PLACE)


@pytest.mark.parametrize("source", ["##", "<h2></h2>", "<h2>\n<br>\n</h2>", "<h2>Algebra<h2>"])
def test_a_heading_without_words(source: str) -> None:
    assert found(f"# Title\n\n{source}") == ["heading-empty"]


def test_html_read_as_browsers_do() -> None:
    nested = "<h1>Title\n<p>words</h1>\n<ul><li>a<li>b</ul><table><tr><td>a<tr><td>b</table><h2>Part</h2>"
    assert problems_of(nested) == []
