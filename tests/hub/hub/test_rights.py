"""What a page's token can't do, against a real hub."""

import pytest

from tests.hub.running import RunningHub

OTHERS = [
    ("GET", "users"),
    ("GET", "users/bob"),
    ("POST", "users/mallory"),
    ("DELETE", "users/bob"),
    ("PATCH", "users/alice"),
    ("GET", "users/alice/tokens"),
    ("POST", "users/alice/tokens"),
    ("POST", "users/bob/tokens"),
    ("POST", "users/bob/servers/genomique"),
    ("DELETE", "users/bob/servers/genomique"),
    ("GET", "users/bob/servers/genomique/progress"),
    ("POST", "users/alice/activity"),
    ("GET", "groups"),
    ("GET", "groups/genomique:teacher"),
    ("POST", "groups/genomique:teacher/users"),
    ("GET", "services"),
    ("GET", "proxy"),
    ("POST", "proxy"),
    ("GET", "info"),
    ("POST", "shutdown"),
    ("POST", "shares/alice/genomique"),
    ("GET", "users/alice/shared"),
]


@pytest.fixture(scope="module")
def token(hub: RunningHub) -> str:
    return hub.token("alice")


@pytest.mark.parametrize(("method", "path"), OTHERS)
def test_a_pages_token_can_do_nothing_else(hub: RunningHub, token: str, method: str, path: str) -> None:
    hub.token("bob")
    body = {"admin": True} if method == "PATCH" else {"users": ["alice"]}
    answer = hub.api(method, path, token, **({} if method in {"GET", "DELETE"} else {"json": body}))
    assert answer.status_code in {403, 404}, answer.text
    assert hub.api("GET", "user", token).json()["admin"] is False


@pytest.mark.parametrize(("method", "path"), [("GET", "user"), *OTHERS])
def test_a_signed_out_page_can_do_nothing(hub: RunningHub, method: str, path: str) -> None:
    assert hub.api(method, path).status_code in {403, 404}


def test_an_administrators_page_has_no_more_rights_than_anybodys(hub: RunningHub) -> None:
    token = hub.token("admin")
    me = hub.api("GET", "user", token).json()
    assert me["admin"] is True
    assert all(scope.endswith(("!user=admin", "!service=passerelle")) for scope in me["scopes"])
    assert hub.api("GET", "users", token).status_code == 403
    assert hub.api("POST", "users/bob/servers/genomique", token).status_code in {403, 404}


def test_a_page_sees_its_persons_groups_and_servers(hub: RunningHub) -> None:
    hub.sign_in("erin")
    admin = hub.sign_in("admin")
    headers = {"X-XSRFToken": admin.cookies["_xsrf"]}
    joined = admin.post("hub/api/groups/genomique:teacher/users", json={"users": ["erin"]}, headers=headers)
    assert joined.status_code == 200
    me = hub.api("GET", "user", hub.token("erin")).json()
    assert me["groups"] == ["genomique:teacher"]
    assert me["servers"] == {}


def test_a_server_is_its_owners(hub: RunningHub) -> None:
    """One walk, since a server takes seconds: start, use, nobody else's, known to a restarted hub, stop."""
    token, other = hub.token("alice"), hub.token("bob")
    address = hub.start("alice", "genomique", token)
    with hub.client() as client:

        def status(which: str) -> int:
            headers = {"Authorization": f"Bearer {which}", "Origin": hub.settings.site_origin}
            return client.get(f"{address}api/kernelspecs", headers=headers).status_code

        assert status(token) == 200
        assert status(other) == 403
        assert status(hub.token("admin")) == 403
        assert status("0" * 32) in {403, 404}

        started = hub.api("GET", "user", token).json()["servers"]["genomique"]["started"]
        hub.restart_hub()
        assert status(token) == 200
        assert hub.api("GET", "user", token).json()["servers"]["genomique"]["started"] == started
    assert hub.api("POST", "users/alice/servers/genomique", token).status_code == 400
    assert hub.api("DELETE", "users/alice/servers/genomique", token).status_code in {202, 204}
