import pytest

from .asking import facts_of, of_kind

R = ["library(dplyr)", "x <- c(1, 2, 3)\nmean(x)", "df %>% filter(a > 2) %>% head()", "plot(x)\nd <- read.csv('a.csv')"]
BASH = ["cd /shared/cours\nls -l", "samtools view x.bam | head -n 3", "for f in *.fq; do\n  fastqc $f\ndone", "pwd"]


def test_a_notebook_of_r() -> None:
    facts = facts_of(*R)
    assert [(fact.cell, fact.subject) for fact in facts if fact.kind == "language"] == [(1, "R")]
    assert [fact for fact in facts if fact.kind == "unparsable"] == []


def test_a_notebook_of_shell_commands() -> None:
    assert [(fact.cell, fact.subject) for fact in of_kind("language", *BASH)] == [(1, "bash")]


def test_empty_cells_do_not_count() -> None:
    (fact,) = of_kind("language", "", "  \n", *R)
    assert fact.cell == 3


@pytest.mark.parametrize(
    "cells",
    [
        ("x = ", "y = \nprint(y)", "def f():\n"),
        ("import numpy as np", "x <- 3"),
        ("if x <-5:\n    print(x)",),
        ("print 'a'", "print 'b'", "for i in range(3):\n    print i"),
        ("ls = [1, 2]", "cat = 'chat'", "for x in ls:\n    print(x)"),
        ("a = b | c", "x = df['a'] | df['b']"),
        ("!ls", "!head x", "%%bash\nls"),
        ("for i in range(3):\n    # à compléter", "while :\n    x = 1"),
        ("échappement ? non", "réponse : ..."),
        (),
    ],
)
def test_python_with_slips_stays_python(cells: tuple[str, ...]) -> None:
    assert of_kind("language", *cells) == []


@pytest.mark.parametrize(
    ("code", "language", "module"),
    [
        ("%load_ext rpy2.ipython", "R", "rpy2.ipython"),
        ("%%R -i df\nplot(df)", "R", "rpy2"),
        ("%R x <- 3", "R", "rpy2"),
        ("%%cython\ndef f(): pass", "cython", "Cython"),
        ("%%julia\nx = 3", "julia", "julia"),
        ("%%octave\nx = 3", "octave", "oct2py"),
    ],
)
def test_languages_of_magics(code: str, language: str, module: str) -> None:
    facts = facts_of(code)
    assert [fact.subject for fact in facts if fact.kind == "language"] == [language]
    assert [fact.subject for fact in facts if fact.kind == "import"] == [module]


@pytest.mark.parametrize("magic", ["javascript", "html", "latex", "markdown", "svg", "js", "HTML"])
def test_what_the_page_shows_asks_for_nothing(magic: str) -> None:
    assert facts_of(f"%%{magic}\nimport x\n<a href='https://a.example'>") == ()


def test_sql_needs_its_extension() -> None:
    assert [fact.subject for fact in of_kind("import", "%%sql\nSELECT 1")] == ["sql"]
    assert [fact.subject for fact in of_kind("import", "%load_ext sql", "%sql SELECT 1")] == ["sql", "sql"]
