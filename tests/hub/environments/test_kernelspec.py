import json
from dataclasses import replace
from pathlib import Path

from fallback_hub.environments.kernelspec import ensure_jupyter_folders, kernelspec
from tests.hub.environments.wheels import course_of


def test_the_kernel_runs_the_courses_python_and_has_its_title(tmp_path: Path) -> None:
    course = course_of(tmp_path, "", "3.11", title="Lire un génome")
    folders = ensure_jupyter_folders(course, Path("/environments/abc"), tmp_path / "environments")
    spec = json.loads((folders.data / "kernels/python3/kernel.json").read_text())
    assert spec["display_name"] == "Lire un génome (Python)"
    assert spec["argv"][:2] == ["/environments/abc/bin/python", "-Xfrozen_modules=off"]
    assert spec["env"]["PATH"] == "/environments/abc/bin:/usr/local/bin:/usr/bin:/bin"
    assert (folders.data / "kernels/python3/kernel.json").stat().st_mode & 0o777 == 0o644
    assert folders.data.stat().st_mode & 0o055 == 0o055


def test_a_french_courses_jupyterlab_is_french_and_asks_for_no_news(tmp_path: Path) -> None:
    course = replace(course_of(tmp_path, "", "3.11"), language="fr", title={"fr": "Cours"})
    folders = ensure_jupyter_folders(course, Path("/e"), tmp_path / "environments")
    settings = json.loads((folders.config / "labconfig/default_setting_overrides.json").read_text())
    assert settings["@jupyterlab/translation-extension:plugin"] == {"locale": "fr_FR"}
    assert settings["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"


def test_two_courses_with_one_environment_keep_their_own_titles(tmp_path: Path) -> None:
    one, two = course_of(tmp_path, "", "3.11", title="One"), course_of(tmp_path, "", "3.11", title="Two")
    first = ensure_jupyter_folders(one, Path("/e"), tmp_path / "environments")
    assert ensure_jupyter_folders(one, Path("/e"), tmp_path / "environments") == first
    assert ensure_jupyter_folders(two, Path("/e"), tmp_path / "environments") != first
    assert not [path.name for path in first.data.parents[1].iterdir() if path.name.startswith(".")]


def test_the_title_falls_back_to_any_language_and_the_slug(tmp_path: Path) -> None:
    course = course_of(tmp_path, "", "3.11")
    assert kernelspec(replace(course, title={"de": "Kurs"}), Path("/e"))["display_name"] == "Kurs (Python)"
    assert kernelspec(replace(course, title={}), Path("/e"))["display_name"] == "rna (Python)"
