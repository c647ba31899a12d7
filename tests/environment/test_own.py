"""Our own package in the browser's Python: a wheel like any other, and what it does to a cell."""

import io
import sys
import types
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from lite_site.environment.own import MODULE, STARTUP, own_wheel
from lite_site.runtime.store import Store

PACKAGE = Path(__file__).parents[2] / "lite_site" / "environment" / "browser_package"


def test_the_wheel_is_sound_and_always_the_same(tmp_path: Path) -> None:
    wheel, data = own_wheel()
    own_wheel.cache_clear()
    assert own_wheel() == (wheel, data)
    Store(tmp_path).put(wheel.sha256, [data])
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    listed = archive.read(f"{MODULE}-{wheel.version}.dist-info/RECORD").decode().splitlines()
    assert sorted(line.partition(",")[0] for line in listed) == sorted(archive.namelist())
    assert STARTUP.endswith(f"site-packages/{MODULE}/startup.py")
    assert f"{MODULE}/startup.py" in archive.namelist()


class Shell:
    magics: ClassVar[dict[tuple[str, str], Callable[..., None]]] = {}
    system: Callable[[str], None]

    def register_magic_function(self, function: Callable[..., None], kind: str, name: str) -> None:
        self.magics[kind, name] = function

    def transform_cell(self, cell: str) -> str:
        if cell.startswith("broken"):
            raise SyntaxError
        return cell.replace("%matplotlib inline", "get_ipython().run_line_magic('matplotlib', 'inline')")


SHELL = Shell()


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[[str], list[str]]]:
    """Runs a cell's loading with Pyodide and IPython stood in for; gives what would be read for imports."""
    asked: list[str] = []

    async def load(code: str) -> None:
        asked.append(code)

    kernel = types.ModuleType("pyodide_kernel.kernel")
    kernel.__dict__["_load_packages_from_imports"] = load
    parent = types.ModuleType("pyodide_kernel")
    parent.__dict__["kernel"] = kernel
    shell = types.ModuleType("IPython")
    shell.__dict__["get_ipython"] = lambda: SHELL
    for name, module in {"pyodide_kernel": parent, "pyodide_kernel.kernel": kernel, "IPython": shell}.items():
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.syspath_prepend(str(PACKAGE))
    monkeypatch.chdir(tmp_path)
    monkeypatch.delitem(sys.modules, MODULE, raising=False)
    __import__(f"{MODULE}.startup")

    def run(cell: str) -> list[str]:
        asked.clear()
        with pytest.raises(StopIteration):
            kernel.__dict__["_load_packages_from_imports"](cell).send(None)
        return list(asked)

    yield run
    for name in (MODULE, f"{MODULE}.startup", f"{MODULE}.programs"):
        sys.modules.pop(name, None)


def test_a_cell_with_a_magic_is_read_as_plain_python(loaded: Callable[[str], list[str]]) -> None:
    (code,) = loaded("%matplotlib inline\nimport numpy")
    assert compile(code, "cell", "exec")
    assert code.startswith("import matplotlib.pyplot\n")
    assert "import numpy" in code


def test_a_cell_that_cannot_be_read_is_left_as_it_is(loaded: Callable[[str], list[str]]) -> None:
    assert loaded("broken =") == ["broken ="]


def test_modules_of_the_course_are_read_too_and_once(loaded: Callable[[str], list[str]], tmp_path: Path) -> None:
    (tmp_path / "tools.py").write_text("import helper_of_tools\nimport tools\n")
    (tmp_path / "helper_of_tools").mkdir()
    (tmp_path / "helper_of_tools" / "__init__.py").write_text("import numpy\n")
    assert loaded("import tools, json") == [
        "import tools, json",
        "import helper_of_tools\nimport tools\n",
        "import numpy\n",
    ]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Cette cellule lance « %%bash » : un navigateur n’a pas de programmes, seul Python s’y exécute."),
        ("en", "This cell runs “%%bash”: a browser has no programs, only Python runs in it."),
    ],
)
def test_programs_are_refused_in_the_lessons_language(
    loaded: Callable[[str], list[str]], monkeypatch: pytest.MonkeyPatch, language: str, sentence: str
) -> None:
    assert loaded("1") == ["1"]
    monkeypatch.setenv("PASSERELLE_LANGUAGE", language)
    with pytest.raises(NotImplementedError) as refused:
        SHELL.magics["cell", "bash"]("", "ls")
    assert str(refused.value).replace("\u202f", " ").replace("\u00a0", " ") == sentence
    with pytest.raises(NotImplementedError, match="!ls"):
        SHELL.system("ls")
