from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.site.audit import off_origin


@pytest.mark.parametrize(
    "address",
    [
        "//cdn.example/x", "HTTPS://CDN.EXAMPLE/x", "ftp://h/x", "ws://h", "///cdn.example/x", "/\\cdn.example/x",
        "\\\\cdn.example\\x", " https://cdn.example", "\thttps://h", "ht\ntps://h", "/\t/cdn.example", "//[", "http://[",
        "javascript:alert(1)", "file:///etc/passwd", "\x01//h",
    ],
)  # fmt: skip
def test_off_origin(address: str) -> None:
    assert off_origin(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        ".",
        "..",
        "a",
        "./a",
        "/a",
        "?q=//x",
        "#//x",
        "a//b",
        "data:,x",
        "blob:null/1",
        "about:blank",
        "a/b:c",
        "./a:b",
    ],
)
def test_on_origin(address: str) -> None:
    assert not off_origin(address)


HOST = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?(\.[a-z]{2,5}){0,2}", fullmatch=True)
TAIL = st.text(max_size=20)


@given(scheme=st.sampled_from(["http:", "https:", "HTTP:", "wss:", "ftp:", "x:", ""]), host=HOST, tail=TAIL)
def test_any_address_with_a_host_is_off_origin(scheme: str, host: str, tail: str) -> None:
    assert off_origin(f"{scheme}//{host}/{tail}")
    assert off_origin(f"  {scheme}//{host}:8000?{tail}")


SEGMENT = st.text(st.characters(blacklist_characters="/\\:", blacklist_categories=["Cc", "Cs"]), min_size=1, max_size=8)


@given(segments=st.lists(SEGMENT, min_size=1, max_size=5), absolute=st.booleans(), tail=TAIL)
def test_no_path_is_off_origin(segments: list[str], absolute: bool, tail: str) -> None:
    path = "/".join(segments)
    assert not off_origin(f"/{path}" if absolute and path.strip() else f"./{path}")
    assert not off_origin(f"./{path}?{tail}#{tail}")


@given(st.text(max_size=60))
def test_any_text_is_judged_as_its_parts_say(address: str) -> None:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        assert off_origin(address)
        return
    if parts.netloc:
        assert off_origin(address)
