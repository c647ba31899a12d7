import pytest
from hypothesis import given
from hypothesis import strategies as st
from tornado.httputil import HTTPHeaders

from fallback_hub.singleuser.identity import move_token

KERNEL = "v1.kernel.websocket.jupyter.org"


def upgrade(protocols: str | None, **more: str) -> HTTPHeaders:
    headers = HTTPHeaders({"Upgrade": "websocket", **more})
    if protocols is not None:
        headers["Sec-WebSocket-Protocol"] = protocols
    return headers


def test_the_token_becomes_a_header_and_is_never_answered_back() -> None:
    headers = upgrade(f"{KERNEL}, passerelle.token.abc123", Authorization="token other")
    assert move_token(headers)
    assert headers["Authorization"] == "token abc123"
    assert headers["Sec-WebSocket-Protocol"] == KERNEL


def test_a_token_alone_leaves_no_protocol() -> None:
    headers = upgrade("passerelle.token.abc123")
    assert move_token(headers)
    assert "Sec-WebSocket-Protocol" not in headers


@pytest.mark.parametrize(
    "headers", [upgrade(None), upgrade(KERNEL), HTTPHeaders({"Sec-WebSocket-Protocol": "passerelle.token.x"})]
)
def test_other_requests_stay_as_they_are(headers: HTTPHeaders) -> None:
    before = dict(headers)
    assert not move_token(headers)
    assert dict(headers) == before


@given(st.lists(st.sampled_from([KERNEL, "passerelle.token.a", "passerelle.token.", "x", " ", ""]), max_size=6))
def test_no_token_is_left_among_the_protocols(protocols: list[str]) -> None:
    headers = upgrade(", ".join(protocols))
    move_token(headers)
    assert "passerelle.token" not in headers.get("Sec-WebSocket-Protocol", "")
