"""The two sides of a site benchmark: a site as we build it, and as plain JupyterLite builds it.

The peer is JupyterLite as its documentation tells a teacher to use it, from the same environment:
`jupyter lite build --contents DIR --output-dir OUT` in a folder whose `static/pyodide` holds the same
Pyodide and the same wheels (https://jupyterlite.readthedocs.io, "Configure the Pyodide kernel").
"""

import json
import os
import shutil
import sys
from pathlib import Path

from measure import Usage, run_command

REPOSITORY = Path(__file__).resolve().parents[1]
TRIMMED = ("--no-sourcemaps", "--no-unused-shared-packages", "--apps", "lab", "--apps", "notebooks")


class OurSide:
    """Builds sites into `folder`, which it makes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.site = folder / "_site"

    def build(self, contents: Path) -> Usage:
        """Build `contents`, using what the build before has left."""
        self._folder.mkdir(parents=True, exist_ok=True)
        door = [sys.executable, str(REPOSITORY / "build.py"), "build"]
        return run_command([*door, "--contents", str(contents), "--output", str(self.site)], self._folder)

    def build_afresh(self, contents: Path) -> Usage:
        """Build with no site before, and nothing remembered but downloads."""
        shutil.rmtree(self._folder, ignore_errors=True)
        return self.build(contents)


class PeerSide:
    """Builds plain JupyterLite sites into `folder`, which it makes, around the files in `pyodide`."""

    def __init__(self, folder: Path, pyodide: Path) -> None:
        self._folder = folder
        self._pyodide = pyodide
        self.site = folder / "_output"

    def build(self, contents: Path, *options: str) -> Usage:
        """Build `contents`, using what the build before has left."""
        command = [str(Path(sys.executable).with_name("jupyter-lite")), "build"]
        places = ["--contents", str(contents), "--output-dir", str(self.site)]
        return run_command([*command, *places, *options], self._folder)

    def build_afresh(self, contents: Path, *options: str) -> Usage:
        """Build with no site before: no output, no record of tasks done."""
        shutil.rmtree(self._folder, ignore_errors=True)
        shutil.copytree(self._pyodide, self._folder / "static" / "pyodide", copy_function=os.link)
        return self.build(contents, *options)


def collect_pyodide(site: Path, folder: Path) -> Path:
    """Put the Pyodide of a site of ours, which has one course, into `folder` as the peer wants it: flat.

    Wheels that JupyterLite's kernel extension carries to the site by itself are left out: no side has a file twice.
    """
    folder.mkdir(parents=True)
    for path in next((site / "_passerelle").glob("pyodide-*")).iterdir():
        shutil.copyfile(path, folder / path.name)
    own = {path.name for path in (Path(sys.prefix) / "share" / "jupyter" / "labextensions").rglob("*.whl")}
    (lock_path,) = site.glob("*/pyodide-lock.json")
    lock = json.loads(lock_path.read_bytes())
    for name, package in sorted(lock["packages"].items()):
        wheel = lock_path.parent / package["file_name"]
        if wheel.name in own:
            del lock["packages"][name]
        else:
            shutil.copyfile(wheel, folder / wheel.name)
            package["file_name"] = wheel.name
    (folder / "pyodide-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    return folder
