import threading
from pathlib import Path

import httpx
import pytest

from fallback_hub.gateway import courses
from fallback_hub.gateway.app import ROUTES
from tests.hub.gateway.conftest import COURSE, SITE, VERIFIER, Desk, Opener, refused, write_site


def preflight(desk: Desk, path: str, origin: str, method: str, headers: str = "") -> httpx.Response:
    asked = {"Origin": origin, "Access-Control-Request-Method": method}
    return desk.page.options(path, headers=asked | ({"Access-Control-Request-Headers": headers} if headers else {}))


def test_the_sites_pages_may_ask_with_their_token(desk: Desk) -> None:
    for path, method in (("bridge/token", "POST"), ("courses", "GET"), ("servers/a/b/log", "GET")):
        response = preflight(desk, path, SITE, method, "authorization,content-type")
        assert response.status_code == 200
        assert response.headers["access-control-allow-origin"] == SITE
        assert {"authorization", "content-type"} <= set(
            response.headers["access-control-allow-headers"].lower().replace(" ", "").split(",")
        )
        assert response.headers["access-control-allow-methods"] == "GET, POST"
        assert "origin" in response.headers["vary"].lower()
        assert "access-control-allow-credentials" not in response.headers


def test_preflights_of_others_are_refused(desk: Desk) -> None:
    for origin in ("http://evil.test", "null", "http://site.test.evil.test", "https://site.test"):
        response = preflight(desk, "courses", origin, "GET", "authorization")
        refused(response, 403, "foreign-origin")
        assert "access-control-allow-origin" not in response.headers
    assert preflight(desk, "courses", SITE, "DELETE").status_code == 400
    assert preflight(desk, "courses", SITE, "GET", "x-odd").status_code == 400


def test_another_origins_page_reads_nothing_even_with_a_token(desk: Desk) -> None:
    for _, path, _ in ROUTES:
        response = desk.get(path, "alice", Origin="http://evil.test")
        refused(response, 403, "foreign-origin")
        assert "access-control-allow-origin" not in response.headers
    assert not desk.hub.asked


def test_programs_that_arent_browsers_may_read(desk: Desk) -> None:
    token = desk.hub.sign_in("alice")
    response = httpx.get(f"{desk.url}courses", headers={"Authorization": f"Bearer {token}"})
    assert response.status_code == 200
    assert "access-control-allow-origin" not in response.headers


def test_health_and_readiness(open_desk: Opener, tmp_path: Path) -> None:
    write_site(tmp_path, COURSE)
    desk = open_desk()
    assert desk.page.get("health").json() == {"alive": True}
    assert desk.page.get("ready").json() == {"ready": True, "hub": True, "site": True}
    desk.hub.mood = "broken"
    (tmp_path / "_site").rename(tmp_path / "away")
    response = desk.page.get("ready")
    assert response.status_code == 503
    assert response.json() == {"ready": False, "hub": False, "site": False}
    assert desk.page.get("health").status_code == 200


def test_a_gateway_without_its_hub_lives_and_isnt_ready(open_desk: Opener, tmp_path: Path) -> None:
    write_site(tmp_path, COURSE)
    desk = open_desk(reachable=False)
    assert desk.page.get("health").status_code == 200
    assert desk.page.get("ready").json() == {"ready": False, "hub": False, "site": True}
    assert "passerelle_gateway_hub_reachable 0.0" in desk.page.get("metrics").text


def test_addresses_outside_the_table_are_told_in_json(desk: Desk) -> None:
    assert desk.page.get("").json() == {"alive": True}  # where JupyterHub looks every minute
    for path in ("nothing", "courses/", "bridge/token/", "health/x", "../../../etc/passwd"):
        response = desk.page.get(path)
        refused(response, 404, "not-found")
    refused(httpx.get(desk.url.partition("/lab/")[0] + "/courses"), 404, "not-found")
    refused(desk.page.post("courses", json={}), 405, "wrong-method")


