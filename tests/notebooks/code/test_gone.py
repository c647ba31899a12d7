"""Parts of packages and of Python that years took away, as notebooks import them."""

import ast
import importlib

import pytest

from lite_site.notebooks.code.gone import GONE, is_gone
from lite_site.notebooks.code.imports import imported

from .asking import facts_of, subjects


def test_names_that_are_gone_are_told_with_their_modules() -> None:
    statement = ast.parse("from sklearn.datasets import load_boston, load_iris").body[0]
    assert isinstance(statement, ast.ImportFrom)
    assert imported(statement) == ["sklearn.datasets", "sklearn.datasets.load_boston"]
    assert subjects("import", "from collections import Mapping, OrderedDict") == ["collections", "collections.Mapping"]
    assert subjects("import", "from collections import OrderedDict") == ["collections"]


@pytest.mark.parametrize(
    ("module", "gone"),
    [
        ("sklearn.externals.six.moves", True),
        ("mpl_toolkits.basemap", True),
        ("mpl_toolkits.mplot3d", False),
        ("sklearn", False),
        ("basemap", False),
    ],
)
def test_what_is_below_a_part_is_gone_with_it(module: str, gone: bool) -> None:
    assert is_gone(module) is gone


def test_what_a_handler_takes_instead_is_another_module_of_the_same_package() -> None:
    source = "try:\n    from collections import Mapping\nexcept ImportError:\n    from collections.abc import Mapping"
    (fact,) = (fact for fact in facts_of(source) if fact.subject == "collections.Mapping")
    assert (fact.optional, fact.otherwise) == (False, ("collections.abc",))


def test_python_has_none_of_what_left_it_before_3_11() -> None:
    for part in ("collections.Mapping", "fractions.gcd", "inspect.getargspec", "time.clock"):
        module, _, name = part.rpartition(".")
        assert part in GONE
        assert not hasattr(importlib.import_module(module), name)


def test_another_name_of_the_same_module_is_taken_instead() -> None:
    source = "try:\n    from scipy.integrate import simps\nexcept ImportError:\n    from scipy.integrate import simpson"
    (fact,) = (fact for fact in facts_of(source) if fact.subject == "scipy.integrate.simps")
    assert (fact.optional, fact.otherwise) == (False, ("scipy.integrate",))
