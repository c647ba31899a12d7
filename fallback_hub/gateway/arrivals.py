"""Every request from arrival to answer: its number, its time, its line in the log, the headers of every answer."""

import logging
import secrets
import time
from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fallback_hub.gateway.clients import client_address
from fallback_hub.gateway.figures import METHODS, Figures
from fallback_hub.gateway.refusals import Refusal
from fallback_hub.gateway.replies import refuse

LOG = logging.getLogger(__name__)

# Answers are data for the page's code: never a document, never kept, never framed or embedded.
HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_QUIET = frozenset({"health", "ready", "metrics"})


class ArrivalMiddleware:
    """Numbers, times, counts and logs requests; `templates` gives the name of each endpoint's route.

    The log has the route's template and never the address asked for, its query, headers or body: no name of a
    person and no secret can come in.
    """

    def __init__(self, app: ASGIApp, figures: Figures, templates: Mapping[object, str]) -> None:
        self._app, self._figures, self._templates = app, figures, templates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and see its answer off."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, number, status = time.perf_counter(), secrets.token_hex(8), 0
        scope["passerelle.request"] = number

        async def see_off(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers.update({**HEADERS, "X-Request-Id": number})
            await send(message)

        try:
            await self._app(scope, receive, see_off)
        finally:
            self._tell(scope, status, time.perf_counter() - began)

    def _tell(self, scope: Scope, status: int, seconds: float) -> None:
        route = self._templates.get(scope.get("endpoint"), "other")
        self._figures.count_request(route, scope["method"], status, seconds)
        LOG.log(
            _level(route, status),
            "request",
            extra={
                "request": scope["passerelle.request"],
                "route": route,
                "method": scope["method"] if scope["method"] in METHODS else "other",
                "status": status,
                "ms": round(seconds * 1000, 1),
                "address": client_address(scope),
                "code": scope.get("passerelle.code"),
            },
        )


class FaultMiddleware:
    """Turns our own mistakes into an answer the page can read; the trace goes to the log under the request's number."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and answer if that fails."""
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except Exception:  # whatever it is, it's ours: this is the door, and the trace goes to the log
            if scope["type"] != "http" or started:
                raise
            LOG.exception("fault", extra={"request": scope.get("passerelle.request")})
            scope["passerelle.code"] = "fault"
            await refuse(Refusal("fault"))(scope, receive, send)


def _level(route: str, status: int) -> int:
    if status >= 500 or status == 0:
        return logging.ERROR
    if status >= 400:
        return logging.WARNING
    return logging.DEBUG if route in _QUIET else logging.INFO
