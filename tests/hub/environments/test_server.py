import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from fallback_hub.environments import server
from fallback_hub.environments.progress import BuildStep
from fallback_hub.environments.server import ensure_own_code, ensure_server_command

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


def ignore(_step: BuildStep) -> None:
    return None


def test_our_own_code_runs_as_a_program_and_is_copied_once(tmp_path: Path) -> None:
    code = ensure_own_code(tmp_path)
    assert ensure_own_code(tmp_path) == code
    assert not (code / "fallback_hub" / "gateway").exists()
    assert (code / "fallback_hub/words/messages/fr.po").stat().st_mode & 0o777 == 0o644
    # without its environment variables it says which one is missing: it was found and started
    ended = subprocess.run(
        [sys.executable, "-I", code], capture_output=True, text=True, check=False, env={"PATH": "/usr/bin"}
    )
    assert "PASSERELLE_COURSE" in ended.stderr


def test_one_person_uses_the_hubs_own_python(tmp_path: Path) -> None:
    command = asyncio.run(ensure_server_command(tmp_path, ignore, everyone=False))
    assert command == (sys.executable, "-I", "-m", "fallback_hub.singleuser")
    assert not any(tmp_path.iterdir())


def test_an_open_installation_isnt_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "is_open", lambda _path: True)
    assert asyncio.run(ensure_server_command(tmp_path, ignore, everyone=True))[0] == sys.executable
