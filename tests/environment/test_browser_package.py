"""What our package makes of a cell: the real IPython, the package as its wheel unpacks; Pyodide is stood in for."""

import io
import os
import subprocess
import sys
import types
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from lite_site.environment.own import MODULE, own_wheel

LOCK = {
    "numpy": {"version": "2.4.3", "imports": ["numpy"]},
    "scikit-learn": {"version": "1.8.0", "imports": ["sklearn"]},
    "matplotlib": {"version": "3.10.8", "imports": ["matplotlib", "pylab"]},
    "openpyxl": {"version": "3.1.5", "imports": ["openpyxl"]},
}
HERE = "numpy 2.4.3 is here.\n"
OTHER = "numpy 2.4.3 is here: this course’s version, instead of {}.\n"
ABSENT = "{} is not in this course. Ask the teacher to add it to the course’s packages.\n"


@dataclass
class Pyodide:
    """What was loaded, by packages and by the imports in code."""

    packages: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)

    async def load(self, names: list[str]) -> None:
        self.packages += names

    async def load_imports(self, code: str) -> None:
        self.read.append(code)


class Converted(dict[str, object]):
    """A JavaScript object, as far as ours are asked."""

    def to_py(self) -> dict[str, object]:
        return dict(self)


@dataclass
class Kernel:
    """A kernel with our package in it."""

    shell: InteractiveShell
    pyodide: Pyodide
    load: Callable[[str], object]
    capture: pytest.CaptureFixture[str]

    def run(self, cell: str) -> tuple[str, str, bool]:
        """Load for a cell and run it: what it printed, what it said on stderr, whether it went well."""
        loading = self.load(cell)
        with pytest.raises(StopIteration):
            loading.send(None)  # type: ignore[attr-defined]
        self.capture.readouterr()
        result = self.shell.run_cell(cell)  # type: ignore[no-untyped-call]
        said = self.capture.readouterr()
        return said.out, said.err, result.success

    def value(self, name: str) -> object:
        return self.shell.user_ns[name]


def stand_in(monkeypatch: pytest.MonkeyPatch, name: str, **attributes: object) -> types.ModuleType:
    module = types.ModuleType(name)
    module.__dict__.update(attributes)
    monkeypatch.setitem(sys.modules, name, module)
    return module


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Kernel]:
    pyodide = Pyodide()
    drive = types.SimpleNamespace(node=types.SimpleNamespace(mount=types.SimpleNamespace(type=None)))
    module = stand_in(monkeypatch, "pyodide_kernel.kernel", _load_packages_from_imports=pyodide.load_imports)
    stand_in(monkeypatch, "pyodide_kernel", kernel=module)
    stand_in(
        monkeypatch,
        "pyodide_js",
        FS=types.SimpleNamespace(lookupPath=lambda _: drive),
        lockfile=types.SimpleNamespace(packages=Converted(LOCK)),
        loadPackage=pyodide.load,
        loadedPackages=Converted(dict.fromkeys(LOCK, "")),
    )
    stand_in(monkeypatch, "pyodide")
    stand_in(monkeypatch, "pyodide.code", run_js=lambda _: lambda _: None)
    stand_in(monkeypatch, "pyodide.ffi", can_run_sync=lambda: False, run_sync=None)
    for owner, name in ((os, "system"), (subprocess, "Popen"), (urllib.request.AbstractHTTPHandler, "do_open")):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    unpacked, folder = tmp_path / "site-packages", tmp_path / "lesson"
    zipfile.ZipFile(io.BytesIO(own_wheel()[1])).extractall(unpacked)
    folder.mkdir()
    monkeypatch.chdir(folder)
    for path in (unpacked, folder):
        monkeypatch.syspath_prepend(str(path))
    monkeypatch.setenv("PASSERELLE_LANGUAGE", "en")
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    shell.__dict__["kernel"] = types.SimpleNamespace(
        lite_transform_manager=types.SimpleNamespace(line_transforms=[print])
    )
    __import__(f"{MODULE}.hooks")
    yield Kernel(shell, pyodide, module.__dict__["_load_packages_from_imports"], capsys)
    InteractiveShell.clear_instance()
    for name in [name for name in sys.modules if name.partition(".")[0] == MODULE]:
        del sys.modules[name]


