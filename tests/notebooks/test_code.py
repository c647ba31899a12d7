import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.notebooks.code import facts_in


@pytest.mark.parametrize(
    ("source", "imports"),
    [
        ("import numpy as np, os.path", ("numpy", "os")),
        ("from scipy.stats import norm", ("scipy",)),
        ("from . import local\nfrom .x import y", ()),
        ("def f():\n    import json", ("json",)),
        ("%matplotlib inline", ("matplotlib",)),
        ("%pylab", ("matplotlib", "numpy")),
        ("%load_ext rpy2\n%load_ext autoreload", ("rpy2",)),
        ("!pip install pandas\nimport pandas", ("pandas",)),
        ("files = !ls\nimport re", ("re",)),
        ("if True:\n    !ls\nimport re", ("re",)),
        ("%%time\nimport re", ("re",)),
        ("%time import re", ("re",)),
        ("%%bash\nimport re", ()),
        ("help?\nimport re", ("re",)),
        ("x = ('%d'\n  % 3)\nimport re", ("re",)),
        ('__import__("sys")\nimportlib.import_module("os.path")', ("os", "sys")),
        ("importance = 1", ()),
        ("# import numpy\ns = 'import scipy'", ()),
    ],
)
def test_imports(source: str, imports: tuple[str, ...]) -> None:
    facts = facts_in([(1, source)])
    assert (facts.imports, facts.unparsable) == (imports, ())


def test_a_cell_to_complete_is_named_and_its_imports_count() -> None:
    facts = facts_in([(1, "x = 1"), (4, "import numpy as np, re\nfrom scipy import stats\nx = ")])
    assert facts.unparsable == (4,)
    assert facts.imports == ("numpy", "re", "scipy")


@pytest.mark.parametrize(
    ("source", "asks"),
    [
        ("age = int(input('?'))", True),
        ("import builtins\nbuiltins.input()", True),
        ("form.input()", False),
        ("# input()", False),
        ("input = 3", False),
    ],
)
def test_asks_input(source: str, asks: bool) -> None:
    assert facts_in([(1, source)]).asks_input is asks


def test_invalid_escapes_raise_no_warning() -> None:
    assert facts_in([(1, "import re\nre.compile('\\d')")]).imports == ("re",)


@given(st.text())
def test_any_text_is_survived(source: str) -> None:
    facts_in([(1, source), (2, f"%{source}"), (3, f"import {source}")])


def test_hostile_nesting_is_survived() -> None:
    assert facts_in([(1, "(" * 100_000), (2, "-" * 100_000 + "1"), (3, "a\0b")]).unparsable == (1, 2, 3)
