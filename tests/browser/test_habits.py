"""Habits of teachers' notebooks, in the kernel as pupils have it: pip, small commands, hidden needs, open files."""

import json
from collections.abc import Iterator

import pytest

from lite_site.pipeline import build_site
from lite_site.report import SilentReport
from lite_site.settings import make_settings
from tests.browser.driving import RunCell, Window
from tests.browser.hosting import StaticHost

pytestmark = pytest.mark.browser

NO_PROGRAM = "Cette cellule lance « {} » : un navigateur n’a pas de programmes, seul Python s’y exécute.\n"
ABSENT = "{} n’est pas dans ce cours. Demande à ton professeur de l’ajouter aux paquets du cours.\n"
DATABASE = """\
import sqlite3
connection = sqlite3.connect("notes.db")
connection.execute("create table notes (valeur integer)")
connection.executemany("insert into notes values (?)", [(12,), (15,)])
connection.commit()
print(connection.execute("select sum(valeur) from notes").fetchone()[0])
connection.close()"""
GOES_ON = {
    "!pip install -q numpy pandas==1.5 torch\nimport numpy\nprint(numpy.arange(3).sum())": (
        "numpy 2.4.3 est là.\npandas 3.0.2 est là : c’est la version de ce cours, à la place de ==1.5.\n"
        f"{ABSENT.format('torch')}3\n"
    ),
    "%pip install scikit-learn": ABSENT.format("scikit-learn"),
    "!ls\nfichiers = !ls *.csv\nprint(fichiers)": "TP.ipynb\nautre.ipynb\nmesures.csv\n['mesures.csv']\n",
    "nom = 'mesures.csv'\n!head -n 1 {nom}": "a,b\n",
    "%%bash\nmkdir -p sorties\ncd sorties\necho vu > trace.txt\ncat trace.txt": "vu\n",
    "import os, subprocess\nprint(os.system('pwd'), subprocess.check_output(['wc', '-l', 'mesures.csv']))": (
        "/drive\n0 b'2 mesures.csv\\n'\n"
    ),
    "import pandas\npandas.read_csv('mesures.csv').plot()\nprint('tracé')": "tracé\n",
    "import importlib\nprint(importlib.import_module('six').__name__)": "six\n",
    "%%writefile frais.py\nimport six\nreponse = 42": "Writing frais.py\n",
    "import frais\nprint(frais.reponse)": "42\n",
    "%run autre.ipynb\nprint(venu_d_ailleurs)": "7\n",
    "%matplotlib notebook": "Les graphiques s’affichent ici sous la cellule, et non dans une fenêtre.\n",
    DATABASE: "27\n",
    "print(sqlite3.connect('notes.db').execute('select count(*) from notes').fetchone()[0])": "2\n",
    "%%python\nprint('à part')": "à part\n",
    "import getpass\nprint(getpass.getpass('Code ? '))": "secret\n",
    "exit()": "",
}
COMPLAINS = {
    "!tree -d\nrien = !nvidia-smi\nprint(rien)": (
        "[]\n",
        NO_PROGRAM.format("tree -d") + NO_PROGRAM.format("nvidia-smi"),
    )
}
STOPS = (
    "%%bash\nls\nsamtools view a.bam",
    "subprocess.run(['samtools', 'view'])",
    "import urllib.request\nurllib.request.urlopen('https://example.org/a.csv')",
)


def notebook(*cells: str) -> str:
    code: list[dict[str, object]] = [
        {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": cell} for cell in cells
    ]
    prose: dict[str, object] = {
        "cell_type": "markdown",
        "metadata": {},
        "source": "# Habitudes\n\nUne leçon pour les élèves de la classe.",
    }
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    content = {"cells": [prose, *code], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 4}
    return json.dumps(content)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("habits")
    folder = root / "contents" / "habitudes"
    folder.mkdir(parents=True)
    (folder / "course.toml").write_text(
        'title = "Habitudes"\nlanguage = "fr"\npackages = ["numpy", "pandas", "matplotlib"]\n'
        'data = ["mesures.csv"]\n[[lessons]]\npath = "TP.ipynb"\nplacement = "browser"\n'
        '[[lessons]]\npath = "autre.ipynb"\n',
        encoding="utf-8",
    )
    (folder / "mesures.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (folder / "TP.ipynb").write_text(notebook(*GOES_ON, *COMPLAINS), encoding="utf-8")
    (folder / "autre.ipynb").write_text(notebook("venu_d_ailleurs = 7"), encoding="utf-8")
    output = root / "_site"
    build_site(make_settings(contents=root / "contents", output=output), SilentReport())
    with StaticHost({"/": output}) as host:
        yield f"{host.origin}/habitudes/"


def streamed(cell: RunCell, name: str) -> str:
    """What a cell wrote, with plain spaces."""
    written = [output["text"] for output in cell.outputs if output.get("name") == name]
    return "".join("".join(text) for text in written).replace("\u00a0", " ")


def test_the_habits_of_a_decade_run_through(window: Window, course: str) -> None:
    lesson = window.open_lesson(course, "TP.ipynb")
    cells = lesson.run_all(answers=["secret"])
    expected = [(said, "") for said in GOES_ON.values()] + list(COMPLAINS.values())
    assert [(streamed(cell, "stdout"), streamed(cell, "stderr")) for cell in cells] == expected
    assert [cell.source for cell in cells if any(output["output_type"] == "error" for output in cell.outputs)] == []
    assert [list(output["data"]) for output in cells[6].outputs if "data" in output][-1] == ["text/plain", "image/png"]
    assert window.left == []
    assert lesson.execute("from IPython.display import YouTubeVideo\nYouTubeVideo('abc')") == "ok"
    assert [lesson.execute(code) for code in STOPS] == ["error", "error", "error"]
