"""What is one pupil's alone on the real hub: files, kernels, tokens, the server; and what is the hub's."""

import asyncio

import httpx
import pytest
from tornado.httpclient import HTTPClientError

from tests.hub.running import RunningHub
from tests.hub.spawner.kernels import Page


def test_nothing_of_the_hubs_environment_leaks(hub: RunningHub, alice: Page) -> None:
    said = alice.run("import os; print(dict(os.environ))")
    assert hub.environment["CONFIGPROXY_AUTH_TOKEN"] not in said
    assert "PASSERELLE_HUB_CONFIG" not in said
    assert "/root" not in said


def test_one_pupil_cant_reach_anothers_files_tokens_kernels_or_server(alice: Page, bob: Page) -> None:
    alice.run("open('secret.txt', 'w').write('of alice'); import os; print(os.getpid())")
    home = alice.run("import os; print(os.path.expanduser('~'), end='')")
    pids = [int(pid) for pid in alice.run("import os; print(os.getpid(), os.getppid())").split()]
    attempts = [
        f"open('{home}/genomique/secret.txt').read()",
        f"__import__('os').listdir('{home}')",
        *(f"open('/proc/{pid}/environ').read()" for pid in pids),
        *(f"__import__('os').listdir('/proc/{pid}/fd')" for pid in pids),
        *(f"__import__('os').kill({pid}, 9)" for pid in pids),
        "open('/etc/shadow').read()",
    ]
    for attempt in attempts:
        assert bob.run(attempt).startswith("PermissionError"), attempt
    for path in ("passerelle/files", "passerelle/files/secret.txt", "api/contents", "api/kernels", "lab"):
        answer = Page(alice.server, bob.token, bob.origin).get(path)
        assert answer.status_code in {302, 403}, path
        assert "secret" not in answer.text


def test_no_other_account_can_listen_to_a_kernel(alice: Page, bob: Page) -> None:
    code = (
        "import ipykernel.connect as c, json; i = json.loads(c.get_connection_info()); print(i['transport'], i['ip'])"
    )
    transport, place = alice.run(code).split()
    assert transport == "ipc"  # on a port, whoever connects is told all that is printed
    assert bob.run(f"__import__('os').listdir('{place.rpartition('/')[0]}')").startswith("PermissionError")


def test_a_kernels_websocket_is_for_its_owner_on_the_site(alice: Page, bob: Page) -> None:
    kernel = alice.kernel()

    async def refused(**how: str) -> int:
        with pytest.raises(HTTPClientError) as caught:
            await alice.connect(kernel, **how)
        return int(caught.value.code)

    async def tries() -> list[int]:
        return [
            await refused(token=bob.token),
            await refused(token="wrong"),  # noqa: S106 - that is the point
            await refused(token=""),
            await refused(origin="https://evil.example"),
            await refused(origin=f"{alice.origin}.evil.example"),
            await refused(origin="null"),
            await refused(query=f"?token={alice.token}"),
        ]

    assert asyncio.run(tries()) == [403] * 7
    assert alice.run("print('fine')") == "fine\n"


def test_nobody_gets_anything_without_signing_in(alice: Page) -> None:
    for path in (
        "passerelle/files",
        "passerelle/usage",
        "api/contents",
        "api/kernels",
        "api/sessions",
        "api/terminals",
    ):
        for headers in ({}, {"Authorization": "token wrong"}):
            answer = httpx.get(f"{alice.server}{path}", headers=headers, trust_env=False)
            assert answer.status_code in {302, 403}, path
    strange = alice.get("api/status", Origin="https://evil.example")
    assert strange.headers["access-control-allow-origin"] == alice.origin


def test_an_expired_sign_in_is_something_the_page_can_read(alice: Page) -> None:
    for path in ("api/kernels", "passerelle/files"):
        answer = Page(alice.server, "expired", alice.origin).get(path)
        assert answer.status_code == 403
        assert answer.headers["access-control-allow-origin"] == alice.origin


def test_the_log_is_the_hubs_alone(hub: RunningHub, alice: Page) -> None:
    log = hub.settings.state / "logs/alice.genomique.log"
    assert log.stat().st_mode & 0o777 == 0o600
    assert alice.token not in log.read_text()
    assert "Jupyter Server" in log.read_text()
