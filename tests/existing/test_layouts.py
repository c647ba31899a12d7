"""Folders as people have them build as they are: nothing to add, nothing changed in them."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from lite_site.pipeline import build_site
from lite_site.report import SilentReport
from lite_site.settings import make_settings

LAYOUTS = Path(__file__).with_name("layouts")
PLACES = {
    "binder-repo": {
        "notebooks/00-Start here.ipynb": "browser",
        "notebooks/01-species-counts.ipynb": "browser",
        "notebooks/02-alignment.ipynb": "browser",
    },
    "conda-r": {
        "01_intro_R.ipynb": "cluster",
        "02_intro_python.ipynb": "browser",
        "03_r_dans_python.ipynb": "cluster",
    },
    "jupyter-book": {
        "chapters/02/images.ipynb": "browser",
        "chapters/heat.ipynb": "browser",
        "chapters/waves.ipynb": "browser",
        "intro.md": "browser",
    },
    "plain": {
        "TP1 - variables.ipynb": "browser",
        "TP2 - données.ipynb": "browser",
        "TP3 - réseau de neurones.ipynb": "cluster",
    },
    "poetry-project": {
        "notebooks/exploration.ipynb": "cluster",  # its numpy is held below 2
        "notebooks/figures.ipynb": "browser",
    },
}


def contents_of(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("layout", sorted(path.name for path in LAYOUTS.iterdir()))
def test_a_folder_people_have_builds_unchanged(layout: str, tmp_path: Path) -> None:
    folder = tmp_path / layout
    shutil.copytree(LAYOUTS / layout, folder)
    before = contents_of(folder)
    result = build_site(make_settings(contents=folder, output=tmp_path / "_site"), SilentReport())
    assert contents_of(folder) == before
    assert {problem.severity for problem in result.warnings} <= {"warning"}
    described = json.loads((tmp_path / "_site" / layout / "course.json").read_bytes())
    places = {lesson["path"]: lesson["placement"]["where"] for lesson in described["lessons"]}
    assert places == PLACES[layout]
