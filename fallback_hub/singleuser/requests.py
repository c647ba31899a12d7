"""What a file request says in its address and headers: parsed strictly, so that nothing is guessed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from fallback_hub.singleuser.answers import AnswerError
from fallback_hub.singleuser.paths import PathError, parse_path
from fallback_hub.singleuser.uploads import CHUNK, Expected, Upload

_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_QUOTED = re.compile(r'"([0-9a-f]{64})"', re.ASCII)
_COUNT = re.compile(r"\d{1,18}", re.ASCII)
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes `start` to `end`, `end` not included."""

    start: int
    end: int


def named_path(text: str, *, everywhere: bool = False) -> PurePosixPath:
    """The path in an address; `AnswerError` "path" for one that leads elsewhere."""
    try:
        return parse_path(text, everywhere=everywhere)
    except PathError as error:
        raise AnswerError("path") from error


def parse_upload(path: str, headers: Mapping[str, str]) -> Upload:
    """The chunk a PUT announces; `AnswerError` where it says too little, or more than fits."""
    length, offset = _count(headers, "Upload-Length"), _count(headers, "Upload-Offset")
    size = _count(headers, "Content-Length")
    if size > CHUNK or offset + size > length:
        raise AnswerError("too-big" if size > CHUNK else "headers", chunk_bytes=CHUNK)
    return Upload(named_path(path, everywhere=True), offset, length, parse_sha256(headers), parse_expected(headers))


def parse_sha256(headers: Mapping[str, str]) -> str:
    """The whole file's sha256 that an upload names."""
    text = headers.get("Upload-Sha256", "").lower()
    if not _SHA256.fullmatch(text):
        raise AnswerError("headers")
    return text


def parse_expected(headers: Mapping[str, str]) -> Expected:
    """What the page believes is there (RFC 9110, 13.1); AnswerError "precondition" where it doesn't say."""
    match, none_match = headers.get("If-Match", "").strip(), headers.get("If-None-Match", "").strip()
    if none_match == "*" and not match:
        return Expected(None)
    if match == "*" and not none_match:
        return Expected("*")
    if (quoted := _QUOTED.fullmatch(match)) and not none_match:
        return Expected(quoted.group(1))
    raise AnswerError("headers" if match or none_match else "precondition")


def parse_range(text: str, size: int) -> Span | None:
    """The bytes a Range header asks for; None where it asks for all, or for what we needn't understand (RFC 9110, 14).

    AnswerError "range" where there are no such bytes.
    """
    found = _RANGE.fullmatch(text.strip())
    if found is None or not any(found.groups()):
        return None
    first, last = found.groups()
    if not first:
        span = Span(max(0, size - int(last)), size)
    else:
        span = Span(int(first), min(size, int(last) + 1) if last else size)
    if first and last and int(last) < int(first):
        return None
    if span.start >= span.end:
        raise AnswerError("range", {"Content-Range": f"bytes */{size}"})
    return span


def _count(headers: Mapping[str, str], name: str) -> int:
    text = headers.get(name, "")
    if not _COUNT.fullmatch(text):
        raise AnswerError("headers", header=name)
    return int(text)
