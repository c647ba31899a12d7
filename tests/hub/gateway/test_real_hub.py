"""The gateway beside a real JupyterHub, behind its real proxy: that the fake at the door is honest."""

import re
import secrets
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import httpx
import pytest

from fallback_hub.hub.processes import log_path
from tests.hub.gateway.conftest import refused
from tests.hub.gateway.fake_hub import ACCESS
from tests.hub.running import Challenge, RunningHub, running_hub

CONFIG = """
c.JupyterHub.load_groups["genomique:teacher"] = {"users": ["bob"]}
c.JupyterHub.services.append({
    "name": "other", "oauth_client_id": "service-other", "api_token": "0" * 32, "oauth_no_confirm": True,
    "oauth_redirect_uri": "http://127.0.0.1:1/back",
})
c.JupyterHub.extra_user_scopes.add("access:services!service=other")
"""
TOML = "[courses.genomique]\nopen = false\n"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    folder = tmp_path_factory.mktemp("hub")
    with running_hub(folder, toml=TOML, spawner="simple", extra_config=CONFIG) as running:
        until = time.monotonic() + 60
        while ask(running, "GET", "health").status_code != 200:
            assert time.monotonic() < until, running.said()
            time.sleep(0.2)
        yield running


def ask(hub: RunningHub, method: str, path: str, token: str | None = None, **kwargs: object) -> httpx.Response:
    headers = {"Origin": hub.settings.site_origin, **({"Authorization": f"Bearer {token}"} if token else {})}
    with httpx.Client(base_url=f"{hub.url}services/passerelle/", trust_env=False, timeout=30) as page:
        return page.request(method, path, headers=headers, **kwargs)  # type: ignore[arg-type]


def bring(hub: RunningHub, code: str, verifier: str) -> httpx.Response:
    body = {"code": code, "code_verifier": verifier, "redirect_uri": hub.settings.redirect_uri}
    return ask(hub, "POST", "bridge/token", json=body)


def code_of(hub: RunningHub, name: str, challenge: Challenge) -> str:
    with closing(hub.sign_in(name)) as browser:
        return hub.code(browser, challenge)


def sign_in(hub: RunningHub, name: str) -> str:
    challenge = Challenge()
    answer = bring(hub, code_of(hub, name, challenge), challenge.verifier)
    assert answer.status_code == 200, answer.text
    token: str = answer.json()["access_token"]
    return token


def test_a_page_signs_in_and_sees_its_courses(hub: RunningHub) -> None:
    challenge = Challenge()
    answer = bring(hub, code_of(hub, "alice", challenge), challenge.verifier)
    assert answer.status_code == 200
    assert set(answer.json()) == {"access_token", "expires_in", "user"}
    assert answer.json()["user"] == "alice"
    assert answer.json()["expires_in"] == 3600
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["access-control-allow-origin"] == hub.settings.site_origin
    told = ask(hub, "GET", "courses", answer.json()["access_token"]).json()
    assert (told["user"], told["admin"], told["session_hours"]) == ("alice", False, 12)
    assert [(one["slug"], one["role"], one["may_start"]) for one in told["courses"]] == [
        ("genomique", None, False),
        ("statistics", None, True),
    ]


def test_groups_and_administrators_are_the_hubs(hub: RunningHub) -> None:
    bob = ask(hub, "GET", "courses", sign_in(hub, "bob")).json()
    first = bob["courses"][0]
    assert (first["slug"], first["role"], first["may_start"]) == ("genomique", "teacher", True)
    admin = ask(hub, "GET", "courses", sign_in(hub, "admin")).json()
    assert admin["admin"] is True
    assert all(one["may_start"] for one in admin["courses"])


def test_codes_that_arent_ours_are_refused(hub: RunningHub) -> None:
    challenge = Challenge()
    code = code_of(hub, "alice", challenge)
    refused(bring(hub, code, Challenge().verifier), 400, "code-refused")
    assert bring(hub, code, challenge.verifier).status_code == 200
    refused(bring(hub, code, challenge.verifier), 400, "code-refused")
    refused(bring(hub, secrets.token_urlsafe(22), challenge.verifier), 400, "code-refused")


def test_a_code_brought_five_times_at_once_serves_once(hub: RunningHub) -> None:
    challenge = Challenge()
    code = code_of(hub, "alice", challenge)
    with ThreadPoolExecutor(5) as pages:
        answers = list(pages.map(lambda _: bring(hub, code, challenge.verifier).status_code, range(5)))
    assert sorted(answers) == [200, 400, 400, 400, 400]


