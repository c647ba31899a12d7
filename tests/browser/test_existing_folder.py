"""A teacher's own folder, made for Jupyter and not for us, works as it is."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from lite_site.pipeline import build_site
from lite_site.report import SilentReport
from lite_site.settings import make_settings
from tests.browser.conftest import OpenWindow
from tests.browser.driving import PANEL, RUN_CELL, Window
from tests.browser.hosting import StaticHost

pytestmark = pytest.mark.browser

PYTHON = {"name": "conda-env-bio-py", "display_name": "Python [conda env:bio]", "language": "python"}
R = {"name": "ir", "display_name": "R", "language": "R"}


def notebook(*cells: str, title: str = "Séance", kernel: dict[str, str] = PYTHON) -> str:
    code: list[dict[str, object]] = [
        {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": cell} for cell in cells
    ]
    prose: dict[str, object] = {
        "cell_type": "markdown",
        "metadata": {},
        "source": f"# {title}\n\nUne leçon pour les élèves de la classe.",
    }
    return json.dumps({"cells": [prose, *code], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 4})


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("folder")
    folder = root / "contents" / "Mes séances"
    (folder / "TP 2").mkdir(parents=True)
    plot = "%matplotlib inline\nimport numpy as np\nimport matplotlib.pyplot as plt\nplt.plot(np.arange(3))\nplt.show()"
    files = {
        "TP 1.ipynb": notebook(plot, "import outils\nprint(outils.moyenne([1, 2, 6]))"),
        "TP 2/suite.ipynb": notebook("%matplotlib inline", "print(open('../mesures.csv').read())"),
        "Shell.ipynb": notebook("%%bash\nsamtools", "!samtools", "print('après')", title="Le shell"),
        "R.ipynb": notebook("x <- c(1, 2)", title="Une séance en R", kernel=R),
        "outils.py": "from calculs import somme\n\ndef moyenne(v):\n    return float(somme(v) / len(v))\n",
        "calculs.py": "import numpy\n\ndef somme(v):\n    return numpy.sum(v)\n",
        "mesures.csv": "a,b\n1,2\n",
        "README.md": "# Lis-moi",
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    output = Path(root / "_site")
    build_site(make_settings(contents=root / "contents", output=output), SilentReport())
    with StaticHost({"/": output}) as host:
        yield f"{host.origin}/mes-seances/"


def test_magics_and_own_modules_bring_their_packages(window: Window, course: str) -> None:
    plot, mean = window.open_lesson(course, "TP 1.ipynb").run_all()
    assert [list(output["data"]) for output in plot.outputs] == [["text/plain", "image/png"]]
    assert mean.outputs == [{"output_type": "stream", "name": "stdout", "text": "3.0\n"}]


def test_a_magic_alone_in_its_cell_and_data_one_folder_up(window: Window, course: str) -> None:
    magic, data = window.open_lesson(course, "TP 2/suite.ipynb").run_all()
    assert magic.outputs == []
    assert data.outputs == [{"output_type": "stream", "name": "stdout", "text": "a,b\n1,2\n\n"}]


def test_a_program_is_refused_and_the_lesson_goes_on(window: Window, course: str) -> None:
    lesson = window.open_lesson(course, "Shell.ipynb")
    # Placed on the cluster, it has no kernel until somebody runs it all the same.
    assert lesson.page.evaluate(f"() => {PANEL}.sessionContext.session === null")
    lesson.page.evaluate(RUN_CELL, 2)
    cells = ("%%bash\nsamtools", "!samtools", "print('après')")
    assert [lesson.execute(code) for code in cells] == ["error", "ok", "ok"]


def test_a_lesson_in_another_language_says_where_it_runs(open_window: OpenWindow, course: str) -> None:
    page = open_window().visit(course)
    row = page.get_by_role("listitem").filter(has_text="Une séance en R").first
    expect(row).to_contain_text("demande le cluster")
    expect(row).to_contain_text("Cette leçon est écrite en R")
    expect(row.get_by_role("link", name="Lire la leçon")).to_be_visible()


def test_open_in_the_file_menu_leads_to_the_files(open_window: OpenWindow, course: str) -> None:
    page = open_window().visit(f"{course}tree")
    page.wait_for_url("**/lab/index.html*")