def test_a_cell_with_a_magic_is_read_as_plain_python(kernel: Kernel) -> None:
    kernel.run("%matplotlib --list\nimport json")
    (code,) = kernel.pyodide.read
    assert compile(code, "cell", "exec")
    assert code.startswith("import matplotlib.pyplot\n")
    assert "import json" in code


def test_a_cell_that_cannot_be_read_is_left_as_it_is(kernel: Kernel) -> None:
    assert kernel.run("broken = ")[2] is False
    assert [code.strip() for code in kernel.pyodide.read] == ["broken ="]


@pytest.mark.parametrize(
    ("cell", "module"),
    [
        ("def later(table): return table.plot()", "matplotlib"),
        ("def later(pd): return pd.read_excel('a.xlsx')", "openpyxl"),
        ("from importlib import import_module\ndef later(): return import_module('sklearn.svm')", "sklearn"),
        ("def later(): return __import__('numpy')", "numpy"),
    ],
)
def test_what_a_call_needs_unseen_is_loaded(kernel: Kernel, cell: str, module: str) -> None:
    kernel.run(cell)
    first, _, rest = kernel.pyodide.read[0].partition("\n")
    assert module in first.removeprefix("import ").split(", ")
    assert rest.strip() == cell


def test_modules_of_the_course_are_read_too_and_once(kernel: Kernel) -> None:
    Path("tools_here.py").write_text("import helper_of_tools\nimport tools_here\n")
    Path("helper_of_tools").mkdir()
    Path("helper_of_tools", "__init__.py").write_text("import json\n")
    assert kernel.run("import tools_here, json")[2]
    assert [code.strip() for code in kernel.pyodide.read] == [
        "import tools_here, json",
        "import helper_of_tools\nimport tools_here",
        "import json",
    ]


def test_scripts_and_notebooks_that_a_cell_runs_are_read_and_run(kernel: Kernel) -> None:
    Path("script.py").write_text("import json\nprint('script')\n")
    cells = '[{"cell_type": "markdown", "source": "x ="}, {"cell_type": "code", "source": ["import csv\\n", "n = 7"]}]'
    Path("other.ipynb").write_text(f'{{"cells": {cells}}}')
    assert kernel.run("%run script.py\n%run other.ipynb\nprint(n)") == ("script\n7\n", "", True)
    assert [code.strip() for code in kernel.pyodide.read[1:]] == ["import json\nprint('script')", "import csv\nn = 7"]


@pytest.mark.parametrize(
    ("cell", "loaded", "said"),
    [
        ("!pip install numpy", ["numpy"], HERE),
        ("%pip install -q -U --user NumPy", ["numpy"], HERE),
        ("!pip3 install 'numpy>=1.20,<3' sklearn", ["numpy", "scikit-learn"], f"{HERE}scikit-learn 1.8.0 is here.\n"),
        ("!python -m pip install numpy==1.26", ["numpy"], OTHER.format("==1.26")),
        ("!pip install 'numpy~=2.5' numpy==2.4.*", ["numpy", "numpy"], OTHER.format("~=2.5") + HERE),
        ("import sys\n!{sys.executable} -m pip install numpy", ["numpy"], HERE),
        ("!pip install numpy > /dev/null 2>&1", ["numpy"], HERE),
        ("!conda install -y -c conda-forge numpy=2.4", ["numpy"], HERE),
        ("%conda install numpy", ["numpy"], HERE),
        ("if True:\n    !pip install numpy[extra]", ["numpy"], HERE),
        ("%%bash\n# needs\npip install numpy", ["numpy"], HERE),
        ("import os; _ = os.system('pip install numpy')", ["numpy"], HERE),
        ("!pip install torch", [], ABSENT.format("torch")),
        ("!pip install git+https://a.b/c.git", [], ABSENT.format("git+https://a.b/c.git")),
        ("!pip install -r none.txt", [], "none.txt: this list of packages is not there.\n"),
        ("%pip uninstall -y numpy", [], "pip uninstall -y numpy has no effect here: the packages are the course’s.\n"),
        ("!pip show absent-package", [], "absent-package is not loaded.\n"),
    ],
)
def test_pip_is_a_need_met_with_what_the_course_hosts(kernel: Kernel, cell: str, loaded: list[str], said: str) -> None:
    assert kernel.run(cell) == (said, "", True)
    assert kernel.pyodide.packages == loaded


