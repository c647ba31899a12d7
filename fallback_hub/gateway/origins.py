"""Who may ask from a browser: pages of the site's one origin, compared letter by letter."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from fallback_hub.gateway.refusals import Refusal
from fallback_hub.gateway.replies import refuse

SAFE_METHODS = frozenset({"GET", "HEAD"})


class OriginMiddleware:
    """Refuses what another origin's page sends, and what changes something without saying where it comes from.

    Browsers add `Origin` to every cross-origin request and to every POST (Fetch standard, section 3.2); programs
    that aren't browsers needn't, and may only read.
    """

    def __init__(self, app: ASGIApp, origin: str) -> None:
        self._app, self._origin = app, origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "http":
            said = Headers(scope=scope).getlist("origin")
            if said != [self._origin] and (said or scope["method"] not in SAFE_METHODS):
                scope["passerelle.code"] = "foreign-origin"
                await refuse(Refusal("foreign-origin"))(scope, receive, send)
                return
        await self._app(scope, receive, send)
