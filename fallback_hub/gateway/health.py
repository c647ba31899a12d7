"""Whether the gateway lives, and whether it can do its work."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from fallback_hub.gateway.courses import courses_of
from fallback_hub.gateway.refusals import Refusal
from fallback_hub.gateway.replies import reply
from fallback_hub.gateway.settings import GatewaySettings
from fallback_hub.gateway.state import state_of


async def tell_health(request: Request) -> Response:
    """GET health: the process answers."""
    return reply({"alive": True})


async def tell_readiness(request: Request) -> Response:
    """GET ready: 200 when the hub answers and the site can be read, else 503."""
    state = state_of(request)
    hub, site = await asyncio.gather(state.hub.is_alive(), _is_readable(state.settings))
    return reply({"ready": hub and site, "hub": hub, "site": site}, 200 if hub and site else 503)


async def _is_readable(settings: GatewaySettings) -> bool:
    try:
        return bool(await courses_of(settings))
    except Refusal:
        return False
