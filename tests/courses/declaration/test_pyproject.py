import pytest

from lite_site.courses.model import Wanted

from .samples import Folder


def test_a_project(folder: Folder) -> None:
    folder.file(
        "rna/pyproject.toml",
        """\
[project]
name = "course"
requires-python = ">=3.12"
dependencies = [
  "numpy>=2",
  'pandas; python_version < "4"',
  "jupyterlab",
]
[project.optional-dependencies]
dev = ["pytest"]
[dependency-groups]
test = ["hypothesis"]
""",
    )
    declaration = folder.declaration()
    assert declaration.packages == (
        Wanted("numpy>=2", "contents/rna/pyproject.toml, line 5"),
        Wanted('pandas; python_version < "4"', "contents/rna/pyproject.toml, line 6"),
    )
    assert declaration.python == "3.12"


@pytest.mark.parametrize(
    "text", ["", "[tool.ruff]\nline-length = 120\n", '[project]\nname = "x"\n', "[tool]\npoetry = 1\n", "project = 3\n"]
)
def test_settings_of_tools_declare_nothing(folder: Folder, text: str) -> None:
    folder.file("rna/pyproject.toml", text)
    assert folder.declaration().source == ""


@pytest.mark.parametrize(
    ("text", "place", "code", "severity"),
    [
        ("[project", "pyproject.toml", "declaration-broken", "error"),
        ("[project]\ndependencies=[" + "'a'," * 1001 + "]", "pyproject.toml", "declaration-size", "error"),
        (
            "[tool.poetry.dependencies]\na = '^1" + "0" * 5000 + "'\n",
            "pyproject.toml, line 2",
            "declaration-version",
            "warning",
        ),
        ("[project]\ndependencies = 'numpy'\n", "pyproject.toml, line 2", "declaration-shape", "error"),
        ("[project]\ndependencies = [\n3]\n", "pyproject.toml, line 2", "declaration-line", "error"),
        ("[project]\ndependencies = [\n'a b']\n", "pyproject.toml, line 3", "declaration-line", "error"),
        ("[project]\ndynamic = ['dependencies']\n", "pyproject.toml, line 2", "declaration-not-read", "warning"),
        ("[project]\ndependencies=['x@git+a://e']\n", "pyproject.toml, line 2", "declaration-address", "warning"),
        ("[project]\ndependencies=[]\nrequires-python='<3'", "pyproject.toml, line 3", "declaration-python", "warning"),
        ("[project]\ndependencies=[]\nrequires-python='x'", "pyproject.toml, line 3", "declaration-python", "warning"),
        ("[tool.poetry.dependencies]\n'a b' = '1'\n", "pyproject.toml, line 2", "declaration-line", "error"),
        ("[tool.poetry.dependencies]\na = {markers = '('}\n", "pyproject.toml, line 2", "declaration-line", "error"),
    ],
)
def test_faults(folder: Folder, text: str, place: str, code: str, severity: str) -> None:
    folder.file("rna/pyproject.toml", text)
    assert folder.found() == [(place, code, severity)]
