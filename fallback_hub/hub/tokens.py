"""Tokens of the site's pages: renewed before they end, as long as the session lasts, and taken back at sign-out."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from jupyterhub import orm
from jupyterhub.apihandlers.base import APIHandler
from jupyterhub.utils import maybe_future, utcnow

from fallback_hub.hub.refusals import REFUSALS
from fallback_hub.hub.signing import use_page_validator
from fallback_hub.settings import CLIENT_ID, HubSettings

if TYPE_CHECKING:
    from traitlets.config import Config

GRACE_SECONDS = 60
"""How long a renewed token goes on: requests under way, and a second tab that is renewing as well."""

MOST_ALIVE = 20
"""Tokens the pages of one session may have at a time: a page reloaded leaves its last one behind."""

_NOTE = "Page of the site, signed in at "
_NOTED = re.compile(re.escape(_NOTE) + r"([0-9]{1,12})")


@dataclass(frozen=True, slots=True)
class TokenRules:
    """Whose pages may ask, and how long what they get lives: both in seconds."""

    site_origin: str
    token_seconds: int
    session_seconds: int


def set_tokens(c: Config, settings: HubSettings) -> None:
    """Lifetimes and PKCE for all; for the site's pages a short life, and handlers that renew and revoke."""
    rules = TokenRules(settings.site_origin, settings.sign_in.token_seconds, settings.sign_in.session_seconds)
    c.JupyterHub.oauth_require_pkce = True
    c.JupyterHub.oauth_token_expires_in = rules.session_seconds  # the cookie of a server's own JupyterLab
    use_page_validator(settings)
    c.JupyterHub.extra_handlers = [
        (r"/api/passerelle/renew", RenewHandler, {"rules": rules}),
        (r"/api/passerelle/revoke", RevokeHandler, {"rules": rules}),
    ]


class PageTokenHandler(APIHandler):  # type: ignore[misc] # jupyterhub is untyped
    """What both have in common: only the site's pages may ask, with a token of theirs; no cookie counts."""

    _accept_cookie_auth = False

    def initialize(self, rules: TokenRules) -> None:
        """Take the rules that `set_tokens` made."""
        self.rules = rules

    def check_xsrf_cookie(self) -> None:
        """No cookie counts here, so there is nothing that another page could abuse."""

    def page_token(self) -> orm.APIToken | None:
        """The token the page sent; None where it may not ask, and it has been told so."""
        self.set_header("Cache-Control", "no-store")
        token = self.get_token()
        if self.request.headers.get("Origin") != self.rules.site_origin:
            self.refuse("foreign-origin")
        elif token is None or token.user is None:
            self.refuse("signed-out")
        elif token.client_id != CLIENT_ID:
            self.refuse("wrong-token")
        else:
            return token
        return None

    def refuse(self, code: str) -> None:
        """Answer with the status, code and sentence of the table, and say so in the log."""
        refusal = REFUSALS[code]
        self.log.warning("Refused %s: %s", self.request.path, code)
        self.set_status(refusal.status)
        self.finish(json.dumps({"code": code, "message": refusal.message}))

    def session_of(self, token: orm.APIToken) -> list[orm.APIToken]:
        """The living tokens of the browser session the token was made in, its own included."""
        if not token.session_id:
            return [token]
        same = self.db.query(orm.APIToken).filter_by(user_id=token.user_id, session_id=token.session_id)
        now = utcnow(with_tz=False)
        return [other for other in same if other.expires_at is None or _plain(other.expires_at) > now]


class RenewHandler(PageTokenHandler):
    """`POST /hub/api/passerelle/renew`: the same token anew, until the session is over."""

    async def post(self) -> None:
        """Answer {access_token, expires_in, session_ends}, both in seconds from now."""
        token = self.page_token()
        if token is None:
            return
        pages = [other for other in self.session_of(token) if other.client_id == CLIENT_ID]
        begun = min(map(_session_begun, pages), default=_session_begun(token))
        left = self.rules.session_seconds - int((utcnow(with_tz=False) - begun).total_seconds())
        # a second is nothing to give, and a clock set back gives no longer session
        if not 1 < left <= self.rules.session_seconds + 1 or not await self._may_stay(token.user.name):
            self.refuse("session-over")
            return
        for oldest in sorted(pages, key=lambda page: page.id)[: 1 - MOST_ALIVE]:
            if oldest is not token:
                self.db.delete(oldest)
        seconds = min(self.rules.token_seconds, left)
        try:
            access = self._copy(token, begun, seconds)
        except ValueError:  # the person's rights have shrunk below the token's
            self.refuse("session-over")
            return
        self.finish(json.dumps({"access_token": access, "expires_in": seconds, "session_ends": left}))

    def _copy(self, token: orm.APIToken, begun: datetime, seconds: int) -> str:
        access: str = orm.APIToken.new(
            user=token.user,
            oauth_client=token.oauth_client,
            scopes=token.scopes,
            session_id=token.session_id,
            expires_in=seconds,
            note=f"{_NOTE}{int(begun.replace(tzinfo=UTC).timestamp())}",
        )
        end = utcnow(with_tz=False) + timedelta(seconds=GRACE_SECONDS)
        token.expires_at = end if token.expires_at is None else min(_plain(token.expires_at), end)
        self.db.commit()
        return access

    async def _may_stay(self, name: str) -> bool:
        """Whether the person could still sign in: not blocked, and still let in."""
        checks = (self.authenticator.check_blocked_users, self.authenticator.check_allowed)
        return all([await maybe_future(check(name, {"name": name})) for check in checks])


class RevokeHandler(PageTokenHandler):
    """`POST /hub/api/passerelle/revoke`: sign out of pages, of servers' own JupyterLab, and of the hub."""

    def post(self) -> None:
        """Delete the session's tokens; the hub's cookie of the next one at this computer mustn't be the last one's."""
        token = self.page_token()
        if token is None:
            return
        token.user.cookie_id = orm.new_token()
        for other in {token, *self.session_of(token)}:
            self.db.delete(other)
        self.db.commit()
        self.set_status(204)
        self.finish()


def _session_begun(token: orm.APIToken) -> datetime:
    """When the person signed in: the first token's making, which later ones note."""
    noted = _NOTED.fullmatch(token.note or "")
    return _plain(token.created if noted is None else datetime.fromtimestamp(int(noted[1]), UTC))


def _plain(moment: datetime) -> datetime:
    """The moment without its zone, which is UTC: the database forgets it, objects still in memory don't."""
    return moment.replace(tzinfo=None)
