"""How the gateway answers: JSON in ASCII, a refusal as its code and sentences."""

import json
import math
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from fallback_hub.gateway.refusals import REFUSALS, Refusal

_BY_STATUS = {404: "not-found", 405: "wrong-method"}


def reply(content: Mapping[str, object], status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """An answer in JSON; escaped to ASCII, so that no text can break it, not even half a character."""
    body = json.dumps(content, separators=(",", ":"))
    return Response(body, status, headers, media_type="application/json")


def refuse(refusal: Refusal) -> Response:
    """The answer that the table gives to the refusal's code."""
    answer = REFUSALS[refusal.code]
    headers = dict(answer.headers)
    if refusal.retry_after is not None:
        headers["Retry-After"] = str(max(1, math.ceil(refusal.retry_after)))
    return reply({"code": refusal.code, "message": answer.message}, answer.status, headers)


async def tell_refusal(request: Request, error: Exception) -> Response:
    """Starlette's way to `refuse`: leaves the code for the log."""
    refusal = error if isinstance(error, Refusal) else Refusal("fault")
    request.scope["passerelle.code"] = refusal.code
    return refuse(refusal)


async def tell_http(request: Request, error: Exception) -> Response:
    """Refuse what the router refuses: no such address, no such method."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    response = await tell_refusal(request, Refusal(_BY_STATUS.get(status, "fault")))
    if isinstance(error, HTTPException):
        response.headers.update(error.headers or {})
    return response
