"""The gateway as JupyterHub starts it: a process, its environment, its signals and its log."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from fallback_hub.gateway.bodies import BODY_SECONDS
from fallback_hub.gateway.serving import open_socket
from tests.hub.gateway.conftest import COURSE, PREFIX, SITE, VERIFIER, environment, write_site, write_toml
from tests.hub.gateway.fake_hub import FakeHub
from tests.hub.gateway.serving import plain_server, served
from tests.hub.running import free_ports

COMMAND = [sys.executable, "-m", "fallback_hub.gateway"]


def surroundings(folder: Path, hub_url: str, secret: str, port: int) -> dict[str, str]:
    write_toml(folder)
    return {**os.environ, **environment(folder, hub_url, secret, f"http://127.0.0.1:{port}")}


def wait_for(url: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            httpx.get(f"{url}health", trust_env=False).raise_for_status()
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the gateway didn't start")


def wait_until_closed(url: str) -> None:
    """Wait until the gateway, which is ending, takes no further request."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", httpx.URL(url).port or 0)).close()
        except ConnectionRefusedError:
            return
        time.sleep(0.02)
    pytest.fail("the gateway goes on")


@contextmanager
def gateway(folder: Path, hub: FakeHub) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    (port,) = free_ports(1)
    with served(plain_server(hub.app())) as hub_url:
        env = surroundings(folder, hub_url, hub.secret, port)
        with subprocess.Popen(COMMAND, env=env, stderr=subprocess.PIPE, text=True) as process:
            try:
                url = f"http://127.0.0.1:{port}{PREFIX}"
                wait_for(url)
                yield process, url
            finally:
                process.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_in_order_and_its_log_keeps_no_secret(tmp_path: Path, number: signal.Signals) -> None:
    write_site(tmp_path, COURSE)
    hub = FakeHub(mood="thoughtful")
    code = hub.authorize("alice", VERIFIER)
    body = {"code": code, "code_verifier": VERIFIER, "redirect_uri": hub.redirect_uri}
    answers: list[httpx.Response] = []
    with gateway(tmp_path, hub) as (process, url):
        page = httpx.Client(headers={"Origin": SITE}, timeout=60, trust_env=False)
        ask = threading.Thread(target=lambda: answers.append(page.post(f"{url}bridge/token", json=body)))
        ask.start()
        hub.await_exchange()
        process.send_signal(number)
        wait_until_closed(url)
        hub.may_answer.set()
        _, told = process.communicate(timeout=30)
        ask.join(30)
        page.close()
        assert process.returncode == 0
    assert [answer.status_code for answer in answers] == [200]
    lines = [json.loads(line) for line in told.splitlines()]
    assert {"time", "level", "logger", "event"} <= set.intersection(*(set(line) for line in lines))
    assert [line["status"] for line in lines if line.get("route") == "bridge/token"] == [200]
    for secret in (code, VERIFIER, answers[0].json()["access_token"], hub.secret, "alice"):
        assert secret not in told


def test_a_request_that_hangs_is_cut_off(tmp_path: Path) -> None:
    hub = FakeHub(mood="slow")
    with gateway(tmp_path, hub) as (process, url):
        with socket.create_connection(("127.0.0.1", httpx.URL(url).port or 0)) as line:
            head = f"POST {PREFIX}bridge/token HTTP/1.1\r\nHost: h\r\nOrigin: {SITE}\r\nContent-Length: 9\r\n"
            line.sendall(f"{head}Content-Type: application/json\r\n\r\n{{".encode())
            httpx.get(f"{url}health", trust_env=False)  # answered after what came before it
            process.terminate()
            process.wait(BODY_SECONDS - 1)
        assert process.returncode == 0


def test_it_ends_with_whoever_started_it(tmp_path: Path) -> None:
    (port,) = free_ports(1)
    env = surroundings(tmp_path, "http://127.0.0.1:1", "x", port)
    starter = "import subprocess, sys, time; print(subprocess.Popen(sys.argv[1:]).pid, flush=True); time.sleep(60)"
    with subprocess.Popen(
        [sys.executable, "-c", starter, *COMMAND], env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        try:
            wait_for(f"http://127.0.0.1:{port}{PREFIX}")
            parent.kill()
            parent.wait(30)
            child.wait(30)
        finally:
            parent.kill()
            if child.is_running():
                child.kill()
    with socket.create_server(("127.0.0.1", port)):
        pass


def test_what_is_missing_is_told_and_nothing_starts(tmp_path: Path) -> None:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTERHUB", "PASSERELLE"))}
    ended = subprocess.run(COMMAND, env=env, capture_output=True, text=True, check=False, timeout=30)
    assert ended.returncode == 2
    lines = [json.loads(line) for line in ended.stderr.splitlines()]
    assert [line["problem"]["place"] for line in lines] == [
        "environment, JUPYTERHUB_API_TOKEN",
        "environment, JUPYTERHUB_API_URL",
        "environment, JUPYTERHUB_SERVICE_PREFIX",
        "environment, JUPYTERHUB_SERVICE_URL",
        "environment, PASSERELLE_HUB_CONFIG",
    ]
    assert "Traceback" not in ended.stderr


def test_a_port_that_gets_free_is_taken() -> None:
    taken = socket.create_server(("127.0.0.1", 0))
    address = ("127.0.0.1", taken.getsockname()[1])
    threading.Timer(0.5, taken.close).start()
    with open_socket(address, seconds=10) as listener:
        assert listener.getsockname() == address


def test_a_port_that_stays_taken_is_an_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        open_socket(("127.0.0.1", taken.getsockname()[1]), seconds=0.3)
