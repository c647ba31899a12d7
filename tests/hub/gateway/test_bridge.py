import asyncio
import secrets

import httpx
import pytest

from fallback_hub.gateway import hub_client
from fallback_hub.gateway.limits import Limits, Rate
from tests.hub.gateway.conftest import SITE, VERIFIER, Desk, Opener, refused


def test_a_code_and_its_verifier_give_a_token(desk: Desk) -> None:
    response = desk.exchange(desk.hub.authorize("alice", VERIFIER), VERIFIER)
    assert response.status_code == 200
    token = response.json()["access_token"]
    assert response.json() == {"access_token": token, "expires_in": 3600, "user": "alice"}
    assert desk.hub.tokens[token] == "alice"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["access-control-allow-origin"] == SITE
    assert "access-control-allow-credentials" not in response.headers
    assert "set-cookie" not in response.headers


def test_a_code_serves_once(desk: Desk) -> None:
    code = desk.hub.authorize("alice", VERIFIER)
    assert desk.exchange(code, VERIFIER).status_code == 200
    again = desk.exchange(code, VERIFIER)
    refused(again, 400, "code-refused")
    assert "secret details" not in again.text


def test_a_code_made_for_another_client_is_refused(desk: Desk) -> None:
    code = desk.hub.authorize("alice", VERIFIER, client_id="jupyterhub-user-alice")
    refused(desk.exchange(code, VERIFIER), 400, "code-refused")


def test_another_verifier_is_refused_and_doesnt_spend_the_code(desk: Desk) -> None:
    code = desk.hub.authorize("alice", VERIFIER)
    refused(desk.exchange(code, secrets.token_urlsafe(48)), 400, "code-refused")
    assert desk.exchange(code, VERIFIER).status_code == 200


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.test/_passerelle/signed-in.html",
        f"{SITE}/_passerelle/signed-in.html/",
        f"{SITE}/_passerelle/signed-in.html?x=1",
        f"{SITE}/_PASSERELLE/signed-in.html",
        "",
    ],
)
def test_a_redirect_elsewhere_never_reaches_the_hub(desk: Desk, elsewhere: str) -> None:
    code = desk.hub.authorize("alice", VERIFIER)
    refused(desk.exchange(code, VERIFIER, redirect_uri=elsewhere), 400, "wrong-redirect")
    assert not desk.hub.exchanges


def test_a_page_cant_bring_another_client_or_grant(desk: Desk) -> None:
    code = desk.hub.authorize("alice", VERIFIER)
    for key in ("client_id", "client_secret", "grant_type", "scope"):
        refused(desk.exchange(code, VERIFIER, **{key: "x"}), 400, "malformed")
    assert not desk.hub.exchanges


@pytest.mark.parametrize(
    "origin",
    [
        "https://site.test",
        "http://site.test:8080",
        "http://site.test.evil.test",
        "http://evil.test",
        "http://SITE.test",
        "http://site.test/",
        "null",
        "*",
        "",
    ],
)
def test_another_origin_is_refused(desk: Desk, origin: str) -> None:
    code = desk.hub.authorize("alice", VERIFIER)
    body = {"code": code, "code_verifier": VERIFIER, "redirect_uri": desk.hub.redirect_uri}
    response = desk.page.post("bridge/token", json=body, headers={"Origin": origin})
    refused(response, 403, "foreign-origin")
    assert "access-control-allow-origin" not in response.headers
    assert code in desk.hub.codes


def test_no_origin_and_two_origins_are_refused(desk: Desk) -> None:
    body = {"code": "c", "code_verifier": VERIFIER, "redirect_uri": desk.hub.redirect_uri}
    refused(httpx.post(f"{desk.url}bridge/token", json=body), 403, "foreign-origin")
    twice = [("Origin", SITE), ("Origin", SITE)]
    refused(httpx.post(f"{desk.url}bridge/token", json=body, headers=twice), 403, "foreign-origin")
    assert not desk.hub.exchanges


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_only_post_brings_a_code(desk: Desk, method: str) -> None:
    response = desk.page.request(method, "bridge/token?code=x&code_verifier=y")
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    assert method == "HEAD" or response.json()["code"] == "wrong-method"


