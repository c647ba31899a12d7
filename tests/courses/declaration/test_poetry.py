import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import Version

from lite_site.courses.declaration.poetry import poetry_versions

from .samples import Folder


@pytest.mark.parametrize(
    ("poetry", "pip"),
    [
        ("*", ""),
        ("1.2", "==1.2"),
        ("= 1.2", "==1.2"),
        ("^1.2.3", "<2,>=1.2.3"),
        ("^0.2.3", "<0.3,>=0.2.3"),
        ("^0.0.3", "<0.0.4,>=0.0.3"),
        ("^0.0", "<0.1,>=0.0"),
        ("^0", "<1,>=0"),
        ("~1.2.3", "<1.3,>=1.2.3"),
        ("~1", "<2,>=1"),
        ("~=1.2", "~=1.2"),
        (">=1, <2", "<2,>=1"),
        (">= 1.0 !=1.5", "!=1.5,>=1.0"),
    ],
)
def test_versions_in_the_words_of_pip(poetry: str, pip: str) -> None:
    assert str(poetry_versions(poetry)) == pip


@pytest.mark.parametrize("text", ["^1 || ^2", "^x", "latest", "^", "1" * 300])
def test_what_pip_cannot_say(text: str) -> None:
    assert poetry_versions(text) is None


@given(st.lists(st.integers(0, 99), min_size=1, max_size=4).map(lambda parts: ".".join(map(str, parts))))
def test_a_version_satisfies_its_own_caret_and_tilde(version: str) -> None:
    for operator in "^~":
        versions = poetry_versions(f"{operator}{version}")
        assert versions is not None
        assert Version(version) in versions


@given(st.text(max_size=40))
def test_any_text_is_versions_or_none(text: str) -> None:
    versions = poetry_versions(text)
    assert versions is None or isinstance(str(versions), str)


def test_poetry(folder: Folder) -> None:
    folder.file(
        "rna/pyproject.toml",
        """\
[tool.poetry.dependencies]
python = "^3.10"
numpy = "^1.26"
scipy = "~1.11.2"
click = "^0.2.3"
pandas = { version = ">=2, <3", extras = ["excel"] }
torch = [{ version = "2.3.0", markers = "sys_platform == 'linux'" }, { version = "*", markers = "os_name == 'nt'" }]
rich = "13.*"
big = "||1"
dev = { version = "1", optional = true }
own = { path = "../own" }
notebook = "*"
[tool.poetry.group.dev.dependencies]
pytest = "*"
""",
    )
    assert folder.packages() == [
        "numpy<2,>=1.26",
        "scipy<1.12,>=1.11.2",
        "click<0.3,>=0.2.3",
        "pandas[excel]<3,>=2",
        'torch==2.3.0; sys_platform == "linux"',
        'torch; os_name == "nt"',
        "rich==13.*",
        "big",
    ]
    assert folder.read()[0].python == "3.11"
    assert folder.read()[0].packages[0].place == "contents/rna/pyproject.toml, line 3"
    assert folder.found() == [
        ("pyproject.toml, line 9", "declaration-version", "warning"),
        ("pyproject.toml, line 11", "declaration-address", "warning"),
    ]
