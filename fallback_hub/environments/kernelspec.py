"""The kernel a course's server offers, and JupyterLab in the course's language: folders Jupyter reads."""

import hashlib
import json
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from fallback_hub.courses import HubCourse

SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"
"""Where kernels find the machine's programs, whatever PATH the hub has."""
_LOCALES = {"fr": "fr_FR"}


@dataclass(frozen=True, slots=True)
class JupyterFolders:
    """`data` belongs in JUPYTER_PATH, `config` in JUPYTER_CONFIG_PATH."""

    data: Path
    config: Path


def kernelspec(course: HubCourse, environment: Path) -> dict[str, object]:
    """The course's kernel (jupyter_client's documentation, "Kernel specs"): its Python, its PATH, its title."""
    title = course.title.get(course.language) or next(iter(course.title.values()), course.slug)
    python = str(environment / "bin/python")
    return {
        "argv": [python, "-Xfrozen_modules=off", "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": f"{title} (Python)",
        "language": "python",
        "metadata": {"debugger": True},
        "env": {"PATH": f"{environment / 'bin'}:{SYSTEM_PATH}", "VIRTUAL_ENV": str(environment)},
    }


def lab_settings(course: HubCourse) -> dict[str, object]:
    """What JupyterLab's settings are until a person changes them: the course's language, no news."""
    quiet = {"checkForUpdates": False, "fetchNews": "false"}
    settings: dict[str, object] = {"@jupyterlab/apputils-extension:notification": quiet}
    if locale := _LOCALES.get(course.language):
        settings["@jupyterlab/translation-extension:plugin"] = {"locale": locale}
    return settings


def ensure_jupyter_folders(course: HubCourse, environment: Path, folder: Path) -> JupyterFolders:
    """The folders with the course's kernelspec and settings, below `folder`; written whole, once per content."""
    kernel = json.dumps(kernelspec(course, environment), ensure_ascii=False, indent=1, sort_keys=True)
    settings = json.dumps(lab_settings(course), indent=1, sort_keys=True)
    digest = hashlib.sha256(f"{kernel}\n{settings}".encode()).hexdigest()[:16]
    place = folder / "jupyter" / f"{course.slug}-{digest}"
    if not place.is_dir():
        beside = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
        _write(beside / "data/kernels/python3/kernel.json", kernel)
        _write(beside / "config/labconfig/default_setting_overrides.json", settings)
        _put(beside, place)
    return JupyterFolders(place / "data", place / "config")


def _write(path: Path, text: str) -> None:
    missing = [folder for folder in path.parents if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir()
        folder.chmod(0o755)
    path.write_text(text + "\n", encoding="utf-8")
    path.chmod(0o644)


def _put(beside: Path, place: Path) -> None:
    """Rename; where another server of the course was quicker, its folder says the same."""
    try:
        beside.rename(place)
    except OSError:
        shutil.rmtree(beside)
        if not place.is_dir():
            raise
