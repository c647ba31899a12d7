import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

import psutil
import pytest

from fallback_hub.running.ending import end_part, end_servers, end_services
from fallback_hub.running.processes import crowd_of, end, exit_code, family_of, find, mark_of
from tests.alive import is_alive

HUB, OTHER = "http://127.0.0.1:11", "http://127.0.0.1:12"
SLEEP = r"import os, time; os.write(1, b'up\n'); time.sleep(60)"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);" + SLEEP

Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts Python processes that stand when it returns; none outlives the test."""
    begun: list[subprocess.Popen[bytes]] = []

    def begin(code: str = SLEEP, **environment: str) -> "subprocess.Popen[bytes]":
        started = subprocess.Popen(
            [sys.executable, "-c", code],
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        begun.append(started)
        assert started.stdout is not None
        assert started.stdout.readline() == b"up\n"
        return started

    yield begin
    for started in begun:
        with suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
        started.wait()
        if started.stdout:
            started.stdout.close()


def command_of(started: "subprocess.Popen[bytes]") -> tuple[str, ...]:
    assert isinstance(started.args, list)
    return tuple(started.args)


def test_a_process_is_found_by_its_mark_and_no_other(start: Start) -> None:
    started = start()
    mark = mark_of(started.pid, command_of(started))
    assert find(mark) == psutil.Process(started.pid)
    assert find(replace(mark, born=mark.born + 1)) is None
    assert find(replace(mark, command=("python", "-c", "something else"))) is None
    assert find(None) is None


def test_a_process_that_ended_is_not_found_even_before_its_parent_looked(start: Start) -> None:
    started = start()
    mark = mark_of(started.pid, command_of(started))
    started.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 30
    while psutil.Process(started.pid).status() != psutil.STATUS_ZOMBIE and time.monotonic() < deadline:
        time.sleep(0.01)
    assert find(mark) is None
    started.wait()
    assert find(mark) is None


def test_exit_codes(start: Start) -> None:
    running = psutil.Popen([sys.executable, "-c", "raise SystemExit(3)"])
    running.wait()
    assert exit_code(running) == 3
    alive = start()
    assert exit_code(psutil.Process(alive.pid)) is None
    alive.send_signal(signal.SIGKILL)
    alive.wait()
    assert exit_code(psutil.Process()) is None


def test_who_does_not_listen_is_ended_all_the_same(start: Start) -> None:
    gentle, stubborn = start(), start(STUBBORN)
    both = [psutil.Process(gentle.pid), psutil.Process(stubborn.pid)]
    end(both, seconds=0.5)
    assert not any(is_alive(process) for process in both)


def test_ending_what_has_ended_is_no_trouble(start: Start) -> None:
    started = start()
    process = psutil.Process(started.pid)
    end([process])
    end([process])
    assert family_of(process) == []


def test_a_hub_is_known_by_what_it_started_and_no_other_hub_is(start: Start) -> None:
    server = start(JUPYTERHUB_API_URL=f"{HUB}/hub/api", JUPYTERHUB_SERVICE_PREFIX="/user/alice/rna/")
    kernel = start(JUPYTERHUB_API_URL=f"{HUB}/hub/api", JUPYTERHUB_SERVICE_PREFIX="/user/alice/rna/")
    second = start(JUPYTERHUB_API_URL=f"{HUB}/hub/api", JUPYTERHUB_SERVICE_PREFIX="/user/bob/rna/")
    gateway = start(JUPYTERHUB_API_URL=f"{HUB}/hub/api", JUPYTERHUB_SERVICE_NAME="passerelle")
    start(JUPYTERHUB_API_URL=f"{OTHER}/hub/api", JUPYTERHUB_SERVICE_PREFIX="/user/eve/rna/")
    start(JUPYTERHUB_API_URL=f"{HUB}1/hub/api")
    crowd = crowd_of(HUB)
    assert {process.pid for process in crowd.servers} == {server.pid, kernel.pid, second.pid}
    assert {process.pid for process in crowd.services} == {gateway.pid}
    assert len(crowd.addresses) == 2


def test_services_and_servers_end_apart(start: Start) -> None:
    server = start(STUBBORN, JUPYTERHUB_API_URL=f"{HUB}/hub/api", JUPYTERHUB_SERVICE_PREFIX="/user/alice/rna/")
    gateway = start(JUPYTERHUB_API_URL=f"{HUB}/hub/api", JUPYTERHUB_SERVICE_NAME="passerelle")
    end_services(HUB)
    assert gateway.poll() is not None
    assert server.poll() is None
    assert end_servers(HUB) == 1
    assert server.poll() is not None
    assert end_servers(HUB) == 0


def test_a_hub_that_is_ended_takes_its_helpers_but_no_servers(start: Start) -> None:
    """The helper carries no mark; the server does, and is the hub's child as well."""
    hub = start(
        "import os, subprocess, sys\n"
        f"helper = subprocess.Popen([sys.executable, '-c', {SLEEP!r}], start_new_session=True)\n"
        f"mark = {{'JUPYTERHUB_API_URL': '{HUB}/hub/api', 'JUPYTERHUB_SERVICE_PREFIX': '/user/alice/rna/'}}\n"
        f"server = subprocess.Popen([sys.executable, '-c', {SLEEP!r}], env={{**os.environ, **mark}})\n"
        "server.wait()"
    )
    assert hub.stdout is not None
    assert hub.stdout.readline() == b"up\n"
    family = family_of(psutil.Process(hub.pid))
    (server,) = crowd_of(HUB).servers
    (helper,) = [process for process in family if process != server]
    try:
        end_part(psutil.Process(hub.pid), HUB)
        assert hub.poll() is not None
        assert not is_alive(helper)
        assert is_alive(server)
    finally:
        end([helper, server])
