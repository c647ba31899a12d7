"""Renewing and taking back a page's token, against a real hub."""

import time

import httpx
import pytest

from fallback_hub.hub.tokens import MOST_ALIVE
from tests.hub.running import RunningHub

RENEW, REVOKE = "passerelle/renew", "passerelle/revoke"


def test_a_token_is_renewed_as_it_was(hub: RunningHub) -> None:
    token = hub.token("alice")
    answer = hub.api("POST", RENEW, token)
    assert answer.status_code == 200
    said = answer.json()
    assert said["access_token"] != token
    assert said["expires_in"] == 3600
    assert 12 * 3600 - 60 < said["session_ends"] <= 12 * 3600
    assert answer.headers["cache-control"] == "no-store"
    old, new = (hub.api("GET", "user", one).json() for one in (token, said["access_token"]))
    assert (old["scopes"], old["session_id"]) == (new["scopes"], new["session_id"])


def test_a_renewed_token_is_renewed_again_and_the_session_grows_no_longer(hub: RunningHub) -> None:
    first = hub.api("POST", RENEW, hub.token("alice")).json()
    second = hub.api("POST", RENEW, first["access_token"]).json()
    assert second["session_ends"] <= first["session_ends"]


@pytest.mark.parametrize("path", [RENEW, REVOKE])
@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "{}.evil.example", "{}/", "{}1"])
def test_only_the_sites_origin_may_ask(hub: RunningHub, path: str, origin: str | None) -> None:
    token = hub.token("alice")
    headers = {"Authorization": f"Bearer {token}"}
    if origin is not None:
        headers["Origin"] = origin.format(hub.settings.site_origin)
    with hub.client() as client:
        answer = client.post(f"hub/api/{path}", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "foreign-origin")
    assert set(answer.json()["message"]) == {"fr", "en"}
    assert hub.api("GET", "user", token).status_code == 200


@pytest.mark.parametrize("path", [RENEW, REVOKE])
@pytest.mark.parametrize("token", [None, "0" * 32, "x"])
def test_without_a_token_there_is_nothing_to_renew(hub: RunningHub, path: str, token: str | None) -> None:
    answer = hub.api("POST", path, token)
    assert (answer.status_code, answer.json()["code"]) == (401, "signed-out")


@pytest.mark.parametrize("path", [RENEW, REVOKE])
def test_a_cookie_is_no_token(hub: RunningHub, path: str) -> None:
    client = hub.sign_in("alice")
    answer = client.post(f"hub/api/{path}", headers={"Origin": hub.settings.site_origin})
    assert answer.status_code in {401, 403}


@pytest.mark.parametrize("path", [RENEW, REVOKE])
def test_a_token_not_made_for_a_page_is_refused(hub: RunningHub, path: str) -> None:
    client = hub.sign_in("alice")
    own = client.post("hub/api/users/alice/tokens", json={}, headers={"X-XSRFToken": client.cookies["_xsrf"]})
    token = own.json()["token"]
    answer = hub.api("POST", path, token)
    assert (answer.status_code, answer.json()["code"]) == (403, "wrong-token")
    assert hub.api("GET", "user", token).status_code == 200


@pytest.mark.parametrize("path", [RENEW, REVOKE])
def test_there_is_nothing_to_get(hub: RunningHub, path: str) -> None:
    assert hub.api("GET", path, hub.token("alice")).status_code == 405


def test_a_page_gone_wild_keeps_no_end_of_tokens(hub: RunningHub) -> None:
    token = hub.token("carol")
    answers = [hub.api("POST", RENEW, token) for _ in range(MOST_ALIVE + 5)]
    assert {answer.status_code for answer in answers} == {200}
    living = [hub.api("GET", "user", answer.json()["access_token"]).status_code == 200 for answer in answers]
    assert sum(living) <= MOST_ALIVE
    assert living[-1]
    assert not living[0]
    assert hub.api("GET", "user", token).status_code == 200


def test_signing_in_again_in_the_same_session_makes_it_no_longer(hub: RunningHub) -> None:
    browser = hub.sign_in("alice")
    first = hub.api("POST", RENEW, hub.token("alice", browser)).json()
    time.sleep(2)
    later = hub.api("POST", RENEW, hub.token("alice", browser)).json()
    assert later["session_ends"] <= first["session_ends"] - 2


def test_signing_out_ends_the_sessions_tokens_and_the_browsers_sign_in(hub: RunningHub) -> None:
    browser, elsewhere = hub.sign_in("dave"), hub.token("dave")
    first = hub.token("dave", browser)
    second = hub.api("POST", RENEW, first).json()["access_token"]
    third = hub.token("dave", browser)
    assert hub.api("POST", REVOKE, second).status_code == 204
    for token in (first, second, third):
        assert hub.api("GET", "user", token).status_code == 403
        assert hub.api("POST", RENEW, token).status_code == 401
    assert hub.api("GET", "user", elsewhere).status_code == 200
    # the next pupil at this computer isn't dave
    assert browser.get("hub/home").headers["location"].startswith("/hub/login")


def test_signing_out_leaves_others_alone(hub: RunningHub) -> None:
    alice, erin = hub.token("alice"), hub.token("erin")
    hub.api("POST", REVOKE, erin)
    assert hub.api("GET", "user", alice).status_code == 200


def test_the_hub_says_nothing_secret_in_its_log(hub: RunningHub) -> None:
    browser = hub.sign_in("bob")
    token = hub.token("bob", browser)
    renewed = hub.api("POST", RENEW, token).json()["access_token"]
    said = hub.log.read_text()
    for secret in (token, renewed, hub.passwords["bob"], hub.secret, *secret_cookies(browser)):
        assert secret not in said


def secret_cookies(browser: httpx.Client) -> list[str]:
    return [cookie.value for cookie in browser.cookies.jar if cookie.value and cookie.name.startswith("jupyterhub-hub")]
