"""One hub's life: the tests follow each other on the same hub, and each leaves it standing."""

import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest

from fallback_hub.running.health import ask
from fallback_hub.running.processes import crowd_of
from tests.hub.operating import Operator, operating
from tests.until import until

pytestmark = pytest.mark.registry


@dataclass
class Life:
    """The operator, and a person's server that answers at `server`."""

    operator: Operator
    password: str
    server: str

    @property
    def server_answers(self) -> bool:
        return httpx.get(self.server, trust_env=False, timeout=20).status_code == 200

    @property
    def services(self) -> list[str]:
        """The command lines of the hub's services that run; it starts them once it runs itself."""
        addresses = self.operator.state.addresses()
        assert addresses is not None
        return [" ".join(process.cmdline()) for process in crowd_of(addresses.hub).services]


def is_alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.fixture(scope="module")
def life() -> Iterator[Life]:
    with operating() as operator:
        said = operator.do("start")
        found = re.search(rf"First admin: {operator.admin}   password: (\S+)\n", said)
        assert found, said
        assert said.endswith(f"The hub runs: {operator.url}\n")
        with operator.browser(found[1]) as browser:
            server = operator.start_server(browser, "statistics")
        yield Life(operator, found[1], server)


def test_what_runs_is_told(life: Life) -> None:
    status = life.operator.status()
    assert status["running"] is status["answers"] is status["gateway"] is True
    assert status["servers"] == 1
    assert status["url"] == life.operator.url
    said = life.operator.do("status")
    assert re.search(r"  proxy   running, since \d{4}-\d\d-\d\d \d\d:\d\d\n", said)
    assert "  servers 1\n" in said


def test_a_second_start_says_so_and_the_password_is_said_no_more(life: Life) -> None:
    before = life.operator.record
    assert life.operator.do("start") == f"The hub already runs: {life.operator.url}\n"
    assert json.loads(life.operator.do("start", "--json")) == {"ok": True, "url": life.operator.url, "already": True}
    assert life.operator.record == before


def test_nobody_else_reads_its_state_and_the_password_is_nowhere(life: Life) -> None:
    state = life.operator.state.path
    assert stat.S_IMODE(state.stat().st_mode) == 0o700
    files = [path for path in state.rglob("*") if path.is_file()]
    assert not any(life.password.encode() in path.read_bytes() for path in files)
    assert life.password not in "".join(map(str, (psutil.Process(life.operator.pid("hub")).cmdline(), os.environ)))


def test_secrets_are_on_no_command_line(life: Life) -> None:
    state = life.operator.state
    tokens = [state.secret(name, fresh=False) for name in ("proxy-token", "supervisor-token")]
    lines = [" ".join(process.info["cmdline"] or ()) for process in psutil.process_iter(["cmdline"])]
    assert not any(token in line for token in tokens for line in lines)


def test_parts_listen_on_this_machine_only(life: Life) -> None:
    family = psutil.Process(life.operator.record.supervisor).children(recursive=True)
    listening = {
        connection.laddr.ip
        for process in family
        for connection in process.net_connections("tcp")
        if connection.status == psutil.CONN_LISTEN
    }
    assert listening == {"127.0.0.1"}


def test_the_proxys_api_wants_its_secret(life: Life) -> None:
    addresses = life.operator.state.addresses()
    assert addresses is not None
    assert ask(f"{addresses.proxy_api}/api/routes") == 403


def test_restart_is_a_new_hub_under_the_same_proxy_and_server(life: Life) -> None:
    supervisor, proxy, hub = life.operator.record.supervisor, life.operator.pid("proxy"), life.operator.pid("hub")
    assert life.operator.do("restart") == f"The hub runs anew: {life.operator.url}\n"
    assert (life.operator.record.supervisor, life.operator.pid("proxy")) == (supervisor, proxy)
    assert life.operator.pid("hub") != hub
    assert not is_alive(hub)
    assert life.server_answers


def test_restart_refuses_settings_with_faults_and_all_stands(life: Life) -> None:
    text = life.operator.config.read_text()
    life.operator.config.write_text(text.replace('url = "', 'url = "x', 1).replace("admins", "admin"))
    try:
        hub = life.operator.pid("hub")
        done = life.operator.run("restart")
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) >= 2, "all problems at once"
        assert life.operator.pid("hub") == hub
        assert life.operator.status()["answers"], "status needs no sound hub.toml"
    finally:
        life.operator.config.write_text(text)


def test_a_hub_that_dies_comes_back_and_finds_its_servers(life: Life) -> None:
    restarts = life.operator.record.parts["hub"].restarts
    os.kill(life.operator.pid("hub"), signal.SIGKILL)
    time.sleep(0.7)
    assert life.server_answers, "the proxy goes on"
    life.operator.await_standing(hub=restarts + 1)
    assert life.server_answers
    assert until(lambda: "gateway" in str(life.services))
    assert len([command for command in life.services if "gateway" in command]) == 1
    with life.operator.browser(life.password) as browser:
        assert until(lambda: browser.get("hub/api/user").json()["servers"]["statistics"]["ready"])
    said = life.operator.do("status")
    assert "ended and started again: 1, last by signal 9" in said
    assert "The hub ended (signal 9)" in life.operator.state.log("supervisor").read_text()


