"""The way into the hub's own JupyterLab, against a real hub."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.hub.running import RunningHub

PAGE = "hub/passerelle/open/genomique"


def test_nobody_signed_in_signs_in_first_and_comes_back(hub: RunningHub) -> None:
    with hub.client() as client:
        where = urlsplit(client.get(f"{PAGE}?lesson=01-start.ipynb").headers["location"])
    assert where.path == "/hub/login"
    assert parse_qs(where.query)["next"] == ["/hub/passerelle/open/genomique?lesson=01-start.ipynb"]


def test_a_lesson_opens_after_its_server_has_started(hub: RunningHub) -> None:
    client = hub.sign_in("bob")
    where = urlsplit(client.get(f"{PAGE}?lesson=01-start.ipynb").headers["location"])
    assert where.path == "/hub/spawn/bob/genomique"
    asked = parse_qs(where.query)
    assert asked["next"] == ["/user/bob/genomique/passerelle/open?lesson=01-start.ipynb"]
    assert asked["profile"] == ["standard"]
    assert where.netloc == ""


@pytest.mark.parametrize(
    "path",
    [
        "hub/passerelle/open/none",
        "hub/passerelle/open/..",
        "hub/passerelle/open/%2e%2e",
        f"{PAGE}?lesson=../../etc/passwd",
        f"{PAGE}?lesson=//evil.example/",
        f"{PAGE}?lesson=<script>alert(1)</script>",
    ],
)
def test_only_the_sites_courses_and_lessons_open(hub: RunningHub, path: str) -> None:
    client = hub.sign_in("bob")
    answer = client.get(path)
    assert answer.status_code in {302, 404}
    if answer.status_code == 302:
        assert urlsplit(answer.headers["location"]).netloc in {"", urlsplit(hub.url).netloc}
    assert "<script>alert" not in answer.text
