import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lite_site.notebooks.code.folding import fold, joined
from lite_site.notebooks.code.scope import Scope

from .asking import of_kind, subjects


@pytest.mark.parametrize(
    ("code", "paths"),
    [
        ("D = '/shared/projet'\nopen(D + '/x.csv')", ["/shared/projet/x.csv"]),
        ("D = '/shared'\nopen(f'{D}/x.csv')", ["/shared/x.csv"]),
        ("open('%s/x_%d.csv' % ('d', 3))", ["d/x_3.csv"]),
        ("open('{}/{}.csv'.format('d', 'x'))", ["d/x.csv"]),
        ("n = 7\nopen(f'x_{n:03d}.csv')", ["x_007.csv"]),
        ("import os\nopen(os.path.join('..', 'data', 'x.csv'))", ["../data/x.csv"]),
        ("import os\nopen(os.path.join(os.getcwd(), 'x.csv'))", ["x.csv"]),
        ("import os\nopen(os.getcwd() + '/x.csv')", ["./x.csv"]),
        ("import os\nopen(os.path.expanduser('~/x.csv'))", ["~/x.csv"]),
        ("import os\nopen(os.path.dirname('a/b.csv') + '/c.csv')", ["a/c.csv"]),
        ("import os\nopen(os.path.basename('https://a.example/b/c.csv'))", ["c.csv"]),
        ("import os\nopen('w.csv' if os.name == 'nt' else 'u.csv')", ["u.csv"]),
        ("import os\nopen('u.csv' if os.name != 'nt' else 'w.csv')", ["u.csv"]),
        ("open('/content/x.csv' if at_home else 'x.csv')", []),
        ("import os\nopen(os.environ['HOME'] + '/x')", ["~/x"]),
        ("from os.path import join\nopen(join('a', 'b'))", ["a/b"]),
        ("from pathlib import Path\nopen(Path('a') / 'b' / 'c')", ["a/b/c"]),
        ("from pathlib import Path\nopen(Path.cwd() / 'b')", ["b"]),
        ("from pathlib import Path\nopen(Path.cwd().parent / 'b')", ["../b"]),
        ("from pathlib import Path\nopen(Path.home() / 'b')", ["~/b"]),
        ("from pathlib import Path\np = Path('a/b.txt')\nopen(p.with_suffix('.csv'))", ["a/b.csv"]),
        ("from pathlib import Path\np = Path('a/b.txt')\nopen(p.with_name('c.csv'))", ["a/c.csv"]),
        ("from pathlib import Path\np = Path('a/b.txt')\nopen(p.parent / p.stem)", ["a/b"]),
        ("import pathlib\nopen(str(pathlib.Path('a', 'b').resolve()))", ["a/b"]),
        ("for n in ['a', 'b']:\n    open(n + '.csv')", ["a.csv", "b.csv"]),
        ("names = ['a', 'b']\nfor n in names:\n    open(f'{n}.csv')", ["a.csv", "b.csv"]),
        ("for i, n in enumerate(('a', 'b')):\n    open(n)", ["a", "b"]),
        ("for i in range(1, 4):\n    open(f'{i}.csv')", ["1.csv", "2.csv", "3.csv"]),
        ("[open(n) for n in ('a', 'b')]", ["a", "b"]),
        ("names = ['a', 'b']\nopen(names[1])", ["b"]),
        ("a, b = 'x', 'y'\nopen(a)\nopen(b)", ["x", "y"]),
        ("p = 'a'\np += '/b'\nopen(p)", ["a/b"]),
        ("p = 'a'\nopen(p)\np = 'b'\nopen(p)", ["a", "b"]),
        ("if (p := 'a'):\n    open(p)", ["a"]),
        ("D = 'a'\ndef f():\n    return open(D)", ["a"]),
        ("read = open\nopen('a')", ["a"]),
        ("def load(name):\n    return open(name)\nload('a')\nload(name='b')", ["a", "b"]),
        (
            "def load(name, folder='data'):\n    return open(f'{folder}/{name}')\nload('a')\nload('b', 'd')",
            ["d/b", "data/a"],
        ),
        ("def load(name='a'):\n    return open(name)\nload()", ["a"]),
        ("def load(name):\n    return open(name)\nload(x)\nload(*y)", []),
        ("def load(name):\n    return load(name)\nload('a')", []),
        # what isn't known stays unknown
        ("open('a' + x)", []),
        ("open(f'{x}.csv')", []),
        ("p = 'a'\np = compute()\nopen(p)", []),
        ("if x:\n    p = 'a'\nelse:\n    p = 'b'\nopen(p)", []),
        ("p = 'a'\nif x:\n    p = 'b'\nopen(p)", []),
        ("try:\n    p = 'a'\nexcept ValueError:\n    p = 'b'\nopen(p)", []),
        ("p = 'a'\nfor x in y:\n    p = p + 'b'\nopen(p)", []),
        ("p = 'a'\ndef f(p):\n    open(p)", []),
        ("p = 'a'\nwith g() as p:\n    open(p)", []),
        ("for p in lines:\n    open(p)", []),
        ("names = ['a', x]\nfor n in names:\n    open(n)", []),
        ("open('%s' % x)", []),
        ("open('100%' % 3)", []),
    ],
)
def test_paths_are_worked_out(code: str, paths: list[str]) -> None:
    assert subjects("reads", code) == paths


