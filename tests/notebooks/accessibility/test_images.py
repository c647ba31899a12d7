import pytest

from .asking import PLACE, found, problems_of, the_problem


@pytest.mark.parametrize(
    "source",
    [
        "![](images/cell.png)",
        "![ ](images/cell.png)",
        '![](images/cell.png "A title is not read in place of it")',
        "[![](images/cell.png)](page.md)",
        "- a list\n- ![](images/cell.png)",
        "| a | b |\n|---|---|\n| ![](images/cell.png) | words |",
        "<img src='images/cell.png'>",
        "words <img src=images/cell.png width=300> words",
        "<div>\n<IMG SRC='images/cell.png'/>\n</div>",
        "```{image} images/cell.png\n:width: 300px\n```",
        "```{figure} images/cell.png\n:name: cell\nA caption isn't read in place of the image.\n```",
        ":::{figure} images/cell.png\n:name: cell\n\nA caption\n:::",
    ],
)
def test_an_image_without_a_text(source: str) -> None:
    problem = the_problem(source)
    assert problem.code == "image-no-alt"
    assert "“images/cell.png”" in problem.problem


@pytest.mark.parametrize(
    "source",
    [
        "![An epithelial cell, its nucleus in blue](images/cell.png)",
        "![A cell][image]\n\n[image]: images/cell.png",
        "<img src='images/cell.png' alt='A cell'>",
        "<img src='images/line.png' alt=''>",
        "<img src='images/line.png' alt>",
        "<img src='images/line.png' role='presentation'>",
        "<img src='images/cell.png' aria-label='A cell'>",
        "<span aria-hidden='true'><img src='images/line.png'></span>",
        "`![](images/cell.png)`",
        "```markdown\n![](images/cell.png)\n```",
        "    <img src='images/cell.png'>",
        "$![](x)$ and $$\n![](x)\n$$",
        "<!-- <img src='images/cell.png'> -->",
        "```{figure} images/cell.png\n:alt: A cell\n```",
        "```{figure} images/cell.png\n---\nalt: A cell\n---\n```",
        ":::{image} images/cell.png\n:alt: A cell\n:::",
        "```python\n# {image} is no directive here\n```",
        "![🧬](images/cell.png)",
        "![logo.py explained: the program draws a turtle](images/turtle.png)",
    ],
)
def test_an_image_with_a_text_or_that_only_decorates(source: str) -> None:
    assert found(source) == []


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("![image.png](attachment:image.png)", "image.png"),
        ("![IMG_2034.JPG](photo.jpg)", "IMG_2034.JPG"),
        ("![Capture d’écran](a.png)", "Capture d’écran"),
        ("![images/cell (1).svg](a.svg)", "images/cell (1).svg"),
        ("<img src='a.png' alt='Drawing' width='200'>", "Drawing"),
        ("![alt text](a.png)", "alt text"),
        ("![courbe-v2](images/courbe-v2)", "courbe-v2"),
    ],
)
def test_a_text_that_is_a_files_name_or_a_stand_in(source: str, said: str) -> None:
    problem = the_problem(source)
    assert problem.code == "image-alt-useless"
    assert f"“{said}”" in problem.problem


def test_an_images_bytes_are_not_quoted() -> None:
    assert "AAAA" not in the_problem(f"![](data:image/png;base64,{'A' * 5000})").problem


def test_the_place_is_notebook_cell_and_line() -> None:
    source = (
        "# Title\n\nwords\nand $$\nx\n$$ ![](one.png)\nmore ![](two.png)\n\n<div>\n<p>\n<img src='three.png'></div>"
    )
    cells = ("words", source)
    assert [problem.place for problem in problems_of(*cells)] == [
        f"{PLACE}, cell 2, line {line}" for line in (6, 7, 11)
    ]
