"""What a request brings: JSON of bounded size that arrives in time, and a bearer token."""

import asyncio
import json
import re
from collections.abc import Mapping
from typing import NoReturn

from starlette.requests import ClientDisconnect, Request

from fallback_hub.gateway.refusals import Refusal

LARGEST_BODY = 16_000
BODY_SECONDS = 10.0

# The token syntax of RFC 6750, section 2.1.
_BEARER = re.compile(r"bearer +([A-Za-z0-9._~+/-]{1,512}=*)", re.ASCII | re.IGNORECASE)


async def read_object(request: Request, keys: frozenset[str]) -> Mapping[str, str]:
    """The JSON object a request brings: exactly these keys, each once, all of them texts."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refusal("wrong-type")
    try:
        async with asyncio.timeout(BODY_SECONDS):
            body = await _read(request)
    except TimeoutError as error:
        raise Refusal("too-slow") from error
    found = _parse(body)
    if set(found) != keys or not all(isinstance(value, str) for value in found.values()):
        raise Refusal("malformed")
    return {key: value for key, value in found.items() if isinstance(value, str)}


def bearer_of(request: Request) -> str:
    """The token in the Authorization header; refuses with "signed-out" where there isn't exactly one."""
    said = request.headers.getlist("authorization")
    found = _BEARER.fullmatch(said[0].strip()) if len(said) == 1 else None
    if found is None:
        raise Refusal("signed-out")
    return found[1]


async def _read(request: Request) -> bytes:
    announced = request.headers.get("content-length", "0")
    if not announced.isdecimal() or int(announced[:20]) > LARGEST_BODY:
        raise Refusal("too-large")
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST_BODY:
                raise Refusal("too-large")
    except ClientDisconnect as error:
        raise Refusal("too-slow") from error
    return bytes(body)


def _parse(body: bytes) -> Mapping[str, object]:
    try:
        found = json.loads(body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Refusal("malformed") from error
    if not isinstance(found, dict):
        raise Refusal("malformed")
    return found


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} isn't JSON")
