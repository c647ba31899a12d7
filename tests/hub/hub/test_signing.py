"""How a page signs in, against a real hub: RFC 6749, 7636, 9700."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.hub.running import Challenge, RunningHub


@pytest.fixture(scope="module")
def alice(hub: RunningHub) -> httpx.Client:
    return hub.sign_in("alice")


def came_back_with(answer: httpx.Response) -> dict[str, list[str]]:
    assert answer.status_code == 302
    return parse_qs(urlsplit(answer.headers["location"]).query)


def test_a_page_signs_in_without_being_asked_again(hub: RunningHub, alice: httpx.Client) -> None:
    challenge = Challenge()
    answer = hub.authorize(alice, challenge)
    assert answer.headers["location"].startswith(f"{hub.settings.redirect_uri}?")
    code = came_back_with(answer)["code"][0]
    given = hub.exchange(code, challenge.verifier)
    assert given.status_code == 200
    assert given.json()["expires_in"] == 3600
    assert hub.api("GET", "user", given.json()["access_token"]).json()["name"] == "alice"


def test_nobody_signed_in_is_sent_to_the_form(hub: RunningHub) -> None:
    with hub.client() as client:
        answer = hub.authorize(client, Challenge())
    assert urlsplit(answer.headers["location"]).path == "/hub/login"


def test_the_form_leads_back_to_the_authorization(hub: RunningHub) -> None:
    with hub.client() as client:
        where = hub.authorize(client, Challenge()).headers["location"]
        client.get(where)
        form = {"username": "alice", "password": hub.passwords["alice"], "_xsrf": client.cookies["_xsrf"]}
        answer = client.post(where, data=form)
        assert urlsplit(answer.headers["location"]).path == "/hub/api/oauth2/authorize"
        assert "code" in came_back_with(client.get(answer.headers["location"]))


@pytest.mark.parametrize("verifier", ["x" * 43, "", None])
def test_a_wrong_verifier_gets_nothing(hub: RunningHub, alice: httpx.Client, verifier: str | None) -> None:
    assert hub.exchange(hub.code(alice, Challenge()), verifier).status_code == 400


def test_a_code_counts_once(hub: RunningHub, alice: httpx.Client) -> None:
    challenge = Challenge()
    code = hub.code(alice, challenge)
    assert hub.exchange(code, challenge.verifier).status_code == 200
    again = hub.exchange(code, challenge.verifier)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")


def test_a_code_of_somebody_elses_sign_in_gets_nothing(hub: RunningHub, alice: httpx.Client) -> None:
    mine, theirs = Challenge(), Challenge()
    code = hub.code(alice, theirs)
    hub.code(alice, mine)
    assert hub.exchange(code, mine.verifier).status_code == 400
    assert hub.exchange("0" * 30, mine.verifier).status_code == 400


def test_a_code_is_worth_nothing_without_the_gateways_secret(hub: RunningHub, alice: httpx.Client) -> None:
    challenge = Challenge()
    code = hub.code(alice, challenge)
    for secret in ("", "x" * 64):
        assert hub.exchange(code, challenge.verifier, client_secret=secret).status_code == 401


def test_a_code_counts_for_the_page_it_was_sent_to(hub: RunningHub, alice: httpx.Client) -> None:
    challenge = Challenge()
    code = hub.code(alice, challenge)
    assert hub.exchange(code, challenge.verifier, redirect_uri="https://evil.example/").status_code == 400


@pytest.mark.parametrize(
    "change",
    ["https://evil.example/", "{}x", "{}?next=x", "{}#x", "{}/../x", "//evil.example/_passerelle/signed-in.html"],
)
def test_a_code_is_sent_nowhere_else(hub: RunningHub, alice: httpx.Client, change: str) -> None:
    answer = hub.authorize(alice, Challenge(), redirect_uri=change.format(hub.settings.redirect_uri))
    assert answer.status_code == 400
    assert "location" not in answer.headers


def test_without_pkce_there_is_no_code(hub: RunningHub, alice: httpx.Client) -> None:
    answer = hub.authorize(alice, Challenge(), code_challenge=None, code_challenge_method=None)
    assert "code" not in came_back_with(answer)


@pytest.mark.parametrize("method", ["plain", None, "s256", "S512"])
def test_a_challenge_in_clear_gets_no_code(hub: RunningHub, alice: httpx.Client, method: str | None) -> None:
    answer = hub.authorize(alice, Challenge(), code_challenge_method=method)
    assert came_back_with(answer)["error"] == ["invalid_request"]
    assert "code" not in came_back_with(answer)


@pytest.mark.parametrize(
    "scope", ["tokens!user", "inherit", "self", "admin:users", "read:users!user", "servers", "access:servers"]
)
def test_a_page_can_ask_for_no_more_than_its_scopes(hub: RunningHub, alice: httpx.Client, scope: str) -> None:
    answer = hub.authorize(alice, Challenge(), scope=scope)
    if "code" in came_back_with(answer):  # narrowed to what it may have
        challenge = Challenge()
        code = came_back_with(hub.authorize(alice, challenge, scope=scope))["code"][0]
        token = hub.exchange(code, challenge.verifier).json()["access_token"]
        granted = hub.api("GET", "user", token).json()["scopes"]
        assert all(one.endswith(("!user=alice", "!service=passerelle")) for one in granted)
        assert not any("token" in one for one in granted)


def test_an_unknown_client_gets_nothing(hub: RunningHub, alice: httpx.Client) -> None:
    assert hub.authorize(alice, Challenge(), client_id="service-evil").status_code in {400, 401}


def test_html_in_what_a_page_asks_stays_text(hub: RunningHub, alice: httpx.Client) -> None:
    evil = "<script>alert(1)</script>"
    for name in ("client_id", "redirect_uri", "scope", "state"):
        answer = hub.authorize(alice, Challenge(), **{name: evil})
        assert evil not in answer.text


def test_the_state_comes_back_as_it_went(hub: RunningHub, alice: httpx.Client) -> None:
    assert came_back_with(hub.authorize(alice, Challenge(), state="a&b=c d"))["state"] == ["a&b=c d"]
