"""Kernels that start from memory made at build: as good as any, and there where that memory isn't."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import OpenWindow
from tests.browser.driving import LessonPage, Window
from tests.browser.hosting import StaticHost

pytestmark = pytest.mark.browser

COURSE, LESSON = "python-premiers-pas", "01-variables.ipynb"
KERNEL = "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel"
RUN = f"""code => new Promise((resolve) => {{
  const future = {KERNEL}.requestExecute({{ code }});
  const said = [];
  future.onIOPub = ({{ content }}) => said.push(
    content.text ?? content.data?.['text/plain'] ?? content.evalue ?? '', ...Object.keys(content.data ?? {{}})
  );
  future.done.then(() => resolve(said.join('')));
}})"""
COMPLETE = (
    f"code => {KERNEL}.requestComplete({{ code, cursor_pos: code.length }}).then(({{ content }}) => content.matches)"
)
PLAINLY = "Python starts without its snapshot"
CHECKS = """
import os, sys, time
before = time.time(); time.sleep(0.2); slept = time.time() - before
assert 0.2 <= slept < 5, slept
assert time.tzname == ("UTC+0545", "UTC+0545") and time.timezone == -20700, time.tzname
assert time.strftime("%z") == "+0545"
assert abs(time.time() - NOW) < 3600, time.time()
assert os.environ["LANG"] == "fr_FR.UTF-8" and os.environ["PASSERELLE_LANGUAGE"] == "fr"
assert sys.path[0] == "" and sys.path.count("") == 1
assert __name__ == "__main__" and sys.modules["__main__"].__dict__ is globals()
assert os.getcwd() == "/drive" and str(_dh[0]) == "/drive"
import asyncio
from pyodide.ffi import run_sync
assert run_sync(asyncio.sleep(0.01, "waited")) == "waited"
import micropip
assert "numpy" in micropip._compat.compatibility_layer.lockfile_packages
assert micropip._compat.compatibility_layer.lockfile_base_url.endswith("/python-premiers-pas/")
print("all well")
"""


def run(lesson: LessonPage, code: str) -> str:
    """What `code` says and gives in the lesson's kernel."""
    return str(lesson.page.evaluate(RUN, code))


def opened(window: Window, site: str) -> LessonPage:
    lesson = window.open_lesson(f"{site}{COURSE}/", LESSON)
    lesson.wait_for_kernel()
    return lesson


def listen(window: Window) -> list[str]:
    """What kernels say to the console about how they start."""
    said: list[str] = []
    window.context.on("console", lambda message: said.append(message.text) if PLAINLY in message.text else None)
    return said


def wheels_asked_for(host: StaticHost) -> list[str]:
    return [visit.address for visit in host.visits if visit.address.endswith(".whl")]


def test_a_restored_kernel_does_what_any_does(built_site: Path, open_window: OpenWindow) -> None:
    with StaticHost({"/": built_site}) as own:
        window = open_window(timezone_id="Asia/Kathmandu")
        said = listen(window)
        lesson = opened(window, f"{own.origin}/")
        assert run(lesson, "1 + 1") == "2text/plain"
        assert wheels_asked_for(own) == [], "the kernel's packages come with its memory"
        now = lesson.page.evaluate("Date.now() / 1000")
        assert run(lesson, CHECKS.replace("NOW", repr(now))) == "all well\n"
        assert run(lesson, "!ls data")
        assert run(lesson, "1 / 0") == "division by zero"
        assert run(lesson, "%pip install numpy").endswith("est là.\n")
        plotted = run(lesson, "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()")
        assert "image/png" in plotted
        assert run(lesson, "import numpy; print(numpy.arange(3).sum())") == "3\n"
        assert "capitalize" in lesson.page.evaluate(COMPLETE, "word = 'a'\nword.capi")
        chance = run(lesson, "import random; print(random.random())")
        assert run(opened(window, f"{own.origin}/"), "import random; print(random.random())") != chance
        assert said == []
        assert window.said == []


def corrupt(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.unlink()
    file.write_bytes(content)


def truncate(file: Path) -> None:
    content = file.read_bytes()
    file.unlink()
    file.write_bytes(content[: len(content) // 2])


@pytest.mark.parametrize(
    ("part", "damage"),
    [
        ("memory.bin", Path.unlink),
        ("memory.bin", truncate),
        ("files.bin", corrupt),
        ("snapshot.json", corrupt),
    ],
)
def test_without_its_memory_whole_a_kernel_starts_as_ever(
    built_site: Path, tmp_path: Path, open_window: OpenWindow, part: str, damage: Callable[[Path], Any]
) -> None:
    site = tmp_path / "site"
    shutil.copytree(built_site, site, copy_function=os.link)
    (file,) = (site / "_passerelle").glob(f"snapshot-*/{part}")
    damage(file)
    with StaticHost({"/": site}) as host:
        window = open_window()
        said = listen(window)
        lesson = opened(window, f"{host.origin}/")
        assert run(lesson, "1 + 1") == "2text/plain"
        assert any("ipython" in address for address in wheels_asked_for(host))
        assert len(said) == 1
