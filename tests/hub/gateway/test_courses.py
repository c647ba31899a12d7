import os
from pathlib import Path

import pytest

from tests.hub.gateway.conftest import COURSE, SITE, Desk, Opener, refused, write_site

MEMBERS = """
[servers]
idle_minutes = 30
max_file = "1 GB"
[sign_in]
token_minutes = 20
session_hours = 8
[profiles.large]
memory = "8 GB"
cpus = 4
minutes = 45
[courses.genomique]
open = false
teachers = ["durand"]
"""


def test_courses_say_what_the_page_needs(open_desk: Opener, tmp_path: Path) -> None:
    write_site(tmp_path, COURSE, COURSE | {"slug": "algo", "title": {"fr": "Algo", "en": "Algorithms"}, "profiles": []})
    desk = open_desk(MEMBERS)
    desk.hub.people["alice"] = ["genomique:student", "autre:teacher"]
    response = desk.get("courses", "alice")
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == SITE
    assert response.headers["cache-control"] == "no-store"
    assert response.json() == {
        "user": "alice",
        "admin": False,
        "idle_minutes": 30,
        "token_minutes": 20,
        "session_hours": 8,
        "max_file_bytes": 1_000_000_000,
        "courses": [
            {
                "slug": "algo",
                "title": {"fr": "Algo", "en": "Algorithms"},
                "role": None,
                "may_start": True,
                "profiles": [{"name": "standard", "memory": 4_000_000_000, "cpus": 2, "gpus": 0, "minutes": 120}],
            },
            {
                "slug": "genomique",
                "title": {"fr": "Génomique", "en": "Genomics"},
                "role": "student",
                "may_start": True,
                "profiles": [
                    {"name": "standard", "memory": 4_000_000_000, "cpus": 2, "gpus": 0, "minutes": 120},
                    {"name": "large", "memory": 8_000_000_000, "cpus": 4, "gpus": 0, "minutes": 45},
                ],
            },
        ],
    }


@pytest.mark.parametrize(
    ("name", "groups", "role", "start"),
    [
        ("bob", [], None, False),
        ("bob", ["genomique2:teacher", "genomique:", "genomique", "GENOMIQUE:teacher"], None, False),
        ("bob", ["genomique:assistant", "genomique:student"], "assistant", True),
        ("durand", [], "teacher", True),
        ("root", [], None, True),
    ],
)
def test_a_closed_course_knows_its_own(
    open_desk: Opener, tmp_path: Path, name: str, groups: list[str], role: str | None, *, start: bool
) -> None:
    write_site(tmp_path, COURSE)
    desk = open_desk(MEMBERS)
    desk.hub.people[name] = groups
    desk.hub.admins.add("root")
    (course,) = desk.get("courses", name).json()["courses"]
    assert (course["role"], course["may_start"]) == (role, start)


@pytest.mark.parametrize(
    "authorization", [b"", b"Bearer", b"Bearer a b", b"Basic YTpi", b"Bearer \xe9", b"token x", b"Bearer unknown"]
)
def test_nobody_signed_in_learns_nothing(desk: Desk, authorization: bytes) -> None:
    response = desk.page.get("courses", headers=[(b"Origin", SITE.encode()), (b"Authorization", authorization)])
    refused(response, 401, "signed-out")
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.headers["access-control-allow-origin"] == SITE


def test_two_tokens_are_none(desk: Desk) -> None:
    token = desk.hub.sign_in("alice")
    headers = [("Origin", SITE), ("Authorization", f"Bearer {token}"), ("Authorization", "Bearer other")]
    refused(desk.page.get("courses", headers=headers), 401, "signed-out")
    assert not desk.hub.asked


def test_a_token_in_the_address_is_none(desk: Desk) -> None:
    refused(desk.page.get(f"courses?token={desk.hub.sign_in('alice')}"), 401, "signed-out")


def test_a_token_made_for_something_else_is_refused(desk: Desk) -> None:
    desk.hub.scopes = ["access:servers!server=alice/genomique", "read:users:name!user=alice"]
    refused(desk.get("courses", "alice"), 401, "signed-out")


def test_a_services_token_is_nobodys(desk: Desk) -> None:
    refused(desk.get("courses", "service-cull"), 401, "signed-out")


def test_a_site_that_is_built_again_is_read_again(open_desk: Opener, tmp_path: Path) -> None:
    write_site(tmp_path, COURSE)
    desk = open_desk()
    assert [course["slug"] for course in desk.get("courses", "alice").json()["courses"]] == ["genomique"]
    (tmp_path / "_site").rename(tmp_path / "old")
    refused(desk.get("courses", "alice"), 503, "site-unreadable")
    write_site(tmp_path, COURSE | {"title": {"fr": "Neuf", "en": "New"}})
    os.utime(tmp_path / "_site/genomique/course.json", ns=(1, 1))
    assert desk.get("courses", "alice").json()["courses"][0]["title"]["fr"] == "Neuf"


def test_titles_with_html_stay_data(open_desk: Opener, tmp_path: Path) -> None:
    title = {"fr": "<script>alert(1)</script>\ud800", "en": "</script>"}
    write_site(tmp_path, COURSE | {"title": title})
    response = open_desk().get("courses", "alice")
    assert response.json()["courses"][0]["title"] == title
    assert response.headers["content-type"] == "application/json"
    assert response.headers["x-content-type-options"] == "nosniff"
