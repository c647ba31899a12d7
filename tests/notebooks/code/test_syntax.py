import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.notebooks.code import imports_in, parses
from lite_site.notebooks.code.syntax import read_python

from .asking import facts_of, of_kind


@pytest.mark.parametrize(
    "code",
    [
        "x = ",
        "x =   # à compléter",
        "def f(x):\n    # TODO\n",
        "def f(x):\n    # À vous\n\nprint(f(2))",
        "for i in range(3):\n",
        "if x > 2:\n    # ...\nelse:\n    y = 3",
        "return_value = f(…)",
        "x = …",
        "x = ?",
        "while ??? :\n    i = i + 1",
        "x = <à compléter>",
        "for i in :\n    print(i)",
        "if x == :\n    print(x)",
        "x = 3 +\nprint(x)",
        "y = .. + 2",
        "x = .....",
        "print(__ __)",
        "import numpy\nx = ",
    ],
)
def test_blanks(code: str) -> None:
    (fact,) = of_kind("unparsable", code)
    assert fact.manner == "blanks"
    assert not parses(code)


@pytest.mark.parametrize(
    "code",
    [
        "print 'bonjour'",
        "for i in range(3):\n    print i, i * 2",
        "print 'a', b",
        "print 'x = %d' % x",
        "try:\n    f()\nexcept ValueError, e:\n    print(e)",
        "if a <> b:\n    pass",
        "exec 'x = 1'",
        "s = ur'abc'",
        "x = `3`",
        "x = 0777",
        "n = 10L",
        "raise ValueError, 'non'",
    ],
)
def test_python_2(code: str) -> None:
    assert [fact.manner for fact in of_kind("unparsable", code)] == ["python2"]


@pytest.mark.parametrize(
    "code",
    [
        "type Vector = list[float]",
        "def first[T](items: list[T]) -> T:\n    return items[0]",
        "class Box[T]:\n    pass",
        "try:\n    f()\nexcept ValueError, TypeError:\n    pass",
        "name = 'x'\nt'bonjour {name}'",
        'print(f"{names["a"]}")',
    ],
)
def test_newer_python_is_noted(code: str) -> None:
    assert {fact.manner for fact in of_kind("unparsable", code)} <= {"newer"}


@pytest.mark.parametrize(
    "code", ["x = = 2", "print('a'", "1x = 3", "(" * 1000, "class :\n  x", "bonjour tout le monde"]
)
def test_a_slip_is_told_with_its_line(code: str) -> None:
    (fact,) = of_kind("unparsable", code)
    assert fact.manner == "other"
    assert fact.subject


def test_the_line_and_pythons_message() -> None:
    (fact,) = of_kind("unparsable", "x = 1\ny = = 2")
    assert fact.subject == "line 2: invalid syntax"


@pytest.mark.parametrize(
    "code",
    [
        "x = ___",
        "x = ...",
        "def f():\n    ...",
        "help?",
        "df.head??",
        "%timeit f(x)",
        "t = %timeit -o f(x)",
        "!ls\nif x:\n    !ls {x}",
        "text = '''\n!pas une commande\n%ni une magie\n'''\n!ls",
        "a = !ls\nb = %pwd",
        "%%html\n<b>x</b>",
        "await f()",
        "x: int = 3",
        "match x:\n    case 1:\n        pass",
        "print(3 % 2)\n%matplotlib inline",
        "# %%\nx = 1",
        "    x = 1\n    if x:\n        y = 2",
        ">>> x = 1\n>>> if x:\n...     y = 2",
        "",
        "   \n",
    ],
)
def test_what_parses(code: str) -> None:
    assert of_kind("unparsable", code) == []
    assert parses(code)


def test_magics_in_a_multi_line_string_are_text() -> None:
    facts = facts_of("text = '''\n!pip install x\n%pip install y\n'''\n!pip install z")
    assert [fact.subject for fact in facts] == ["z"]


def test_what_is_mended_is_read_whole() -> None:
    facts = facts_of("import pandas as pd\ntable = pd.read_csv('a.csv')\nmean = \nprint(mean)")
    assert [(fact.kind, fact.subject) for fact in facts if fact.kind != "unparsable"] == [
        ("import", "pandas"), ("reads", "a.csv"),
    ]  # fmt: skip


def test_of_what_cannot_be_mended_imports_and_commands_count() -> None:
    facts = facts_of("import numpy as np, re\nfrom scipy import stats\n!pip install z\nx = = 2")
    assert imports_in(facts) == ("numpy", "re", "scipy")
    assert [fact.subject for fact in facts if fact.kind == "install"] == ["z"]


def test_invalid_escapes_raise_no_warning() -> None:
    assert imports_in(facts_of("import re\nre.compile('\\d')")) == ("re",)


@given(st.text())
def test_any_text_is_survived(source: str) -> None:
    for code in (source, f"%{source}", f"!{source}", f"import {source}", f"x = {source}", f"%%{source}\n{source}"):
        read_python(code)


@pytest.mark.parametrize(
    "code",
    [
        "(" * 100_000,
        "-" * 100_000 + "1",
        "a\0b",
        "[" * 50 + "]" * 50,
        "x" * 1_000_000,
        "from " + "a." * 200_000 + " import x",
    ],
)
def test_hostile_cells_are_survived(code: str) -> None:
    read_python(code)
