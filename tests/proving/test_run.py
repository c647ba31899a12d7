import importlib.util
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psutil
import pytest

from lite_site.problems import BuildError
from lite_site.proving import run
from lite_site.proving.run import run_lessons, serving
from tests.aside import aside
from tests.proving.samples import Course

PROVE = """
import sys
from pathlib import Path
from lite_site.proving.prove import prove_site
from lite_site.report import SilentReport
from lite_site.settings import make_settings
try:
    prove_site(make_settings(contents=Path(sys.argv[1]), output=Path(sys.argv[2])), SilentReport())
except KeyboardInterrupt:
    print("stopped")
"""


def codes(caught: pytest.ExceptionInfo[BuildError]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def test_a_browser_that_is_not_there_is_a_problem_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="apt install chromium") as caught:
        aside(lambda: list(run_lessons(tmp_path, [], program=tmp_path / "chromium")))
    assert codes(caught) == ["prove-no-browser"]


def test_without_its_driver_a_browser_is_no_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "find_spec", lambda name: importlib.util.find_spec(f"{name}_that_is_not_installed"))
    with pytest.raises(BuildError, match="pip install") as caught:
        list(run_lessons(tmp_path, []))
    assert codes(caught) == ["prove-no-browser"]


def test_the_site_is_served_to_this_machine_only(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>Bonjour</p>")
    with serving(tmp_path) as origin:
        with urlopen(f"{origin}/", timeout=30) as answer:
            assert answer.read() == b"<p>Bonjour</p>"
        with pytest.raises(HTTPError) as refused:
            urlopen(Request(origin, headers={"Host": "example.org"}), timeout=30)
        refused.value.close()
    with pytest.raises(OSError, match="refused"):
        urlopen(f"{origin}/", timeout=5)


@pytest.mark.browser
def test_ctrl_c_leaves_no_browser_behind(tmp_path: Path) -> None:
    course = Course(tmp_path)
    course.lesson("01.ipynb", "while True:\n    pass")
    argv = [sys.executable, "-c", PROVE, str(course.contents), str(course.output)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True, start_new_session=True) as proving:
        started = wait_for_browser(proving.pid)
        os.killpg(proving.pid, signal.SIGINT)
        assert proving.communicate(timeout=60)[0] == "stopped\n"
    assert psutil.wait_procs(started, timeout=60)[1] == []


def wait_for_browser(pid: int) -> list[psutil.Process]:
    """All that a process started, once a page of the browser is among it."""
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        started = psutil.Process(pid).children(recursive=True)
        if any("--type=renderer" in " ".join(_argv(child)) for child in started):
            return started
        time.sleep(0.2)
    pytest.fail("no browser was started")


def _argv(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []
