"""The real JupyterHub with our spawner: what a pupil gets, and what happens when it goes wrong."""

import hashlib
import json
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress

import httpx
import psutil
import pytest

from fallback_hub.running.processes import crowd_of
from tests.hub.running import RunningHub
from tests.hub.spawner.kernels import Page
from tests.until import until

Told = list[dict[str, object]]
JUPYTERHUBS_PATIENCE = 30
"""Seconds, where nothing else is said (its Spawner.http_timeout)."""


def follow(
    hub: RunningHub, name: str, course: str, token: str, *, hub_ends: bool = False
) -> tuple[Told, threading.Thread]:
    """The progress stream of a start, as the page reads it; cut off where the hub ends meanwhile."""
    told: Told = []

    def read() -> None:
        address = f"{hub.url}hub/api/users/{name}/servers/{course}/progress"
        headers = {"Authorization": f"Bearer {token}", "Origin": hub.settings.site_origin}
        client = httpx.Client(timeout=120, trust_env=False, headers=headers)
        with client, suppress(*[httpx.TransportError] * hub_ends):
            until(lambda: _listen(client, address, told))

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    return told, thread


def _listen(client: httpx.Client, address: str, told: Told) -> bool:
    """Whether there was a start to hear of; asked before the hub knows of it, it tells how the last one failed."""
    with client.stream("GET", address) as answer:
        for line in answer.iter_lines():
            if line.startswith("data: "):
                told.append(json.loads(line.removeprefix("data: ")))
    if any(event.keys() & {"stage", "code", "ready"} for event in told):
        return True
    told.clear()
    return False


def is_ready(hub: RunningHub, course: str, token: str) -> bool:
    server = hub.api("GET", "user", token).json()["servers"].get(course, {})
    return bool(server.get("ready"))


def processes_of(user: str) -> list[psutil.Process]:
    return [one for one in psutil.process_iter() if _is_run_by(one, user)]


def _is_run_by(process: psutil.Process, user: str) -> bool:
    try:
        return process.username() == user and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def test_a_cell_runs_in_the_courses_environment_as_an_account_of_ones_own(alice: Page) -> None:
    said = alice.run("import os, sys; print(os.getuid() >= 1000, os.getcwd(), sys.prefix, os.environ['PATH'])")
    own, folder, prefix, path = said.split()
    assert own == "True"
    assert folder.endswith("/genomique")
    assert path == f"{prefix}/bin:/usr/local/bin:/usr/bin:/bin"
    spec = alice.get("api/kernelspecs").json()["kernelspecs"]["python3"]["spec"]
    assert spec["display_name"] == "Course genomique (Python)"
    assert list(alice.get("api/kernelspecs").json()["kernelspecs"]) == ["python3"]


def test_the_profiles_memory_holds(alice: Page) -> None:
    assert alice.run("x = bytearray(3_000_000_000)").startswith("MemoryError")
    assert alice.run("print('the kernel lives')") == "the kernel lives\n"
    assert alice.get("passerelle/usage").json()["memory"]["limit"] == 1_000_000_000


def test_files_go_there_and_the_kernel_sees_them_and_back(alice: Page) -> None:
    data = b"ACGT" * 1000
    headers = {
        "Upload-Offset": "0",
        "Upload-Length": str(len(data)),
        "Upload-Sha256": hashlib.sha256(data).hexdigest(),
        "If-Match": "*",
    }
    assert alice.ask("PUT", "passerelle/files/data/reads.txt", content=data, headers=headers).status_code == 201
    assert alice.run("print(len(open('data/reads.txt').read()))") == "4000\n"
    alice.run("open('result.csv', 'w').write('a,b')")
    assert "result.csv" in {file["path"] for file in alice.get("passerelle/files").json()["files"]}
    assert alice.get("passerelle/files/result.csv").content == b"a,b"


@pytest.mark.parametrize(
    ("course", "options", "status", "code"),
    [
        ("", {}, 400, "server-without-course"),
        ("rna", {}, 400, "unknown-course"),
        ("genomique", {"profile": "huge"}, 400, "unknown-profile"),
        ("genomique", {"profile": "standard", "cmd": ["sh"]}, 400, "unknown-option"),
        ("closed", {}, 403, "not-in-course"),
        ("unlocked", {}, 400, "no-environment"),
    ],
)
def test_only_a_course_one_is_in_and_a_profile_it_has(
    hub: RunningHub, course: str, options: dict[str, object], status: int, code: str
) -> None:
    token = hub.token("alice")
    path = f"users/alice/servers/{course}" if course else "users/alice/server"
    answer = hub.api("POST", path, token, json=options)
    assert (answer.status_code, answer.headers["passerelle-code"]) == (status, code), answer.text
    assert answer.json()["message"].endswith(".")


def test_the_sentence_is_in_the_askers_language(hub: RunningHub) -> None:
    headers = {"Authorization": f"Bearer {hub.token('alice')}", "Accept-Language": "fr-FR,fr;q=0.9,en;q=0.5"}
    with hub.client() as client:
        answer = client.post("hub/api/users/alice/servers/rna", headers=headers, json={})
    assert answer.json()["message"] == "Le site n’a pas ce cours."


def test_starts_wait_their_turn_and_are_told_and_may_leave(hub: RunningHub) -> None:
    tokens = {name: hub.token(name) for name in ("alice", "bob", "admin")}
    answers: dict[str, int] = {}

    def ask(name: str) -> None:
        answers[name] = hub.api("POST", f"users/{name}/servers/genomique", tokens[name], json={}).status_code

    threads = [threading.Thread(target=ask, args=(name,)) for name in tokens]
    told: dict[str, Told] = {}
    for name, thread in zip(tokens, threads, strict=True):
        thread.start()
        told[name], _ = follow(hub, name, "genomique", tokens[name])
    assert until(lambda: any(_positions(heard) for heard in told.values()))
    waits = next(name for name, heard in told.items() if _positions(heard))
    event = next(event for event in told[waits] if event.get("stage") == "queue")
    assert isinstance(event["reason"], dict)
    assert set(event["reason"]) == {"fr", "en"}
    left = hub.api("DELETE", f"users/{waits}/servers/genomique", tokens[waits])
    assert left.status_code in {202, 204}
    for thread in threads:
        thread.join(60)
    others = [name for name in tokens if name != waits]
    for name in others:
        assert until(lambda name=name: any(event.get("ready") for event in told[name]), 60), told[name]  # type: ignore[misc]
    assert not is_ready(hub, "genomique", tokens[waits])
    assert until(lambda: any(event.get("code") == "cancelled" for event in told[waits])), told[waits]
    for name in others:
        hub.api("DELETE", f"users/{name}/servers/genomique", tokens[name])


def _positions(told: Told) -> list[object]:
    return [event["position"] for event in told if event.get("stage") == "queue"]


def test_an_environment_that_cant_be_built_is_told_with_its_log_to_whoever_may_read_it(hub: RunningHub) -> None:
    for name, reads in (("alice", False), ("admin", True)):
        token = hub.token(name)
        answers: list[httpx.Response] = []
        asking = threading.Thread(
            target=lambda name=name, token=token, answers=answers: answers.append(
                hub.api("POST", f"users/{name}/servers/broken", token, json={})
            )
        )
        asking.start()
        time.sleep(0.2)
        told, reading = follow(hub, name, "broken", token)
        asking.join(60)
        reading.join(60)
        [failure] = [event for event in told if event.get("code")]
        assert (failure["failed"], failure["code"]) == (True, "environment-failed")
        assert ("log" in failure) is reads
        if reads:
            assert "no-such-package-of-passerelle" in str(failure["log"])


def test_a_server_outlives_the_hub_and_is_ended_whole(hub: RunningHub, alice: Page) -> None:
    alice.run("x = 42")
    user = alice.run("import getpass; print(getpass.getuser(), end='')")
    alice.run("import subprocess; subprocess.Popen(['setsid', 'sleep', '600'], start_new_session=True)")
    hub.restart_hub()
    again = Page(alice.server, hub.token("alice"), alice.origin)
    assert again.run("print(x)") == "42\n"
    assert hub.api("DELETE", "users/alice/servers/genomique", again.token).status_code in {202, 204}
    assert until(lambda: processes_of(user) == []), processes_of(user)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=["ends", "is killed"])
def test_a_server_that_starts_outlives_the_hub(hub: RunningHub, how: signal.Signals) -> None:
    token = hub.token("alice")
    with ThreadPoolExecutor() as beside:
        beside.submit(hub.api, "POST", "users/alice/servers/genomique", token, json={})
        told, _ = follow(hub, "alice", "genomique", token, hub_ends=True)
        assert until(lambda: any(event.get("stage") == "starting" for event in told))
        hub.stop_hub(how)
    hub.start_hub()
    assert until(lambda: is_ready(hub, "genomique", token), 120), hub.said()
    again = Page(f"{hub.url}user/alice/genomique/", token, hub.settings.site_origin)
    assert until(lambda: again.get("api/status").status_code == 200)  # the proxy hears of it after us
    assert again.run("print('there')") == "there\n"
    assert not any(event.get("failed") and event.get("code") not in {None, "cancelled"} for event in told)
    assert hub.api("DELETE", "users/alice/servers/genomique", token).status_code in {202, 204}


def test_a_server_that_is_slow_to_start_outlives_the_hub(hub: RunningHub) -> None:
    token = hub.token("alice")
    with ThreadPoolExecutor() as beside:
        beside.submit(hub.api, "POST", "users/alice/servers/genomique", token, json={})
        told, _ = follow(hub, "alice", "genomique", token, hub_ends=True)
        assert until(lambda: any(event.get("stage") == "starting" for event in told))
        servers = crowd_of(hub.addresses.hub).servers
        for process in servers:
            process.suspend()  # as on a machine where thirty others start
        hub.stop_hub()
    hub.start_hub()
    time.sleep(JUPYTERHUBS_PATIENCE + 1)
    for process in servers:
        process.resume()
    assert until(lambda: is_ready(hub, "genomique", token)), hub.said()
    assert hub.api("DELETE", "users/alice/servers/genomique", token).status_code in {202, 204}


def test_what_a_dead_server_leaves_behind_is_ended_too(hub: RunningHub, alice: Page) -> None:
    user = alice.run("import getpass; print(getpass.getuser(), end='')")
    alice.run("import subprocess; subprocess.Popen(['env', '-i', 'setsid', 'sleep', '601'], start_new_session=True)")
    _kill_server(user)
    assert until(lambda: processes_of(user) == []), processes_of(user)
    assert until(lambda: not is_ready(hub, "genomique", alice.token))


def _kill_server(user: str) -> None:
    for process in processes_of(user):
        with suppress(psutil.NoSuchProcess):  # a kernel ends by itself where its server has
            if "fallback_hub" in " ".join(process.cmdline()) or "/code-" in " ".join(process.cmdline()):
                process.kill()


def test_a_servers_time_ends(hub: RunningHub) -> None:
    token = hub.token("bob")
    told, reading = follow(hub, "bob", "brief", token)
    assert hub.api("POST", "users/bob/servers/brief", token, json={}).status_code in {201, 202}
    reading.join(60)
    assert any(event.get("ready") for event in told), told
    assert until(lambda: not is_ready(hub, "brief", token), 30)


def test_a_lesson_opens_in_jupyterlab_without_the_page(hub: RunningHub, alice: Page) -> None:
    published = hub.settings.site / "genomique/files"
    published.mkdir(exist_ok=True)
    (published / "01-start.ipynb").write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    facts = json.loads((hub.settings.site / "genomique/course.json").read_text())
    facts["lessons"][0]["sha256"] = hashlib.sha256((published / "01-start.ipynb").read_bytes()).hexdigest()
    (hub.settings.site / "genomique/course.json").write_text(json.dumps(facts))
    with closing(hub.sign_in("alice")) as browser:
        browser.follow_redirects = True
        shown = browser.get("user/alice/genomique/passerelle/open?lesson=01-start.ipynb")
    assert shown.status_code == 200, shown.text
    assert shown.url.path == "/user/alice/genomique/lab/tree/genomique/01-start.ipynb"
    assert "nbformat" in alice.run("print(open('01-start.ipynb').read())")
    config = json.loads(shown.text.partition('id="jupyter-config-data" type="application/json">')[2].partition("<")[0])
    assert config["news"] == {"disabled": True}