def test_constants_hold_across_cells() -> None:
    assert subjects("reads", "D = 'data'", "F = D + '/a.csv'", "open(F)") == ["data/a.csv"]


def test_what_a_function_assigns_stays_in_it() -> None:
    assert subjects("reads", "p = 'a'\ndef f():\n    p = 'b'\n    open(p)\nopen(p)") == ["a", "b"]


@pytest.mark.parametrize(
    ("parts", "path"),
    [(("a", "b"), "a/b"), ((".", "b"), "b"), (("a", "/b"), "/b"), (("..", "b"), "../b"), (("./", "./b"), "b")],
)
def test_parts_are_joined(parts: tuple[str, ...], path: str) -> None:
    assert joined(*parts) == path


@pytest.mark.parametrize(
    "source",
    ["10**10**10", "2**-1", "1/0", "'a' * 10**12", "1e308 * 10", "'a' - 1", "-'a'", "9**999999", "'%d' % 'a'", "[][0]"],
)
def test_hostile_sums_are_left_alone(source: str) -> None:
    values = fold(ast.parse(source, mode="eval").body, Scope())
    assert all(isinstance(value, str) or abs(value) <= 10**18 for value in values)


expressions = st.recursive(
    st.sampled_from(["1", "2.5", "'a'", "x", "Path('a')", "os.getcwd()", "[1, 2]"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "/", "*", "**", "%", "-", "//"]), inner).map(
            lambda t: f"({' '.join(t)})"
        ),
        inner.map(lambda e: f"os.path.join({e}, 'b')"),
        inner.map(lambda e: f"Path({e}).parent"),
        inner.map(lambda e: f"'{{}}'.format({e})"),
        inner.map(lambda e: f"f'{{{e}}}'" if "'" not in e else f"str({e})"),
    ),
    max_leaves=8,
)


@settings(max_examples=60)
@given(expressions)
def test_any_expression_is_survived(source: str) -> None:
    scope = Scope()
    scope.aliases |= {"os": "os", "Path": "pathlib.Path"}
    values = fold(ast.parse(source, mode="eval").body, scope)
    assert len(values) <= 50


def test_a_call_is_followed_from_the_cell_that_makes_it() -> None:
    facts = of_kind("reads", "def load(name):\n    !ls\n    return open(name)", "table = load('a.csv')")
    assert [(fact.cell, fact.subject) for fact in facts] == [(2, "a.csv")]


def test_a_function_is_followed_a_few_times() -> None:
    calls = "\n".join(f"load('{number}')" for number in range(100))
    assert 3 <= len(subjects("reads", "def load(name):\n    return open(name)", calls)) <= 20
