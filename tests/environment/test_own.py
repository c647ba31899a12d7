"""Our own package in the browser's Python is a wheel like any other."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

from lite_site.environment.own import MODULE, STARTUP, own_wheel
from lite_site.runtime.store import Store


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
    assert {f"{MODULE}/{name}.py" for name in ("startup", "hooks", "implied")} <= set(archive.namelist())


def test_the_build_can_ask_what_the_browser_runs_without_the_browser() -> None:
    code = "from lite_site.environment.browser_package.passerelle_browser.commands import can_run; print(can_run('ls'))"
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert asked.stdout == "True\n"
