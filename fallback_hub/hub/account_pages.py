"""The hub's pages for accounts: nativeauthenticator's, without what a link from elsewhere could do."""

from __future__ import annotations

from nativeauthenticator import handlers
from tornado import web

from fallback_hub.hub.sign_in_page import SignInHandler, language_of
from fallback_hub.words import said_in


class SameOriginOnly(web.RequestHandler):
    """A page that changes something when it is opened: only the hub's own pages may lead there."""

    async def prepare(self) -> None:
        """Refuse whatever another site's link or an address typed in asks for (W3C Fetch Metadata)."""
        await super().prepare()  # type: ignore[misc]
        site = self.request.headers.get("Sec-Fetch-Site")
        came_from_here = self.request.headers.get("Referer", "").startswith(
            f"{self.request.protocol}://{self.request.host}/"
        )
        if site != "same-origin" and not (site is None and came_from_here):
            raise web.HTTPError(403, said_in(language_of(self), "Press this on the hub’s page of accounts."))


class ToggleHandler(SameOriginOnly, handlers.ToggleAuthorizationHandler):  # type: ignore[misc] # untyped
    """Let somebody in, or out."""


class DiscardHandler(SameOriginOnly, handlers.DiscardHandler):  # type: ignore[misc]
    """Drop somebody's demand for an account."""


def account_pages() -> list[tuple[str, type]]:
    """Signing in is JupyterHub's own page: nativeauthenticator's hashes a wrong password twice, in the hub's loop."""
    return [
        (r"/login", SignInHandler),
        (r"/signup", handlers.SignUpHandler),
        (r"/authorize", handlers.AuthorizationAreaHandler),
        (r"/authorize/([^/]*)", ToggleHandler),
        (r"/discard/([^/]*)", DiscardHandler),
        (r"/change-password", handlers.ChangePasswordHandler),
        (r"/change-password/([^/]+)", handlers.ChangePasswordAdminHandler),
    ]
