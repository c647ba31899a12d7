"""The gateway's web application: its routes, and what stands before all of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route

from fallback_hub.gateway.arrivals import ArrivalMiddleware, FaultMiddleware
from fallback_hub.gateway.bridge import exchange_code
from fallback_hub.gateway.courses import list_courses
from fallback_hub.gateway.figures import Figures
from fallback_hub.gateway.health import tell_health, tell_readiness
from fallback_hub.gateway.hub_client import HubClient
from fallback_hub.gateway.limits import Limits
from fallback_hub.gateway.metrics import show_metrics
from fallback_hub.gateway.origins import OriginMiddleware
from fallback_hub.gateway.refusals import Refusal
from fallback_hub.gateway.replies import tell_http, tell_refusal
from fallback_hub.gateway.servers import show_log
from fallback_hub.gateway.settings import GatewaySettings
from fallback_hub.gateway.state import State

ROUTES = (
    ("POST", "bridge/token", exchange_code),
    ("GET", "courses", list_courses),
    ("GET", "servers/{user}/{course}/log", show_log),
    ("GET", "", tell_health),  # the hub looks here every minute
    ("GET", "health", tell_health),
    ("GET", "ready", tell_readiness),
    ("GET", "metrics", show_metrics),
)


def make_app(settings: GatewaySettings, limits: Limits | None = None) -> Starlette:
    """The gateway below its prefix; `limits` on sign-ins are the usual ones where none are given."""
    figures, origin = Figures(), settings.hub.site_origin

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with HubClient(settings, figures) as hub:
            app.state.gateway = State(settings, hub, figures, limits or Limits())
            yield

    app = Starlette(
        routes=[Route(settings.prefix + path, endpoint, methods=[method]) for method, path, endpoint in ROUTES],
        middleware=[
            Middleware(ArrivalMiddleware, figures=figures, templates={endpoint: path for _, path, endpoint in ROUTES}),
            Middleware(OriginMiddleware, origin=origin),
            Middleware(
                CORSMiddleware,
                allow_origins=[origin],
                allow_methods=["GET", "POST"],
                allow_headers=["Authorization", "Content-Type"],
                expose_headers=["Retry-After", "X-Request-Id"],
                max_age=600,
            ),
            Middleware(FaultMiddleware),
        ],
        exception_handlers={Refusal: tell_refusal, HTTPException: tell_http},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False
    return app