def test_too_many_from_one_address_wait_and_others_dont(open_desk: Opener) -> None:
    desk = open_desk(limits=Limits(Rate(3, 0.01), Rate(100, 1)))
    by_proxy = {"X-Forwarded-For": "192.0.2.1"}
    body = {"code": "x", "code_verifier": VERIFIER, "redirect_uri": desk.hub.redirect_uri}
    for _ in range(3):
        refused(desk.page.post("bridge/token", json=body, headers=by_proxy), 400, "code-refused")
    response = desk.page.post("bridge/token", json=body, headers=by_proxy)
    refused(response, 429, "too-many")
    assert 90 <= int(response.headers["retry-after"]) <= 100
    assert "Retry-After" in response.headers["access-control-expose-headers"]
    assert desk.hub.exchanges == 3
    spoofed = {"X-Forwarded-For": "203.0.113.9, 192.0.2.1"}
    refused(desk.page.post("bridge/token", json=body, headers=spoofed), 429, "too-many")
    refused(desk.exchange("x", VERIFIER), 400, "code-refused")


def test_a_class_behind_one_address_gets_in(desk: Desk) -> None:
    codes = [desk.hub.authorize("alice", VERIFIER) for _ in range(100)]

    async def arrive() -> list[int]:
        async with httpx.AsyncClient(base_url=desk.url, headers={"Origin": SITE}, timeout=30, trust_env=False) as page:
            bodies = [
                {"code": code, "code_verifier": VERIFIER, "redirect_uri": desk.hub.redirect_uri} for code in codes
            ]
            answers = await asyncio.gather(*(page.post("bridge/token", json=body) for body in bodies))
            return [answer.status_code for answer in answers]

    assert asyncio.run(arrive()) == [200] * 100


@pytest.mark.parametrize(
    ("mood", "status", "code"),
    [
        ("broken", 502, "hub-failed"),
        ("nonsense", 502, "hub-failed"),
        ("huge", 502, "hub-failed"),
        ("elsewhere", 502, "hub-failed"),
        ("slow", 504, "hub-slow"),
    ],
)
def test_a_hub_in_trouble_is_told_in_our_words(
    open_desk: Opener, monkeypatch: pytest.MonkeyPatch, mood: str, status: int, code: str
) -> None:
    if mood == "slow":
        monkeypatch.setattr(hub_client, "TIMEOUT", httpx.Timeout(3.0))
    desk = open_desk()
    desk.hub.mood = mood
    refused(desk.exchange("x", VERIFIER), status, code)
    desk.hub.mood = ""
    refused(desk.exchange("x", VERIFIER), 400, "code-refused")


def test_a_hub_that_is_away_is_told(open_desk: Opener) -> None:
    refused(open_desk(reachable=False).exchange("x", VERIFIER), 503, "hub-unreachable")


def test_a_hub_that_doesnt_know_us_isnt_the_pupils_fault(desk: Desk) -> None:
    desk.hub.secret = "another"  # noqa: S105
    refused(desk.exchange(desk.hub.authorize("alice", VERIFIER), VERIFIER), 502, "hub-failed")


def test_names_with_html_stay_data(desk: Desk) -> None:
    name = "<img src=x onerror=alert(1)>\u2028"
    desk.hub.people[name] = []
    response = desk.exchange(desk.hub.authorize(name, VERIFIER), VERIFIER)
    assert response.json()["user"] == name
    assert response.text.isascii()
    assert response.headers["content-type"] == "application/json"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in response.headers["content-security-policy"]


def test_no_secret_comes_into_the_log(desk: Desk) -> None:
    code = desk.hub.authorize("alice", VERIFIER)
    token = desk.exchange(code, VERIFIER).json()["access_token"]
    foreign = secrets.token_urlsafe(24)
    desk.exchange(foreign, VERIFIER)
    desk.exchange(code, VERIFIER, redirect_uri="http://evil.test/")
    desk.page.get("courses", headers={"Authorization": f"Bearer {token}"})
    desk.page.get(f"courses?token={token}", headers={"Authorization": f"Bearer {token}"})
    desk.page.get(f"{code}/{VERIFIER}")
    desk.hub.mood = "broken"
    desk.exchange(code, VERIFIER)
    desk.page.get("courses", headers={"Authorization": f"Bearer {token}"})
    desk.await_told()
    told = desk.log.getvalue()
    for secret in (code, foreign, VERIFIER, token, desk.hub.secret, "alice", "evil.test"):
        assert secret not in told
    refusals = [line["code"] for line in desk.lines if line["event"] == "request" and "code" in line]
    assert refusals == ["code-refused", "wrong-redirect", "not-found", "hub-failed", "hub-failed"]