def test_lists_of_requirements_are_read(kernel: Kernel) -> None:
    Path("requirements.txt").write_text("# needs\nnumpy>=2  # arrays\n\n-r more.txt\n--no-binary :all:\n")
    Path("more.txt").write_text("openpyxl ; python_version > '3'\n")
    said, _, _ = kernel.run("!pip install -r requirements.txt")
    assert said == "numpy 2.4.3 is here.\nopenpyxl 3.1.5 is here.\n"
    assert kernel.pyodide.packages == ["numpy", "openpyxl"]


def test_pip_lists_what_is_loaded(kernel: Kernel) -> None:
    assert kernel.run("%pip list")[0].startswith("Package")
    kernel.run("frozen = !pip freeze")
    assert any(line.startswith("pytest==") for line in kernel.value("frozen"))  # type: ignore[attr-defined]
    assert kernel.run("!pip show pytest")[0].startswith("Name: pytest\nVersion: ")


def test_small_commands_run_and_variables_are_pythons(kernel: Kernel) -> None:
    Path("notes.txt").write_text("one\ntwo\n")
    assert kernel.run("def show(name):\n    !head -n 1 {name}\nshow('notes.txt')") == ("one\n", "", True)
    kernel.run("lines = !cat notes.txt")
    assert kernel.value("lines") == ["one", "two"]
    assert kernel.run("%%bash\nmkdir sub\ncd sub\npwd") == (f"{Path.cwd() / 'sub'}\n", "", True)
    assert Path.cwd().name == "lesson"
    assert kernel.run("import os; print(os.system('echo a'), os.popen('echo b').read())") == ("a\n0 b\n\n", "", True)
    call = "import subprocess; print(subprocess.run(['wc', '-l', 'notes.txt'], capture_output=True, text=True).stdout)"
    assert kernel.run(call) == ("2 notes.txt\n\n", "", True)
    assert kernel.run("print(subprocess.check_output('cat notes.txt', shell=True))") == ("b'one\\ntwo\\n'\n", "", True)
    assert kernel.run("%%python\nalone = 1\nprint(alone)") == ("1\n", "", True)
    assert "alone" not in kernel.shell.user_ns


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Cette cellule lance « tree -d » : un navigateur n’a pas de programmes, seul Python s’y exécute.\n"),
        ("en", "This cell runs “tree -d”: a browser has no programs, only Python runs in it.\n"),
    ],
)
def test_a_missing_program_is_told_and_the_lesson_goes_on(
    kernel: Kernel, monkeypatch: pytest.MonkeyPatch, language: str, sentence: str
) -> None:
    monkeypatch.setenv("PASSERELLE_LANGUAGE", language)
    said, complaint, well = kernel.run("!tree -d\nlines = !tree -d\nprint(lines, _exit_code)")
    assert (said, well) == ("[] 127\n", True)
    assert complaint.replace("\u00a0", " ") == sentence * 2


@pytest.mark.parametrize(
    ("cell", "error"),
    [
        ("%%bash\nls\nsamtools view a.bam", NotImplementedError),
        ("%%bash -s x\nls", NotImplementedError),
        ("%%bash\ncat absent.txt", subprocess.CalledProcessError),
        ("%%perl\nprint 1", NotImplementedError),
        ("import subprocess; subprocess.run(['samtools', 'view'])", FileNotFoundError),
        ("import urllib.request; urllib.request.urlopen('https://example.org/a.csv')", urllib.error.URLError),
    ],
)
def test_what_jupyter_would_stop_at_stops_here_too(kernel: Kernel, cell: str, error: type[Exception]) -> None:
    Path("kept.txt").touch()
    result = kernel.shell.run_cell(cell)  # type: ignore[no-untyped-call]
    assert isinstance(result.error_in_exec, error)
    assert "emscripten" not in str(result.error_in_exec)


def test_plots_for_a_window_are_drawn_below_the_cell(kernel: Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setitem(kernel.shell.magics_manager.magics["line"], "matplotlib", asked.append)
    sys.modules.pop(f"{MODULE}.jupyter").__dict__["restore_habits"]()
    assert kernel.run("%matplotlib notebook")[0] == "Plots are shown below the cell here, not in a window.\n"
    assert kernel.run("%matplotlib inline")[0] == ""
    assert asked == ["inline", "inline"]


def test_leaving_leaves_nothing(kernel: Kernel) -> None:
    assert kernel.run("exit()")[2]
    assert kernel.run("print('still here')") == ("still here\n", "", True)
