"""Tokens that end while somebody watches: the same hub with lives of seconds, below a path."""

import time
from collections.abc import Iterator

import pytest

from tests.hub.running import RunningHub, running_hub

SHORTER = """
import dataclasses
from fallback_hub.hub import tokens
from jupyterhub.oauth import provider
for _, _, given in c.JupyterHub.extra_handlers:
    if "rules" in given:
        given["rules"] = dataclasses.replace(given["rules"], token_seconds=10, session_seconds=26)
tokens.GRACE_SECONDS = 4
provider.JupyterHubRequestValidator.keywords["token_seconds"] = 10
"""


@pytest.fixture(scope="module")
def brief_hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    folder = tmp_path_factory.mktemp("brief")
    with running_hub(folder, path="/cluster/", spawner="simple", gateway=False, extra_config=SHORTER) as hub:
        yield hub


def test_a_token_ends_and_a_renewed_one_outlives_it_until_the_session_is_over(brief_hub: RunningHub) -> None:
    browser = brief_hub.sign_in("alice")
    left, token = brief_hub.token("bob"), brief_hub.token("alice", browser)
    begun = time.monotonic()
    renewed = brief_hub.api("POST", "passerelle/renew", token).json()
    assert renewed["expires_in"] == 10

    time.sleep(5)  # the old one's grace is over, the new one lives
    assert brief_hub.api("GET", "user", token).status_code == 403
    token = renewed["access_token"]
    assert brief_hub.api("GET", "user", token).status_code == 200

    time.sleep(max(0, begun + 11 - time.monotonic()))  # one that nobody renewed has ended
    assert brief_hub.api("GET", "user", left).status_code == 403
    assert brief_hub.api("POST", "passerelle/renew", left).json()["code"] == "signed-out"

    token = browser_token = brief_hub.token("alice", browser)
    while time.monotonic() < begun + 60:
        answer = brief_hub.api("POST", "passerelle/renew", token)
        if answer.status_code != 200:
            break
        assert answer.json()["expires_in"] <= answer.json()["session_ends"] <= 26
        token = answer.json()["access_token"]
        time.sleep(1)
    assert (answer.status_code, answer.json()["code"]) == (401, "session-over")
    assert browser_token != token


def test_who_is_let_in_no_longer_renews_nothing(brief_hub: RunningHub) -> None:
    token = brief_hub.token("bob")
    admin = brief_hub.sign_in("admin")
    admin.get("hub/authorize")
    here = {"Sec-Fetch-Site": "same-origin"}
    assert admin.get("hub/authorize/bob", headers=here).status_code == 302
    assert brief_hub.api("POST", "passerelle/renew", token).json()["code"] == "session-over"
    admin.get("hub/authorize/bob", headers=here)
    assert brief_hub.token("bob")
