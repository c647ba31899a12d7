import contextlib
import json
import socket
import time
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallback_hub.gateway import bodies
from fallback_hub.gateway.refusals import Refusal
from tests.hub.gateway.conftest import SITE, VERIFIER, Desk, refused


def test_a_form_is_refused(desk: Desk) -> None:
    code = desk.hub.authorize("alice", VERIFIER)
    form = {"code": code, "code_verifier": VERIFIER, "redirect_uri": desk.hub.redirect_uri}
    refused(desk.page.post("bridge/token", data=form), 415, "wrong-type")
    for kind in ("text/plain", "application/jsonp", "application/json-patch+json", ""):
        headers = {"Content-Type": kind}
        refused(desk.page.post("bridge/token", content=json.dumps(form), headers=headers), 415, "wrong-type")
    assert not desk.hub.exchanges


def test_json_may_name_its_charset(desk: Desk) -> None:
    form = {"code": "x", "code_verifier": VERIFIER, "redirect_uri": desk.hub.redirect_uri}
    headers = {"Content-Type": "application/json; charset=utf-8"}
    refused(desk.page.post("bridge/token", content=json.dumps(form), headers=headers), 400, "code-refused")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"code"',
        b"[" * 15_000,
        b'{"code":' * 1_900,
        b"\xff\xfe{}",
        b'{"code": NaN}',
        b'{"code":"a","code":"b"}',
        b"{}",
        b'{"code":"a","code_verifier":"b"}',
        b'{"code":1,"code_verifier":"b","redirect_uri":"c"}',
        b'{"code":"a","code_verifier":["b"],"redirect_uri":"c"}',
    ],
)
def test_odd_bodies_are_refused(desk: Desk, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    refused(desk.page.post("bridge/token", content=body, headers=headers), 400, "malformed")


@pytest.mark.parametrize(
    ("code", "verifier"),
    [
        ("", VERIFIER),
        ("x" * 257, VERIFIER),
        ("a b", VERIFIER),
        ("a\r\nX: y", VERIFIER),
        ("é", VERIFIER),
        ("\ud800", VERIFIER),
        ("code", "x" * 42),
        ("code", "x" * 129),
        ("code", "é" * 50),
        ("code", "x" * 50 + "\n"),
        ("code", "x" * 50 + "&client_id=other"),
    ],
)
def test_codes_and_verifiers_have_their_forms(desk: Desk, code: str, verifier: str) -> None:
    body = json.dumps({"code": code, "code_verifier": verifier, "redirect_uri": desk.hub.redirect_uri})
    headers = {"Content-Type": "application/json"}
    refused(desk.page.post("bridge/token", content=body, headers=headers), 400, "malformed")
    assert not desk.hub.exchanges


def test_a_huge_body_is_refused_before_it_is_read(desk: Desk) -> None:
    headers = {"Content-Type": "application/json"}
    refused(desk.page.post("bridge/token", content=b" " * 16_001, headers=headers), 413, "too-large")


def test_a_body_that_never_ends_is_refused(desk: Desk) -> None:
    def chunks() -> "list[bytes]":
        return [b" " * 4_000 for _ in range(5)]

    headers = {"Content-Type": "application/json"}
    refused(desk.page.post("bridge/token", content=iter(chunks()), headers=headers), 413, "too-large")


def send_slowly(desk: Desk, head: bytes) -> bytes:
    address = urlsplit(desk.url)
    with socket.create_connection((address.hostname, address.port or 0), timeout=10) as line:
        line.sendall(head)
        received = b""
        while part := line.recv(65_536):
            received += part
            if b"\r\n\r\n" in received and not received.endswith(b"\r\n\r\n"):
                break
        return received


def test_a_slow_body_is_given_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "BODY_SECONDS", 0.3)
    path = urlsplit(desk.url).path + "bridge/token"
    head = f"POST {path} HTTP/1.1\r\nHost: h\r\nOrigin: {SITE}\r\nContent-Type: application/json\r\n"
    began = time.monotonic()
    received = send_slowly(desk, f"{head}Content-Length: 100\r\n\r\n{{".encode())
    assert received.startswith(b"HTTP/1.1 408 ")
    assert b'"code":"too-slow"' in received
    assert time.monotonic() - began < 5


def test_headers_are_bounded(desk: Desk) -> None:
    path = urlsplit(desk.url).path + "health"
    received = send_slowly(desk, f"GET {path} HTTP/1.1\r\nHost: h\r\nX-Long: {'x' * 20_000}".encode())
    assert received.startswith(b"HTTP/1.1 400 ")


@given(st.binary(max_size=300))
def test_whatever_comes_is_an_object_or_malformed(body: bytes) -> None:
    with contextlib.suppress(Refusal):
        assert isinstance(bodies._parse(body), dict)
