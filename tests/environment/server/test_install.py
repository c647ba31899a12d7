"""A declaration becomes a lock, the lock an environment, and everything declared imports in it."""

import subprocess
import sys
import venv
from pathlib import Path

import pytest

from lite_site.environment.server.export import as_requirements
from lite_site.environment.server.resolve import resolve_server
from lite_site.runtime.uv import Uv

from .recorded import BROWSER, wanted

PYTHON = ".".join(map(str, sys.version_info[:2]))


@pytest.mark.registry
@pytest.mark.timeout(900)
def test_the_lock_installs_with_plain_pip_and_imports(tmp_path: Path) -> None:
    resolution = resolve_server(wanted("numpy", "docopt", "tabulate"), PYTHON, BROWSER, run=Uv(tmp_path / "uv").compile)
    requirements = tmp_path / "requirements.txt"
    requirements.write_text(as_requirements(resolution.packages, PYTHON), encoding="utf-8")
    venv.create(tmp_path / "venv", with_pip=True)
    python = str(tmp_path / "venv" / "bin" / "python")
    install = [python, "-m", "pip", "install", "-q", "--no-input", "--require-hashes", "-r", str(requirements)]
    installed = subprocess.run(install, capture_output=True, text=True, check=False)
    assert installed.returncode == 0, installed.stderr
    told = "import numpy, docopt, tabulate, ipykernel; print(numpy.__version__)"
    ran = subprocess.run([python, "-c", told], capture_output=True, text=True, check=False)
    assert ran.stdout.strip() == BROWSER["numpy"], ran.stderr
    checked = subprocess.run([python, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
