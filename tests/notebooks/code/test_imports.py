import pytest

from lite_site.notebooks.code import imports_in

from .asking import facts_of, of_kind, subjects


@pytest.mark.parametrize(
    ("source", "imports"),
    [
        ("import numpy as np, os.path", ("numpy", "os")),
        ("from scipy.stats import norm", ("scipy",)),
        ("from . import local\nfrom .x import y", ()),
        ("def f():\n    import json", ("json",)),
        ("class A:\n    import json", ("json",)),
        ("for i in x:\n    while y:\n        with z:\n            import json", ("json",)),
        ("match x:\n    case 1:\n        import json", ("json",)),
        ("%matplotlib inline", ("matplotlib",)),
        ("%pylab", ("matplotlib", "numpy")),
        ("%load_ext rpy2\n%load_ext autoreload", ("rpy2",)),
        ("%load_ext rpy2.ipython", ("rpy2",)),
        ("!pip install pandas\nimport pandas", ("pandas",)),
        ("files = !ls\nimport re", ("re",)),
        ("if True:\n    !ls\nimport re", ("re",)),
        ("%%time\nimport re", ("re",)),
        ("%%capture out\n%%time\nimport re", ("re",)),
        ("%time import re", ("re",)),
        ("%timeit -n 10 -r 3 __import__('re')", ("re",)),
        ("%%bash\nimport re", ()),
        ("help?\nimport re", ("re",)),
        ("?help\nimport re", ("re",)),
        ("x = ('%d'\n  % 3)\nimport re", ("re",)),
        ('__import__("sys")\nimportlib.import_module("os.path")', ("os", "sys")),
        ("from importlib import import_module\nimport_module('numpy.linalg')", ("importlib", "numpy")),
        ("importance = 1", ()),
        ("# import numpy\ns = 'import scipy'", ()),
        ("from google.colab import drive", ("google",)),
        ("x = 1\nimport numpy as np, re\nfrom scipy import stats\nx = = 2", ("numpy", "re", "scipy")),
        ("%%writefile tools.py\nimport numpy\ndef f(): pass", ("numpy",)),
        ("%%writefile notes.txt\nimport numpy", ()),
        ("import spacy\nspacy.load('fr_core_news_sm')", ("fr_core_news_sm", "spacy")),
    ],
)
def test_imports(source: str, imports: tuple[str, ...]) -> None:
    assert imports_in(facts_of(source)) == imports


@pytest.mark.parametrize(
    ("source", "subject"),
    [
        ("import matplotlib.pyplot as plt", "matplotlib.pyplot"),
        ("from sklearn.svm import SVC", "sklearn.svm"),
        ("from google.colab import drive", "google.colab"),
        ("from google import colab", "google.colab"),
    ],
)
def test_a_module_is_named_in_full(source: str, subject: str) -> None:
    assert subjects("import", source) == [subject]


def test_a_module_is_told_once_with_its_first_cell() -> None:
    (fact,) = of_kind("import", "x = 1", "import numpy", "import numpy")
    assert fact.cell == 2


@pytest.mark.parametrize(
    ("source", "subject"),
    [
        ("import turtle", "turtle"),
        ("from tkinter import *", "tkinter"),
        ("import pygame.mixer", "pygame"),
    ],
)
def test_windows_are_told(source: str, subject: str) -> None:
    assert subjects("desktop", source) == [subject]
