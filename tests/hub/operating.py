"""A hub as an operator runs it: with `passerelle hub …`, each command a process of its own."""

import json
import os
import pwd
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from fallback_hub.running.state import Record, StateFolder

from .running import free_ports
from .sites import write_course_json

WITHIN = 90.0
SIX = "six==1.17.0 --hash=sha256:4721f391ed90541fddacab5acf947aa0d3dc7d27b2e1e8eda2be8970586c3274\n"


@dataclass
class Operator:
    """Somebody at a terminal, with a hub.toml; `admin` is a name no other hub of this machine has."""

    folder: Path
    url: str
    admin: str
    said: list[str] = field(default_factory=list)

    @property
    def config(self) -> Path:
        """Their hub.toml."""
        return self.folder / "hub.toml"

    @property
    def state(self) -> StateFolder:
        """Their hub's state folder."""
        return StateFolder(self.folder / "state")

    @property
    def record(self) -> Record:
        """What the supervisor says of itself."""
        record = self.state.read()
        assert record is not None
        return record

    def run(self, command: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """One command, to its end; nothing it says may be a traceback."""
        argv = [sys.executable, "-m", "lite_site", "hub", command, "--config", str(self.config), *arguments]
        done = subprocess.run(argv, capture_output=True, text=True, timeout=240, check=False)
        assert "Traceback" not in done.stderr, done.stderr
        self.said.append(done.stdout)
        return done

    def do(self, command: str, *arguments: str) -> str:
        """One command that must succeed; what it said."""
        done = self.run(command, *arguments)
        assert done.returncode == 0, f"{done.stdout}{done.stderr}{self.logs()}"
        return done.stdout

    def status(self) -> dict[str, object]:
        """What `status --json` says."""
        told: dict[str, object] = json.loads(self.run("status", "--json").stdout)
        return told

    def pid(self, part: str) -> int:
        """The process of the hub or the proxy."""
        mark = self.record.parts[part].mark
        assert mark is not None
        return mark.pid

    def await_standing(self, **restarts: int) -> None:
        """Wait until all parts run, each at least as often restarted as said."""
        deadline = time.monotonic() + WITHIN
        while time.monotonic() < deadline:
            parts = self.record.parts
            if all(part.state == "running" for part in parts.values()) and all(
                parts[name].restarts >= count for name, count in restarts.items()
            ):
                return
            time.sleep(0.1)
        raise AssertionError(f"They don't stand: {self.record}{self.logs()}")

    def logs(self) -> str:
        """The end of every log."""
        texts = (f"\n== {path.name}\n{path.read_text(errors='replace')[-3000:]}" for path in self.state.logs.glob("*"))
        return "".join(texts)

    @contextmanager
    def browser(self, password: str) -> Iterator[httpx.Client]:
        """A browser signed in as the administrator."""
        with httpx.Client(base_url=self.url, timeout=60, trust_env=False, follow_redirects=True) as client:
            client.get("hub/login")
            form = {"username": self.admin, "password": password, "_xsrf": client.cookies.get("_xsrf", path="/hub/")}
            assert client.post("hub/login", data=form).url.path == "/hub/home"
            client.headers["Referer"] = f"{self.url}hub/home"
            yield client

    def start_server(self, browser: httpx.Client, course: str) -> str:
        """Have the hub start a server; the address of its API."""
        xsrf = {"_xsrf": browser.cookies.get("_xsrf", path="/hub/")}
        asked = browser.post(f"hub/api/users/{self.admin}/servers/{course}", json={}, params=xsrf)
        assert asked.status_code in {201, 202}, asked.text
        deadline = time.monotonic() + 2 * WITHIN
        while time.monotonic() < deadline:
            server = browser.get("hub/api/user").json()["servers"].get(course)
            if not server:
                break
            if server["ready"]:
                return f"{self.url}user/{self.admin}/{course}/api"
            time.sleep(0.5)
        raise AssertionError(f"The server didn't start.{self.logs()}")


@contextmanager
def operating(*, toml: str = "") -> Iterator[Operator]:
    """An operator in a folder that every account may read; whatever they start is ended."""
    folder = Path(tempfile.mkdtemp(prefix="passerelle-test-", dir="/var/tmp"))
    folder.chmod(0o755)
    write_course(folder / "_site" / "statistics")
    ports = free_ports(2)
    operator = Operator(folder, f"http://127.0.0.1:{ports[1]}/", f"adm{secrets.token_hex(3)}")
    operator.config.write_text(
        f'site = "_site"\nsite_url = "http://127.0.0.1:{ports[0]}/"\nurl = "{operator.url}"\n'
        f'environments = "{folder / "environments"}"\n{toml}\n[sign_in]\nadmins = ["{operator.admin}"]\n'
    )
    try:
        yield operator
    finally:
        operator.run("stop")
        shutil.rmtree(folder, ignore_errors=True)
        remove_accounts(operator.admin)


def write_course(folder: Path) -> None:
    """A built course whose environment is one small package: enough for a server, quick to make."""
    (folder / "environment").mkdir(parents=True)
    (folder / "environment" / "requirements.txt").write_text(SIX)
    environment = {
        "requirements": "environment/requirements.txt",
        "lock_sha256": "0" * 64,
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
    }
    write_course_json(folder, environment=environment)


def remove_accounts(end: str) -> None:
    """Remove the machine's accounts that the spawner made for people whose names end so."""
    if os.geteuid() == 0:
        for account in [entry.pw_name for entry in pwd.getpwall() if entry.pw_name.endswith(end)]:
            subprocess.run(["userdel", "--remove", account], capture_output=True, check=False)