def test_every_answer_has_its_number_and_says_nothing_of_the_server(desk: Desk) -> None:
    answers = [desk.page.get(path) for path in ("health", "nothing", "courses", "metrics")]
    answers += [preflight(desk, "courses", SITE, "GET"), preflight(desk, "courses", "http://evil.test", "GET")]
    numbers = [answer.headers["x-request-id"] for answer in answers]
    assert len(set(numbers)) == len(numbers)
    desk.await_told()
    assert [line["request"] for line in desk.lines if line["event"] == "request"][: len(numbers)] == numbers
    for answer in answers:
        assert "server" not in answer.headers
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_figures_count_routes_and_outcomes_without_names(open_desk: Opener, tmp_path: Path) -> None:
    write_site(tmp_path, COURSE)
    desk = open_desk()
    code = desk.hub.authorize("alice", VERIFIER)
    desk.exchange(code, VERIFIER)
    desk.exchange(code, VERIFIER)
    desk.get("courses", "alice")
    desk.get("servers/alice/genomique/log", "alice")
    desk.page.get("nothing/alice")
    assert desk.page.request("BREW", "courses").status_code == 405
    response = desk.page.get("metrics")
    assert response.headers["content-type"].startswith("text/plain")
    told = response.text
    for line in (
        'passerelle_gateway_requests_total{method="POST",route="bridge/token",status="200"} 1.0',
        'passerelle_gateway_requests_total{method="POST",route="bridge/token",status="400"} 1.0',
        'passerelle_gateway_requests_total{method="GET",route="courses",status="200"} 1.0',
        'passerelle_gateway_requests_total{method="GET",route="servers/{user}/{course}/log",status="403"} 1.0',
        'passerelle_gateway_requests_total{method="GET",route="other",status="404"} 1.0',
        'passerelle_gateway_requests_total{method="other",route="courses",status="405"} 1.0',
        'passerelle_gateway_sign_ins_total{outcome="granted"} 1.0',
        'passerelle_gateway_sign_ins_total{outcome="code-refused"} 1.0',
        "passerelle_gateway_hub_reachable 1.0",
        'passerelle_gateway_request_seconds_count{route="courses"}',
    ):
        assert line in told
    assert "alice" not in told
    assert "BREW" not in told


@pytest.mark.parametrize(
    ("forwarded", "shown"),
    [
        ("", True),
        ("127.0.0.1", True),
        ("::1, 127.0.0.1", True),
        ("192.0.2.1", False),
        ("127.0.0.1, 192.0.2.1", False),
        ("127.0.0.1, 192.0.2.1, 127.0.0.1", False),
    ],
)
def test_figures_are_for_this_machine_and_the_tokens_holder(open_desk: Opener, forwarded: str, *, shown: bool) -> None:
    desk = open_desk('[servers]\nmetrics_token = "0123456789abcdef"\n')
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert (desk.page.get("metrics", headers=headers).status_code == 200) is shown
    allowed = headers | {"Authorization": "Bearer 0123456789abcdef"}
    assert desk.page.get("metrics", headers=allowed).status_code == 200
    wrong = headers | {"Authorization": "Bearer 0123456789abcdeF"}
    assert (desk.page.get("metrics", headers=wrong).status_code == 200) is shown


def test_without_a_token_in_the_settings_none_opens_the_figures(desk: Desk) -> None:
    for authorization in ("", "Bearer", "Bearer x"):
        headers = {"X-Forwarded-For": "192.0.2.1", "Authorization": authorization}
        refused(desk.page.get("metrics", headers=headers), 404, "not-found")


def test_our_own_mistakes_are_told_calmly_and_logged(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(site: Path) -> None:
        raise ValueError("alice's secret")

    monkeypatch.setattr(courses, "read_courses", stumble)
    response = desk.get("courses", "alice")
    refused(response, 500, "fault")
    assert response.headers["access-control-allow-origin"] == SITE
    (fault,) = (line for line in desk.lines if line["event"] == "fault")
    assert fault["error"] == "ValueError"
    assert fault["request"] == response.headers["x-request-id"]
    assert any("stumble" in str(place) for place in list(fault["trace"]))  # type: ignore[call-overload]
    assert "alice" not in desk.log.getvalue()


def test_one_slow_question_doesnt_hold_the_others(desk: Desk) -> None:
    desk.hub.mood = "thoughtful"
    code = desk.hub.authorize("alice", VERIFIER)
    answers: list[int] = []
    slow = threading.Thread(target=lambda: answers.append(desk.exchange(code, VERIFIER).status_code))
    slow.start()
    desk.hub.await_exchange()
    assert desk.page.get("health").status_code == 200
    assert answers == []
    desk.hub.may_answer.set()
    slow.join(30)
    assert answers == [200]