def test_a_proxy_that_dies_comes_back_with_its_routes(life: Life) -> None:
    os.kill(life.operator.pid("proxy"), signal.SIGKILL)
    time.sleep(0.7)
    life.operator.await_standing(proxy=1)
    assert until(lambda: life.server_answers)


def test_after_a_killed_supervisor_the_next_start_takes_over_and_nothing_is_twice(life: Life) -> None:
    proxy, hub = life.operator.pid("proxy"), life.operator.pid("hub")
    os.kill(life.operator.record.supervisor, signal.SIGKILL)
    done = life.operator.run("status")
    assert done.returncode == 1
    assert done.stdout == "The hub isn't running. People's servers still up: 1. Start it: passerelle hub start.\n"
    assert life.server_answers

    assert life.operator.do("start") == f"The hub runs: {life.operator.url}\n"
    assert life.operator.pid("proxy") == proxy
    assert not is_alive(hub)
    assert life.server_answers
    config = str(life.operator.config)
    supervisors = [p for p in psutil.process_iter(["cmdline"]) if config in (p.info["cmdline"] or ())]
    assert [process.pid for process in supervisors] == [life.operator.record.supervisor]


def test_servers_may_stay_while_the_hub_is_away(life: Life) -> None:
    parts = [life.operator.pid(name) for name in ("proxy", "hub")]
    said = life.operator.do("stop", "--keep-servers")
    assert said == "Stopped. Servers left up: 1; the next start finds them again.\n"
    assert not any(map(is_alive, parts))
    assert life.operator.status() == {"running": False, "answers": False, "gateway": False, "servers": 1}
    life.operator.do("start")
    assert until(lambda: life.server_answers), "the hub tells its new proxy of the server once it runs itself"


def test_stop_leaves_nothing(life: Life) -> None:
    addresses = life.operator.state.addresses()
    assert addresses is not None
    crowd = crowd_of(addresses.hub)
    record = life.operator.record
    everything = [record.supervisor, *(mark.pid for part in record.parts.values() if (mark := part.mark))]
    everything += [process.pid for process in (*crowd.servers, *crowd.services)]
    assert len(crowd.servers) >= 1
    assert life.operator.do("stop") == "Stopped, with 1 server.\n"
    assert not [pid for pid in everything if is_alive(pid)]
    assert life.operator.do("stop") == "The hub wasn't running.\n"
    life.operator.do("start")


def test_what_three_kills_left_is_ended_by_stop(life: Life) -> None:
    assert until(lambda: len(life.services) > 1)
    pids = [life.operator.record.supervisor, life.operator.pid("hub"), life.operator.pid("proxy")]
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    addresses = life.operator.state.addresses()
    assert addresses is not None
    left = [process.pid for process in crowd_of(addresses.hub).services]
    assert left
    life.operator.do("stop")
    assert not [pid for pid in (*pids, *left) if is_alive(pid)]
    life.operator.do("start")


def test_in_the_foreground_a_signal_ends_it(life: Life) -> None:
    life.operator.do("stop")
    command = ["hub", "start", "--foreground", "--config", str(life.operator.config)]
    with subprocess.Popen([sys.executable, "-m", "lite_site", *command], stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            assert running.stdout.readline() == f"The hub runs: {life.operator.url}\n"
            assert until(lambda: len(psutil.Process(running.pid).children(recursive=True)) >= 3)
            family = psutil.Process(running.pid).children(recursive=True)
            running.send_signal(signal.SIGINT)
            assert running.wait(60) == 0
            assert not [process for process in family if is_alive(process.pid)]
        finally:
            running.kill()
    life.operator.do("start")


def test_a_busy_port_is_a_sentence_and_nothing_is_left() -> None:
    with operating() as operator, socket.create_server(("127.0.0.1", int(operator.url.rpartition(":")[2][:-1]))):
        done = operator.run("start")
        assert done.returncode == 1
        assert re.fullmatch(
            r"\S+/hub\.toml, bind: Port \d+ of 127\.0\.0\.1 is in use by another program\. .*\n", done.stderr
        )
        assert not operator.state.is_held()


def test_a_hub_that_cannot_start_is_a_sentence_with_its_last_words_and_nothing_is_left() -> None:
    with operating() as operator:
        operator.state.ensure()
        (operator.state.path / "hub.sqlite").mkdir()
        done = operator.run("start")
        assert done.returncode == 1
        assert re.search(r"state/logs/hub\.log: The hub ended at once \(exit code 1\)\. Its last words: .", done.stderr)
        assert operator.status()["running"] is False
        assert not [p for p in psutil.process_iter(["environ"]) if str(operator.folder) in str(p.info["environ"])]


def test_no_site_is_a_sentence_and_no_state_is_made() -> None:
    with operating() as operator:
        operator.config.write_text(operator.config.read_text().replace("_site", "_nowhere"))
        done = operator.run("start", "--json")
        assert done.returncode == 1
        (problem,) = json.loads(done.stdout)["problems"]
        assert problem["code"] == "hub-site-missing"
        assert not Path(operator.state.path).exists()
