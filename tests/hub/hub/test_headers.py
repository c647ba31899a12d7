"""What browsers are told, by a real hub."""

import httpx
import pytest

from tests.hub.running import RunningHub


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "user"),
        ("POST", "users/alice/servers/genomique"),
        ("DELETE", "users/alice/servers/genomique"),
        ("GET", "users/alice/servers/genomique/progress"),
        ("POST", "passerelle/renew"),
        ("POST", "passerelle/revoke"),
    ],
)
def test_a_page_of_the_site_may_ask(hub: RunningHub, method: str, path: str) -> None:
    headers = {
        "Origin": hub.settings.site_origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    with hub.client() as client:
        preflight = client.options(f"hub/api/{path}", headers=headers)
    assert preflight.status_code in {200, 204}
    said = preflight.headers
    assert said["access-control-allow-origin"] == hub.settings.site_origin
    assert method in said["access-control-allow-methods"]
    assert {"authorization", "content-type"} <= set(said["access-control-allow-headers"].split(", "))
    assert "access-control-allow-credentials" not in said


@pytest.mark.parametrize("path", ["api/user", "api/nothing", "login", "home", "api/oauth2/token", "nothing"])
def test_no_other_origin_may_ever_read(hub: RunningHub, path: str) -> None:
    with hub.client() as client:
        said = client.get(f"hub/{path}", headers={"Origin": "https://evil.example"}).headers
    assert said.get("access-control-allow-origin") in {None, hub.settings.site_origin}
    assert "access-control-allow-credentials" not in said


@pytest.mark.parametrize("path", ["login", "api/user", "home", "nothing", "api/oauth2/authorize"])
def test_no_page_may_frame_the_hub(hub: RunningHub, path: str) -> None:
    with hub.client() as client:
        said = client.get(f"hub/{path}").headers
    if said.get("content-type", "").startswith(("text/html", "application/json")):
        assert "frame-ancestors 'none'" in said["content-security-policy"]
        assert said["x-content-type-options"] == "nosniff"


def test_an_api_answer_is_no_page(hub: RunningHub) -> None:
    with hub.client() as client:
        assert "default-src 'none'" in client.get("hub/api/user").headers["content-security-policy"]


def test_cookies_stay_here_and_end_with_the_browser(hub: RunningHub) -> None:
    with hub.client() as client:
        answer = hub.try_sign_in(client, "alice", hub.passwords["alice"])
    cookies = {line.partition("=")[0]: line.lower() for line in answer.headers.get_list("set-cookie")}
    login = cookies["jupyterhub-hub-login"]
    assert "httponly" in login
    assert "samesite=lax" in login
    assert "expires" not in login
    assert "max-age" not in login


def test_a_form_from_elsewhere_changes_nothing(hub: RunningHub) -> None:
    client = hub.sign_in("alice")
    headers = {"Origin": hub.settings.site_origin, "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Site": "same-site"}
    answer = client.post("hub/api/users/alice/servers/genomique", headers=headers, content="{}")
    assert answer.status_code == 403
    answer = client.post("hub/api/users/alice/tokens", headers=headers, content="{}")
    assert answer.status_code == 403


def test_nobody_fills_the_hubs_memory(hub: RunningHub) -> None:
    client = hub.client()
    assert client.post("hub/login", content=b"x" * 900_000).status_code == 403
    try:
        refused = client.post("hub/login", content=b"x" * 2_000_000).status_code >= 400
    except httpx.TransportError:
        refused = True
    assert refused
    assert "Content-Length too long" in hub.said()
    assert hub.client().get("hub/login").status_code == 200  # on a new connection: that one was cut
