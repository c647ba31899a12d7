from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallback_hub.addresses import WebAddress, parse_address, parse_bind


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("https://hub.example.org", "https://hub.example.org/"),
        ("HTTPS://Hub.Example.ORG:443/", "https://hub.example.org/"),
        ("http://127.0.0.1:8001", "http://127.0.0.1:8001/"),
        ("http://localhost:80/a/b", "http://localhost/a/b/"),
        ("https://[2001:DB8:0::1]:8443/x", "https://[2001:db8::1]:8443/x/"),
    ],
)
def test_an_address_has_one_form(text: str, exact: str) -> None:
    assert str(parse_address(text)) == exact


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hub.example.org",
        "ftp://hub.example.org/",
        "javascript:alert(1)",
        "https://",
        "https:///x",
        "https://me:secret@hub.example.org/",
        "https://hub.example.org\\@evil.example/",
        "https://hub.example.org/?a=b",
        "https://hub.example.org/#top",
        "https://hub.example.org/?",
        "https://hub.example.org/ x",
        "https://hub.example.org\n/",
        "https://hub..example.org/",
        "https://hüb.example.org/",
        "https://hub.example.org:0/",
        "https://hub.example.org:99999/",
        "https://hub.example.org:x/",
        "http://127.1:8001/",
        "http://2130706433/",
        "http://0x7f.0.0.0x1/",
        "https://hub.example.org/a//b/",
        "https://hub.example.org/../",
        "https://hub.example.org/%2e%2e/",
        "http://[::1/",
        "https://*.example.org/",
    ],
)
def test_what_is_no_address_is_told_in_a_sentence(text: str) -> None:
    told = parse_address(text)
    assert isinstance(told, str)
    assert told.endswith(".")


@given(st.text(max_size=40) | st.builds("https://{}".format, st.text(max_size=30)))
def test_any_text_is_refused_or_an_exact_address(text: str) -> None:
    parsed = parse_address(text)
    if isinstance(parsed, WebAddress):
        assert parse_address(str(parsed)) == parsed
        parts = urlsplit(str(parsed))
        assert (parts.username, parts.query, parts.fragment) == (None, "", "")
        assert parts.path.startswith("/")
        assert parts.path.endswith("/")
        assert parsed.origin == f"{parts.scheme}://{parts.netloc}"


@pytest.mark.parametrize(
    ("text", "bind"),
    [
        ("127.0.0.1:8001", ("127.0.0.1", 8001)),
        ("[::1]:8001", ("::1", 8001)),
        (":8001", ("0.0.0.0", 8001)),  # noqa: S104
        ("8001", None),
        ("host:0", None),
        ("host:70000", None),
        ("a b:80", None),
    ],
)
def test_where_to_listen(text: str, bind: tuple[str, int] | None) -> None:
    assert parse_bind(text) == bind


@given(st.text(max_size=30))
def test_any_text_is_a_place_to_listen_or_none(text: str) -> None:
    bind = parse_bind(text)
    assert bind is None or 1 <= bind[1] <= 65_535
