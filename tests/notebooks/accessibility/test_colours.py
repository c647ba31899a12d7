import re

import pytest

from .asking import PLACE, found, problems_of, the_problem


@pytest.mark.parametrize(
    "source",
    [
        "<span style='color: #d00000'>Beware</span>",  # 5.3 on white
        "<span style='color: black; background: yellow'>Beware</span>",
        "<div style='background-color: #003366; color: white'>\n\nWords **in markdown** too.\n\n</div>",
        "<span style='color: red; font-size: 24px'>Large</span>",
        "<b style='color: red; font-size: 14pt'>Large and bold</b>",
        "<font color='red' size='6'>Large</font>",
        "<span style='color: red; font-size: clamp(1rem, 2vw, 3rem)'>Who knows</span>",
        "<div class='alert alert-info'><span style='color: red'>On a ground of its own</span></div>",
        "<span class='badge' style='background: navy'>Coloured by its class</span>",
        "<div style='background: url(a.png)'><span style='color: white'>On a picture</span></div>",
        "<div style='background: linear-gradient(red, blue); color: white'>On a gradient</div>",
        "<span style='color: var(--jp-warn-color0)'>The theme's</span>",
        "<span style='color: inherit; background: none'>Plain</span>",
        "<span style='color: transparent'>Hidden on purpose</span>",
        "<span style='color: yellow; display: none'>Not shown</span>",
        "<span style='color: yellow; opacity: 0.5'>Who knows</span>",
        "<span style='color: yellow'>★ ★ ☆</span>",
        "<span style='color: gold'>🟡</span>",
        "<div style='background: navy'><code>x = 1</code> <a href='page.md'>The page</a></div>",
        "<span style='color: red'>`code`</span>",
        "`<span style='color: yellow'>code</span>`",
        "```html\n<span style='color: yellow'>code</span>\n```",
        "<style>.a { background: black }</style>\n\n<p style='color: white'>Its ground may be that of the style</p>",
        "<span style='color: yellow !'>Not a style</span>",
        "<span style='nonsense'>Not a style</span>",
        "<font color='chucknorris'>Not a colour to us</font>",
        "$\\color{yellow}{x}$",
        "<span style='color: hsl(1e999 1e999% 1e999%)'>No colour</span>",
    ],
)
def test_text_that_can_be_read_or_whose_colours_are_not_known(source: str) -> None:
    assert found(source) == []


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("<span style='color: red'>Beware</span>", "#ff0000 on the page's white: a contrast of 3.99 to 1, under 4.5"),
        ("<font color='#ffff00'>Beware</font>", "#ffff00 on the page's white: a contrast of 1.07 to 1"),
        ("<span style='COLOR: RED; color: Yellow'>Beware</span>", "#ffff00 on the page's white"),
        ("<span style='background: navy'>Beware</span>", "#000000 on #000080: a contrast of 1.31 to 1"),
        ("<td bgcolor='navy'>Beware</td>", "#000000 on #000080"),
        ("<div style='background: #333; color: #777'>Beware</div>", "#777777 on #333333"),
        ("<div style='background: #333'>\n\nwords\n\n<b style='color: #777'>Beware</b></div>", "#777777 on #333333"),
        ("# Title\n\n<h2 style='color: orange'>Beware</h2>", "a contrast of 1.97 to 1, under 3 to 1"),
        ("<span style='color: rgba(0, 0, 0, 0.4)'>Beware</span>", "#999999 on the page's white"),
        ("<span style='color: rgb(100% 0% 0%)'>Beware</span>", "#ff0000"),
        ("<p style='color: hsl(120, 100%, 50%)'>Beware</p>", "#00ff00"),
        ("<span style='color: red; font-size: 18px'>Beware</span>", "under 4.5 to 1"),
        ("<pre style='background: white'><span style='color: #aaa'>Beware</span></pre>", "#aaaaaa on #ffffff"),
    ],
)
def test_text_that_many_cannot_read(source: str, said: str) -> None:
    problem = next(problem for problem in problems_of(source) if "Beware" in problem.problem)
    assert (problem.code, problem.severity) == ("contrast-low", "warning")
    assert said in problem.problem


def test_the_colour_proposed_is_one_that_can_be_read() -> None:
    for text, ground in (
        ("#ff0000", "#ffffff"),
        ("#777777", "#808080"),
        ("#888888", "#222222"),
        ("#fefefe", "#fefefe"),
    ):
        source = "<span style='color: {}; background: {}'>Beware</span>"
        proposed = re.search(r"#\w{6}", the_problem(source.format(text, ground)).remedy)
        assert proposed
        assert found(source.format(proposed[0], ground)) == []


def test_a_pair_of_colours_is_told_once_a_cell() -> None:
    red = "<span style='color: red'>a</span> and <span style='color: red'>b</span>"
    assert [problem.place for problem in problems_of("# Title", red, f"words\n\n{red}")] == [
        f"{PLACE}, cell 2, line 1",
        f"{PLACE}, cell 3, line 3",
    ]
