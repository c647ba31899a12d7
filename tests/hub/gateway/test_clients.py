import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallback_hub.gateway.clients import client_address, counted_as


def seen(peer: str, *forwarded: str) -> str:
    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    return client_address({"type": "http", "client": (peer, 1), "headers": headers})


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", ["192.0.2.1"], "192.0.2.1"),
        ("127.0.0.1", ["203.0.113.9, 192.0.2.1"], "192.0.2.1"),
        ("127.0.0.1", ["203.0.113.9,192.0.2.1,127.0.0.1"], "192.0.2.1"),
        ("127.0.0.1", ["203.0.113.9", "192.0.2.1"], "192.0.2.1"),
        ("127.0.0.1", ["127.0.0.1"], "127.0.0.1"),
        ("127.0.0.1", ["192.0.2.1, nonsense"], "127.0.0.1"),
        ("127.0.0.1", ["::ffff:192.0.2.1"], "192.0.2.1"),
        ("127.0.0.1", ["::ffff:127.0.0.1"], "127.0.0.1"),
        ("::1", ["2001:db8::1"], "2001:db8::1"),
        ("192.0.2.7", ["203.0.113.9"], "192.0.2.7"),
        ("192.0.2.7", ["127.0.0.1"], "192.0.2.7"),
    ],
)
def test_the_nearest_address_that_isnt_ours_counts(peer: str, forwarded: list[str], address: str) -> None:
    assert seen(peer, *forwarded) == address


def test_a_socket_without_an_address_is_unknown() -> None:
    assert client_address({"type": "http", "client": None, "headers": []}) == "unknown"
    assert seen("not-an-address", "192.0.2.1") == "unknown"


def test_an_ipv6_neighbourhood_counts_as_one() -> None:
    assert counted_as("2001:db8::1") == counted_as("2001:db8::ffff:1") == "2001:db8::/64"
    assert counted_as("2001:db8:0:1::1") != counted_as("2001:db8::1")
    assert counted_as("192.0.2.1") == "192.0.2.1"
    assert counted_as("unknown") == "unknown"


@given(st.text(max_size=60))
def test_no_header_breaks_it(text: str) -> None:
    value = text.encode("latin-1", "replace").decode("latin-1")
    headers = [(b"x-forwarded-for", value.encode("latin-1"))]
    assert client_address({"type": "http", "client": ("127.0.0.1", 1), "headers": headers})
