"""The figures' address: for this machine, and for whoever has the token of hub.toml."""

import hmac

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import Response

from fallback_hub.gateway.bodies import bearer_of
from fallback_hub.gateway.clients import HERE, client_address
from fallback_hub.gateway.refusals import Refusal
from fallback_hub.gateway.state import state_of


async def show_metrics(request: Request) -> Response:
    """GET metrics, in Prometheus' text format."""
    state = state_of(request)
    if client_address(request.scope) != HERE and not _has_token(request, state.settings.hub.servers.metrics_token):
        raise Refusal("not-found")
    return Response(state.figures.written(), media_type=CONTENT_TYPE_LATEST)


def _has_token(request: Request, token: str) -> bool:
    try:
        brought = bearer_of(request)
    except Refusal:
        return False
    return bool(token) and hmac.compare_digest(brought.encode(), token.encode())
