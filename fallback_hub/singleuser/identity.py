"""Who asks: JupyterHub's answer, for a page's websocket too, whose token can't travel in a header or an address."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from jupyterhub.singleuser.extension import JupyterHubIdentityProvider
from tornado import web

from fallback_hub.singleuser.surroundings import read_surroundings

if TYPE_CHECKING:
    from jupyter_server.auth import User
    from jupyter_server.base.handlers import JupyterHandler
    from tornado.httputil import HTTPHeaders

TOKEN_PROTOCOL = "passerelle.token."  # noqa: S105 - what comes before a token
_PROTOCOLS = "Sec-WebSocket-Protocol"


class PageIdentityProvider(JupyterHubIdentityProvider):  # type: ignore[misc]  # JupyterHub has no types
    """Takes a token from a websocket's list of protocols, where a browser can put one."""

    async def get_user(self, handler: JupyterHandler) -> User | None:
        """The person, asked of the hub; the token is out of the headers before anything else reads them."""
        if move_token(handler.request.headers) and not self._comes_from_us(handler):
            raise web.HTTPError(403, "Only the pages of the site may open this.")
        user: User | None = await super().get_user(handler)
        return user

    def _comes_from_us(self, handler: JupyterHandler) -> bool:
        """Whether the page's origin is exactly the site's, or the server's own."""
        origin = handler.request.headers.get("Origin", "")
        ours = read_surroundings(os.environ).site_origin
        return origin == ours or (bool(origin) and urlsplit(origin).netloc == handler.request.headers.get("Host"))


def move_token(headers: HTTPHeaders) -> bool:
    """Turn a token among a websocket's protocols into an Authorization header; whether there was one.

    It takes the place of what stood in Authorization: of two tokens, one has to be chosen.
    """
    if headers.get("Upgrade", "").lower() != "websocket" or _PROTOCOLS not in headers:
        return False
    offered = [name.strip() for name in headers[_PROTOCOLS].split(",")]
    tokens = [name for name in offered if name.startswith(TOKEN_PROTOCOL)]
    if not tokens:
        return False
    del headers[_PROTOCOLS]
    if others := [name for name in offered if name not in tokens]:
        headers[_PROTOCOLS] = ", ".join(others)
    headers["Authorization"] = f"token {tokens[0].removeprefix(TOKEN_PROTOCOL)}"
    return True
