import base64
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.lessons.pictures import PICTURE_MIMES, read_picture


def png(width: int = 3, height: int = 2, padding: int = 0) -> str:
    """A picture of that size, in base64 as notebooks hold it: broken into lines."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = chunk(b"IDAT", zlib.compress(b"\0" + b"\0" * width) * height)
    data = b"\x89PNG\r\n\x1a\n" + header + chunk(b"tEXt", b"x" * padding) + rows + chunk(b"IEND", b"")
    return base64.encodebytes(data).decode()


def test_a_picture_stands_in_the_page_with_its_size() -> None:
    picture = read_picture("image/png", png(640, 480))
    assert picture is not None
    assert picture.size == (640, 480)
    assert picture.address.startswith("data:image/png;base64,iVBOR")
    assert "\n" not in picture.address


def test_a_heavy_picture_stands_beside_the_page_under_a_name_of_its_own() -> None:
    one, other = (read_picture("image/png", png(padding=1_000_000 + more)) for more in (0, 1))
    assert one is not None
    assert other is not None
    assert one.address == f"pictures/{one.name}"
    assert one.name.endswith(".png")
    assert one.name != other.name


def test_a_drawing_is_a_file_of_its_own() -> None:
    picture = read_picture("image/svg+xml", '<?xml version="1.0"?>\n<svg width="40" height="30"><circle r="3"/></svg>')
    assert picture is not None
    assert picture.size == (40, 30)
    assert b'<svg xmlns="http://www.w3.org/2000/svg" width="40"' in picture.data
    named = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    again = read_picture("image/svg+xml", named)
    assert again is not None
    assert again.data.decode() == named


@pytest.mark.parametrize(
    ("mime", "value"),
    [
        ("image/png", "not base64!"),
        ("image/png", base64.b64encode(b"GIF89a").decode()),
        ("image/png", None),
        ("image/bmp", base64.b64encode(b"BM").decode()),
        ("image/svg+xml", "<html><script>alert(1)</script><svg></svg></html>"),
        ("image/png", "A" * 20_000_001),
    ],
)
def test_what_is_no_picture_of_its_kind_is_none(mime: str, value: str | None) -> None:
    assert read_picture(mime, value) is None


@given(st.sampled_from(PICTURE_MIMES), st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a"]), st.binary())
def test_damaged_pictures_raise_nothing(mime: str, start: bytes, rest: bytes) -> None:
    read_picture(mime, base64.b64encode(start + rest).decode())
    read_picture(mime, f"<svg width='{rest!r}'>")
