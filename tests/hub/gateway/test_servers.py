import os
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallback_hub.gateway.refusals import Refusal
from fallback_hub.gateway.servers import LINE_LENGTH, LINES, TAIL_BYTES, read_tail
from fallback_hub.hub.processes import log_path
from tests.hub.gateway.conftest import SITE, Desk, refused


def write_log(desk: Desk, text: str) -> None:
    path = log_path(desk.settings.hub.state, "alice", "genomique")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_teacher_reads_the_end_of_a_log(desk: Desk) -> None:
    write_log(desk, "".join(f"line {number}\n" for number in range(150)))
    desk.hub.people["durand"] = ["genomique:teacher"]
    response = desk.get("servers/alice/genomique/log", "durand")
    assert response.status_code == 200
    assert response.json() == {"lines": [f"line {number}" for number in range(50, 150)]}
    assert response.headers["access-control-allow-origin"] == SITE


def test_an_administrator_reads_it_too(desk: Desk) -> None:
    write_log(desk, "started")
    desk.hub.admins.add("root")
    assert desk.get("servers/alice/genomique/log", "root").json() == {"lines": ["started"]}


@pytest.mark.parametrize("groups", [[], ["genomique:assistant"], ["genomique:student"], ["algo:teacher"]])
def test_others_dont_and_learn_not_whether_there_is_one(desk: Desk, groups: list[str]) -> None:
    write_log(desk, "started")
    desk.hub.people["alice"] = groups
    refused(desk.get("servers/alice/genomique/log", "alice"), 403, "not-allowed")
    refused(desk.get("servers/nobody/genomique/log", "alice"), 403, "not-allowed")


def test_nobody_signed_in_reads_nothing(desk: Desk) -> None:
    write_log(desk, "started")
    refused(desk.page.get("servers/alice/genomique/log"), 401, "signed-out")


def test_no_log_is_said(desk: Desk) -> None:
    desk.hub.admins.add("root")
    refused(desk.get("servers/alice/genomique/log", "root"), 404, "no-log")


@pytest.mark.parametrize(
    "address",
    [
        "servers/../genomique/log",
        "servers/%2e%2e/genomique/log",
        "servers/..%2f..%2fetc/genomique/log",
        "servers/%2fetc%2fpasswd/genomique/log",
        "servers/alice/..%2fx/log",
        "servers/alice/%2e%2e/log",
        "servers/alice%00/genomique/log",
        "servers/alice%0a/genomique/log",
        "servers/alice/genomique%0a/log",
        "servers/alice/Genomique/log",
        "servers/Alice/genomique/log",
        "servers/al%5cice/genomique/log",
        "servers/.alice/genomique/log",
        "servers/-alice/genomique/log",
        f"servers/{'a' * 300}/genomique/log",
        "servers//genomique/log",
        "servers/alice/genomique/log/",
    ],
)
def test_names_that_are_none_lead_nowhere(desk: Desk, address: str) -> None:
    desk.hub.admins.add("root")
    token = desk.hub.sign_in("root")
    response = httpx.get(desk.url + address, headers={"Authorization": f"Bearer {token}"}, follow_redirects=False)
    refused(response, 404, "not-found")


def test_links_pipes_and_folders_arent_logs(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    (tmp_path / "link.log").symlink_to(secret)
    os.mkfifo(tmp_path / "pipe.log")
    (tmp_path / "folder.log").mkdir()
    for name in ("link.log", "pipe.log", "folder.log", "missing.log"):
        with pytest.raises(Refusal, match="no-log"):
            read_tail(tmp_path / name)


def test_a_long_log_is_read_from_its_end_only(tmp_path: Path) -> None:
    path = tmp_path / "long.log"
    with path.open("wb") as log:
        log.seek(5_000_000_000)  # a hole: nothing on the disk
        log.write(b"x" * 10 + b"\nlast\n")
    lines = read_tail(path)
    assert lines == ["last"]
    path.write_text("é" * 200_000)
    assert read_tail(path) == []
    path.write_text("y" * 5_000 + "\n")
    assert read_tail(path) == ["y" * LINE_LENGTH]


def test_what_steers_a_terminal_is_taken_out(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_bytes(b"\x1b[31mred\x1b[0m\t\x07\x00end\r\n 10%\r 50%\r100%\n\x1b]0;title\x07shown\n\xff<b>\x9b31m\n")
    assert read_tail(path) == ["red\tend", "100%", "shown", "\ufffd<b>\ufffd31m"]


def test_tokens_are_taken_out(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_text(
        "GET /user/alice/genomique/lab?token=0123abcd&x=1\n"
        "Authorization: Bearer abc.def-1\nauthorization: token 0123abcd\nprotocols: passerelle.token.0123abcd, v1\n"
    )
    assert read_tail(path) == [
        "GET /user/alice/genomique/lab?token=…&x=1",
        "Authorization: Bearer …",
        "authorization: token …",
        "protocols: passerelle.token.…, v1",
    ]


@given(data=st.binary(max_size=2_000))
def test_any_bytes_give_short_plain_lines(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.log"
    path.write_bytes(data * 50)
    lines = read_tail(path)
    assert len(lines) <= LINES
    assert sum(len(line) for line in lines) <= TAIL_BYTES
    for line in lines:
        assert len(line) <= LINE_LENGTH
        assert all(letter == "\t" or letter.isprintable() or ord(letter) > 159 for letter in line)