def test_a_code_for_another_client_is_refused(hub: RunningHub) -> None:
    challenge, back = Challenge(), "http://127.0.0.1:1/back"
    with closing(hub.sign_in("alice")) as browser:
        foreign = hub.authorize(browser, challenge, client_id="service-other", redirect_uri=back, scope=None)
    assert foreign.status_code == 302, foreign.text
    code = httpx.URL(foreign.headers["location"]).params["code"]
    refused(bring(hub, code, challenge.verifier), 400, "code-refused")


def test_the_hub_answers_as_the_fake_does(hub: RunningHub) -> None:
    challenge = Challenge()
    code = code_of(hub, "alice", challenge)
    wrong = [
        hub.exchange(code, Challenge().verifier),
        hub.exchange("unknown", challenge.verifier),
        hub.exchange(code, challenge.verifier, client_secret="x"),  # noqa: S106 a wrong one
    ]
    assert [(one.status_code, one.json()["error"]) for one in wrong] == [
        (400, "invalid_grant"),
        (400, "invalid_grant"),
        (401, "invalid_client"),
    ]
    granted = hub.exchange(code, challenge.verifier)
    assert granted.status_code == 200
    assert {"access_token", "expires_in", "token_type"} <= set(granted.json())
    user = hub.api("GET", "user", granted.json()["access_token"]).json()
    assert (user["kind"], user["name"], user["admin"], user["groups"]) == ("user", "alice", False, [])
    assert ACCESS in user["scopes"]
    assert hub.api("GET", "user", "unknown").status_code == 403
    assert hub.api("GET", "health").status_code == 200


def test_a_token_that_ended_or_was_made_for_something_else_opens_nothing(hub: RunningHub) -> None:
    token = sign_in(hub, "alice")
    assert ask(hub, "GET", "courses", token).status_code == 200
    assert hub.api("POST", "passerelle/revoke", token).status_code == 204
    refused(ask(hub, "GET", "courses", token), 401, "signed-out")
    with closing(hub.sign_in("alice")) as browser:
        page = browser.get("hub/token")
        xsrf = {"X-XSRFToken": re.findall(r'xsrf_token: "([^"]+)"', page.text)[0]}
        made = browser.post("hub/api/users/alice/tokens", json={"scopes": ["read:users:name!user"]}, headers=xsrf)
    assert made.status_code == 201, made.text
    refused(ask(hub, "GET", "courses", made.json()["token"]), 401, "signed-out")
    refused(ask(hub, "GET", "courses", hub.secret), 401, "signed-out")


def test_a_renewed_token_goes_on(hub: RunningHub) -> None:
    renewed = hub.api("POST", "passerelle/renew", sign_in(hub, "alice"))
    assert renewed.status_code == 200, renewed.text
    assert ask(hub, "GET", "courses", renewed.json()["access_token"]).json()["user"] == "alice"


def test_bodies_too_large_are_refused_through_the_proxy_as_well(hub: RunningHub) -> None:
    refused(bring(hub, "x" * 20_000, Challenge().verifier), 413, "too-large")
    refused(bring(hub, "x" * 2_000_000, Challenge().verifier), 413, "too-large")


def test_logs_are_for_the_courses_teachers(hub: RunningHub) -> None:
    log = log_path(hub.settings.state, "alice", "genomique")
    log.parent.mkdir(mode=0o700, exist_ok=True)
    log.write_text("started\n")
    path = "servers/alice/genomique/log"
    assert ask(hub, "GET", path, sign_in(hub, "bob")).json() == {"lines": ["started"]}
    refused(ask(hub, "GET", path, sign_in(hub, "alice")), 403, "not-allowed")
    refused(ask(hub, "GET", "servers/alice/statistics/log", sign_in(hub, "bob")), 403, "not-allowed")
    refused(ask(hub, "GET", "servers/..%2f..%2fx/genomique/log", sign_in(hub, "admin")), 404, "not-found")


def test_it_is_ready_behind_the_proxy_and_keeps_its_figures_from_afar(hub: RunningHub) -> None:
    assert ask(hub, "GET", "ready").json() == {"ready": True, "hub": True, "site": True}
    assert 'route="ready"' in ask(hub, "GET", "metrics").text
    with httpx.Client(base_url=f"{hub.url}services/passerelle/", trust_env=False) as elsewhere:
        far = elsewhere.get("metrics", headers={"X-Forwarded-For": "127.0.0.1, 192.0.2.1"})
    refused(far, 404, "not-found")


def test_nothing_secret_is_in_any_log(hub: RunningHub) -> None:
    challenge = Challenge()
    code = code_of(hub, "alice", challenge)
    bring(hub, code, Challenge().verifier)
    token = bring(hub, code, challenge.verifier).json()["access_token"]
    bring(hub, code, challenge.verifier)
    ask(hub, "GET", "courses", token)
    told = hub.log.read_text(errors="replace")
    assert '"route": "bridge/token"' in told
    for secret in (code, challenge.verifier, challenge.hashed, token, hub.secret):
        assert secret not in told
