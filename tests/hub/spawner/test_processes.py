import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from fallback_hub.hub.accounts import Account
from fallback_hub.hub.processes import RUN, Listeners, born, end_run, is_same, start_process

ME = Account("me", os.geteuid(), os.getegid(), (), Path("/"), "/bin/sh")


def test_what_a_server_started_is_ended_with_it_even_in_sessions_of_its_own(tmp_path: Path) -> None:
    code = (
        "import subprocess, sys, time\n"
        "subprocess.Popen(['sh', '-c', 'sleep 61 & setsid sleep 62 & wait'], start_new_session=True)\n"
        "time.sleep(60)\n"
    )
    with (tmp_path / "log").open("wb") as log:
        server = start_process(
            [sys.executable, "-c", code], {RUN: "abc123", "PATH": os.environ["PATH"]}, ME, log.fileno()
        )
    other = subprocess.Popen(["sleep", "63"], env={RUN: "another"})
    try:
        until = time.monotonic() + 60
        while len(marked("abc123")) < 4 and time.monotonic() < until:
            time.sleep(0.05)
        server.kill()
        server.wait()
        assert len(marked("abc123")) == 3  # nobody's children now
        assert end_run("abc123", ME.uid, whole_account=False) >= 3
        assert marked("abc123") == []
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def marked(run: str) -> list[int]:
    found = []
    for process in psutil.process_iter():
        try:
            if process.status() != psutil.STATUS_ZOMBIE and process.environ().get(RUN) == run:
                found.append(process.pid)
        except psutil.Error:
            continue
    return found


def test_a_number_given_again_is_another_process() -> None:
    process = subprocess.Popen(["sleep", "60"])
    try:
        assert is_same(process.pid, born(process.pid))
        assert not is_same(process.pid, born(process.pid) - 100)
    finally:
        process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert not is_same(process.pid, born(process.pid))  # a corpse that nobody buried
    process.wait()
    assert born(process.pid) == 0


def test_a_server_gets_its_variables_its_log_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONFIGPROXY_AUTH_TOKEN", "secret")
    with (tmp_path / "log").open("wb") as log, (tmp_path / "hubs").open("wb") as secret_file:
        os.set_inheritable(secret_file.fileno(), True)
        code = (
            "import os; print(sorted(os.environ), sorted(os.listdir('/proc/self/fd')), oct(os.umask(0)), "
            "os.getsid(0) == os.getpid())"
        )
        server = start_process([sys.executable, "-I", "-c", code], {"A": "1"}, ME, log.fileno())
        assert server.wait(60) == 0
    said = (tmp_path / "log").read_text()
    assert "secret" not in said
    assert said.startswith("['A'")
    assert "'0', '1', '2', '3']" in said  # the last one lists the folder itself
    assert "0o77 True" in said


def test_a_machine_that_doesnt_say_is_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fallback_hub.hub.processes.TCP_TABLE", tmp_path / "gone")
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        assert Listeners(0).owner(one.getsockname()[1]) is None
        one.listen()
        assert Listeners(0).owner(one.getsockname()[1]) == os.geteuid()


def test_whose_port_it_is_is_known_before_a_token_is_sent_there() -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
        assert Listeners(0).owner(port) is None
        one.listen()
        assert Listeners(0).owner(port) == os.geteuid()
    if os.geteuid() == 0:
        code = "import socket,time; s=socket.socket(); s.bind(('127.0.0.1', {port})); s.listen(); time.sleep(60)"
        stranger = subprocess.Popen(["/usr/bin/python3", "-c", code.format(port=port)], user=65534)
        try:
            until = time.monotonic() + 60
            while Listeners(0).owner(port) is None and time.monotonic() < until:
                time.sleep(0.05)
            assert Listeners(0).owner(port) == 65534
        finally:
            stranger.kill()
            stranger.wait()
