import pytest

from .asking import PLACE, found, problems_of, the_problem

PLAIN = "<table><tr><td>gene</td><td>length</td></tr><tr><td>cro</td><td>201</td></tr></table>"
RED, GREEN = "style='background-color: #b00000; color: white'", "style='background-color: #7fff7f'"


def table(*rows: str) -> str:
    body = "\n".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table>\n<tr><th>A</th><th>B</th><th>C</th></tr>\n{body}\n</table>"


@pytest.mark.parametrize(
    "source",
    [
        "| gene | length |\n|---|---|\n| cro | 201 |\n| cI | 714 |",
        "| | length |\n|---|---|\n| cro | 201 |\n| cI | 714 |",
        "<table><tr><th>gene<th>length<tr><td>cro<td>201</table>",
        "<table><tr><th>cro</th><td>201</td></tr><tr><th>cI</th><td>714</td></tr></table>",
        "<table><tr><td scope='col'>gene</td><td scope='col'>length</td></tr><tr><td>cro</td><td>201</td></tr></table>",
        PLAIN.replace("<table", "<table role='presentation'"),
        "<table><tr><td><img src='a.png' alt='One'></td><td>words</td></tr><tr><td>a</td><td>b</td></tr></table>",
        "<table><tr><td>one column</td></tr><tr><td>of words</td></tr></table>",
        "<table><tr><td>left</td><td>right</td></tr></table>",
        "| | |\n|---|---|\n| `upper()` | `lower()` |\n| `strip()` | `split()` |",
        f"```html\n{PLAIN}\n```",
    ],
)
def test_a_table_with_headers_or_that_is_no_table_of_data(source: str) -> None:
    assert found(source) == []


@pytest.mark.parametrize(
    ("source", "remedy"),
    [
        ("words\n\n| | |\n|---|---|\n| gene | length |\n| cro | 201 |", "above the dashes"),
        (f"words\n\n{PLAIN}", "<th>"),
        (f"words\n\n{PLAIN.replace('<tr><td>cro', '<tr><th></th><td>cro')}", "<th>"),
    ],
)
def test_a_table_of_data_without_headers(source: str, remedy: str) -> None:
    problem = the_problem(source)
    assert (problem.code, problem.place) == ("table-no-headers", f"{PLACE}, cell 1, line 3")
    assert remedy in problem.remedy


@pytest.mark.parametrize(
    "rows",
    [
        [f"<td {RED}>yes</td><td>2</td><td>3</td>", f"<td>4</td><td {GREEN}>no</td><td>6</td>"],  # words differ
        [f"<td {RED}>x</td><td {RED}>2</td><td {RED}>3</td>", "<td>x</td><td>5</td><td>6</td>"],  # a striped row
        [f"<td>1</td><td {GREEN}>x</td><td>x</td>", f"<td>4</td><td {GREEN}>x</td><td>x</td>"],  # a striped column
        ["<td>x</td><td>x</td><td></td>", "<td></td><td>x</td><td>x</td>"],  # no colour
        [f"<td {RED} title='late'>x</td><td {GREEN} title='early'>x</td><td>3</td>", "<td>4</td><td>5</td><td>6</td>"],
        [
            f"<td {RED} colspan='2'>x</td><td {GREEN}>x</td>",
            "<td>4</td><td>x</td><td>6</td>",
        ],  # who knows what is where
        ["<td style='background: var(--a)'>x</td><td>x</td><td>3</td>", "<td>4</td><td>5</td><td>6</td>"],
        ["<td>🔴</td><td>🟢</td><td>3</td>", "<td>4</td><td>5</td><td>🟢</td>"],  # signs that have names
    ],
)
def test_colours_that_say_nothing_by_themselves(rows: list[str]) -> None:
    assert found(table(*rows)) == []


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ([f"<td {RED}>x</td><td>2</td><td {GREEN}>x</td>", "<td>4</td><td>x</td><td>6</td>"], "“x”"),
        ([f"<td {RED}></td><td>2</td><td></td>", "<td>4</td><td>5</td><td>6</td>"], "nothing in them"),
        (["<td bgcolor='#ff9999'>x</td><td>2</td><td>x</td>", "<td>4</td><td>5</td><td>6</td>"], "“x”"),
        (
            ["<td><span style='color: #b00000'>●</span></td><td>2</td><td>3</td>",
             "<td>4</td><td><span style='color: #006000'>●</span></td><td>6</td>"],
            "“●”",
        ),
    ],
)  # fmt: skip
def test_cells_told_apart_by_colour_alone(rows: list[str], what: str) -> None:
    (problem,) = [problem for problem in problems_of(table(*rows)) if problem.code != "contrast-low"]
    assert (problem.code, problem.severity) == ("table-colour-only", "warning")
    assert what in problem.problem
    assert problem.place == f"{PLACE}, cell 1, line 3"


def test_markdowns_tables_too() -> None:
    dot = "<span style='color: {}'>●</span>"
    source = f"| a | b |\n|---|---|\n| {dot.format('#b00000')} | 1 |\n| {dot.format('#006000')} | 2 |"
    assert found(source) == ["table-colour-only"]
