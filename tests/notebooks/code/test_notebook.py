from hypothesis import given, settings
from hypothesis import strategies as st

from lite_site.notebooks.code import facts_in, imports_in
from lite_site.notebooks.code.expressions import Expressions
from lite_site.notebooks.code.scope import Scope

from .asking import facts_of

PIECES = st.sampled_from(
    [
        "import numpy as np", "try:\n    import a\nexcept ImportError:\n    a = None", "!pip install x", "%%bash\nls",
        "x = ", "open('a.txt')", "if IN_COLAB:\n    !ls", "for f in ['a', 'b']:\n    open(f)", "print 'a'", "%cd data",
        "with open(p) as f:\n    pass", "def f(x):\n    return open(x)", "x <- c(1)", "class A(B):\n    x = 3", "?x",
        "import os\nos.chdir('d')", "np.zeros((10**5, 10**5))", "'''", '"""\n!ls', "\\", "\t", "é = 3",
        "match x:\n case _: pass",
    ]
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(st.one_of(st.text(max_size=60), PIECES, st.lists(PIECES, max_size=4).map("\n".join)), max_size=8))
def test_any_notebook_is_survived(sources: list[str]) -> None:
    facts = facts_of(*sources)
    assert list(facts) == sorted(set(facts))
    assert all(1 <= fact.cell <= len(sources) and fact.subject for fact in facts)
    assert facts == facts_of(*sources)
    assert all(module.isidentifier() for module in imports_in(facts))


def test_cells_keep_their_numbers() -> None:
    facts = facts_in([(4, "open('a.txt')"), (9, "open('b.txt')")])
    assert [fact.cell for fact in facts] == [4, 9]


def test_a_whole_lesson() -> None:
    facts = facts_of(
        "%matplotlib inline\nimport numpy as np\nimport pandas as pd",
        "DATA = '../data'\ntable = pd.read_csv(f'{DATA}/mesures.csv')\ntable.plot()",
        "table.to_csv('résultat.csv')\nname = input('Nom ? ')",
    )
    assert [(fact.cell, fact.kind, fact.subject, fact.manner) for fact in facts] == [
        (1, "import", "matplotlib", "%matplotlib"),
        (1, "import", "numpy", ""),
        (1, "import", "pandas", ""),
        (2, "import", "matplotlib", "DataFrame.plot"),
        (2, "reads", "../data/mesures.csv", "pandas.read_csv"),
        (3, "input", "input", ""),
        (3, "writes", "résultat.csv", "to_csv"),
    ]


def nodes_seen(cells: int) -> int:
    seen = 0
    walk = Expressions.walk

    def counted(self: Expressions, *roots: object) -> None:
        nonlocal seen
        seen += 1
        walk(self, *roots)  # type: ignore[arg-type]

    Expressions.walk = counted  # type: ignore[method-assign]
    try:
        facts_in((n, f"x{n} = open('a{n}.txt')\nif x{n}:\n    y = [z for z in x{n}]") for n in range(1, cells + 1))
    finally:
        Expressions.walk = walk  # type: ignore[method-assign]
    return seen


def test_twice_the_cells_are_twice_the_work() -> None:
    assert nodes_seen(200) == 2 * nodes_seen(100)


def test_taking_back_a_branch_costs_what_the_branch_assigned() -> None:
    scope = Scope()
    for number in range(1_000):
        scope.assign(f"x{number}", (number,))
    mark = scope.mark()
    scope.assign("y", ("a",))
    scope.undo(mark)
    assert (scope.constant("y"), scope.constant("x9"), scope.assigned_since(mark)) == ((), (9,), set())


def test_hostile_nesting_is_survived() -> None:
    sources = ["(" * 100_000, "-" * 100_000 + "1", "a\0b", "+".join(["1"] * 3_000), "x" + ".y" * 3_000, "if x:\n pass"]
    chain = "if x:\n    pass\n" + "elif y:\n    import re\n" * 1_000
    facts = facts_of(*sources, chain, "import json\n" + "f(" * 90 + ")" * 90)
    assert [fact.cell for fact in facts if fact.kind == "unparsable"][:3] == [1, 2, 3]
    assert "json" in imports_in(facts)
