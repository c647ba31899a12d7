"""Pictures that cells made: what they are, how large they show, and whether they stand in the page or beside it."""

import binascii
import hashlib
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from io import BytesIO

import imagesize

from lite_site.notebooks.document import Json

# The kinds every browser shows, and how their files begin.
_KINDS = {
    "image/png": ("png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    "image/jpeg": ("jpg", re.compile(rb"\xff\xd8\xff")),
    "image/gif": ("gif", re.compile(rb"GIF8[79]a")),
    "image/webp": ("webp", re.compile(rb"RIFF.{4}WEBP", re.DOTALL)),
    "image/svg+xml": (
        "svg",
        re.compile(rb"\s*(?:<\?xml[^>]*>|<!--.*?-->|<!DOCTYPE[^>]*>|\s)*<(?:\w+:)?svg\b", re.DOTALL),
    ),
}
PICTURE_MIMES = tuple(_KINDS)
PICTURES = "pictures"
_INLINE_BYTES = 750_000  # a megabyte in base64
_WHOLE_CHARACTERS = 20_000_000
_BARE_SVG = re.compile(r"<svg(?![^>]*\sxmlns\s*=)")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's bytes, which are what `mime` says; its width and height in pixels, None where it doesn't tell."""

    mime: str
    data: bytes
    size: tuple[int, int] | None

    @property
    def heavy(self) -> bool:
        """Whether it stands beside the page, as a file."""
        return len(self.data) > _INLINE_BYTES

    @property
    def name(self) -> str:
        """Its file's name, which changes with what it holds."""
        return f"{hashlib.sha256(self.data).hexdigest()[:16]}.{_KINDS[self.mime][0]}"

    @property
    def inline(self) -> str:
        """The picture as an address that holds it; nothing in a drawing runs or loads there."""
        return f"data:{self.mime};base64,{b64encode(self.data).decode()}"

    @property
    def address(self) -> str:
        """Where the page finds it."""
        return f"{PICTURES}/{self.name}" if self.heavy else self.inline


def too_large(value: Json) -> bool:
    """Whether a picture is more than a page should have its reader wait for."""
    return isinstance(value, str) and len(value) > _WHOLE_CHARACTERS


def read_picture(mime: str, value: Json) -> Picture | None:
    """The picture in a bundle of outputs or attachments, None where it isn't one."""
    if not isinstance(value, str) or mime not in _KINDS or too_large(value):
        return None
    try:
        data = _drawing(value) if mime == "image/svg+xml" else b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    return Picture(mime, data, _size(data)) if _KINDS[mime][1].match(data) else None


def _drawing(text: str) -> bytes:
    """An SVG drawing as a file of its own: it must say so, which one inside a page needn't."""
    return _BARE_SVG.sub('<svg xmlns="http://www.w3.org/2000/svg"', text, count=1).encode("utf-8", "replace")


def _size(data: bytes) -> tuple[int, int] | None:
    try:
        width, height = imagesize.get(BytesIO(data))
    except (ValueError, ArithmeticError, LookupError, SyntaxError):  # what its readers meet in damaged files
        return None
    return (round(width), round(height)) if width > 0 and height > 0 else None
