import pytest

from lite_site.notebooks.code import imports_in

from .asking import facts_of, needed, of_kind, subjects

FALL_BACK = "try:\n    import cPickle as pickle\nexcept {caught}:\n    import pickle"


@pytest.mark.parametrize("caught", ["ImportError", "ModuleNotFoundError", "Exception", "(ImportError, OSError)"])
def test_what_is_taken_instead_is_told(caught: str) -> None:
    (fact,) = of_kind("import", FALL_BACK.format(caught=caught))
    assert (fact.subject, fact.otherwise, fact.optional) == ("cPickle", ("pickle",), False)


def test_a_bare_except_catches_imports_and_alternatives_are_loaded() -> None:
    facts = facts_of("try:\n    import a\nexcept:\n    import b")
    assert imports_in(facts) == ("a", "b")
    assert [(fact.subject, fact.otherwise) for fact in facts] == [("a", ("b",))]


def test_a_chain_of_alternatives() -> None:
    code = "try:\n import a\nexcept ImportError:\n try:\n  import b\n except ImportError:\n  import c"
    (fact,) = of_kind("import", code)
    assert (fact.otherwise, fact.optional) == (("b", "c"), False)
    (fact,) = of_kind("import", code.replace("import c", "b = None"))
    assert (fact.otherwise, fact.optional) == (("b",), True)


@pytest.mark.parametrize(
    "code",
    [
        "try:\n    import a\nexcept ImportError:\n    a = None",
        "try:\n    import a\nexcept ImportError:\n    pass",
        "try:\n    import a\n    HAS_A = True\nexcept ImportError:\n    print('pas de a')\n    HAS_A = False",
        "try:\n    import a\nexcept:\n    pass\nfinally:\n    x = 1",
        "import contextlib\nwith contextlib.suppress(ImportError):\n    import a",
        "from contextlib import suppress\nwith suppress(ImportError, OSError):\n    import a",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import a",
        "import typing\nif typing.TYPE_CHECKING:\n    import a",
        "import sys\nif 'google.colab' in sys.modules:\n    import a",
        "import sys\nIN_COLAB = 'google.colab' in sys.modules\nif IN_COLAB:\n    import a",
        "import os\nif 'COLAB_GPU' in os.environ:\n    import a",
        "import os\nif os.environ.get('KAGGLE_KERNEL_RUN_TYPE'):\n    import a",
        "import importlib.util\nif importlib.util.find_spec('a') is not None:\n    import a",
        "from importlib.util import find_spec\nif find_spec('a'):\n    import a",
        "if not IN_COLAB:\n    pass\nelse:\n    import a",
        "if 'google.colab' in str(get_ipython()):\n    import a",
        "import sys\nif sys.platform == 'emscripten':\n    import a",
        "if False:\n    import a",
        "if RunningInCOLAB and True:\n    import a",
    ],
)
def test_guarded_imports_are_optional(code: str) -> None:
    (fact,) = (fact for fact in of_kind("import", code) if fact.subject == "a")
    assert (fact.optional, fact.otherwise) == (True, ())


@pytest.mark.parametrize(
    "code",
    [
        "try:\n    import a\nexcept ValueError:\n    pass",
        "try:\n    import a\nexcept ImportError:\n    raise",
        "try:\n    import a\nexcept ImportError:\n    print('install a')\n    sys.exit(1)",
        "try:\n    import a\nexcept ImportError:\n    !pip install a\n    import a",
        "try:\n    import a\nexcept ImportError:\n    !pip install a",
        "import os\ntry:\n    import a\nexcept ImportError:\n    os.system('pip install a')\n    import a",
        "from subprocess import run\ntry:\n    import a\nexcept ImportError:\n    run(['pip', 'install', 'a'])",
        "if not IN_COLAB:\n    import a",
        "if x > 3:\n    import a",
        "if __name__ == '__main__':\n    import a",
        "def f():\n    import a",
        "if True:\n    import a",
    ],
)
def test_what_only_seems_guarded_is_needed(code: str) -> None:
    facts = [fact for fact in of_kind("import", code) if fact.subject.startswith("a")]
    assert [(fact.optional, fact.otherwise) for fact in facts] == [(False, ())]


def test_a_handler_that_installs_tells_so() -> None:
    assert subjects("install", "try:\n    import a\nexcept ImportError:\n    !pip install a\n    import a") == ["a"]


def test_behind_an_import_of_colab_nothing_runs_here() -> None:
    code = (
        "import os\ntry:\n    from google.colab import drive\n    drive.mount('/content/drive')\n"
        "    os.chdir('/content/drive/cours')\nexcept ImportError:\n    pass\nopen('x.csv')"
    )
    assert [(fact.kind, fact.subject) for fact in needed(facts_of(code))] == [("import", "os"), ("reads", "x.csv")]


def test_at_colab_only() -> None:
    code = (
        "if IN_COLAB:\n    !pip install x\n    !wget https://a.example/b.csv\n    DATA = '/content'\n"
        "else:\n    DATA = 'data'"
    )
    facts = facts_of(code, "open(DATA + '/b.csv')")
    assert [(fact.kind, fact.subject) for fact in needed(facts)] == [("reads", "data/b.csv")]
    assert [fact.kind for fact in facts if fact.optional] == ["address", "install", "program", "writes"]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("try:\n    open('absent.txt')\nexcept FileNotFoundError:\n    print('?')", "reads"),
        ("try:\n    open('absent.txt')\nexcept OSError as e:\n    print(e)", "reads"),
        ("import os\nif os.path.exists('a.csv'):\n    open('a.csv')", "reads"),
        ("from pathlib import Path\np = Path('a.csv')\nif p.exists():\n    p.read_text()", "reads"),
        (
            "import requests\ntry:\n    requests.get('https://a.example')\nexcept requests.RequestException:\n    pass",
            "address",
        ),
        ("import subprocess\ntry:\n    subprocess.run(['git'])\nexcept FileNotFoundError:\n    pass", "program"),
    ],
)
def test_failures_that_are_caught_can_be_done_without(code: str, kind: str) -> None:
    (fact,) = (fact for fact in facts_of(code) if fact.kind == kind)
    assert fact.optional


def test_a_download_that_a_file_spares() -> None:
    code = (
        "import os\nfrom urllib.request import urlretrieve\nif not os.path.exists('d.csv'):\n"
        "    urlretrieve('https://a.example/d.csv', 'd.csv')"
    )
    (fact,) = of_kind("address", code)
    assert (fact.subject, fact.otherwise, fact.optional) == ("https://a.example/d.csv", ("d.csv",), False)


@pytest.mark.parametrize(
    "code", ["if x:\n    pass", "if not x.exists(1, 2):\n    pass", "if a and not b or c:\n    pass"]
)
def test_plain_conditions_tell_nothing(code: str) -> None:
    assert facts_of(code) == ()


@pytest.mark.parametrize(
    ("handler", "needed"),
    [("print('no torch')", True), ("pass", False), ("torch = None", False), ("print('no'); HAS = False", False)],
)
def test_a_handler_that_only_tells_leaves_the_import_needed(handler: str, needed: bool) -> None:
    (fact,) = of_kind("import", f"try:\n    import torch\nexcept ImportError:\n    {handler}")
    assert fact.optional is not needed


def test_a_protein_that_binds_is_no_binder() -> None:
    (fact,) = of_kind("import", "if is_binder:\n    import torch")
    assert not fact.optional
