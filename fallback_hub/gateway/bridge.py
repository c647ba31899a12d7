"""The broker of the sign-in: a page brings the hub's code and its own verifier, and gets a token.

The hub gives tokens only to who has the client's secret (RFC 6749, section 4.1.3); a static page can't keep one, so
the gateway adds it. That the code is the page's own is proven by the verifier (RFC 7636, section 4.5).
"""

import re
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

from fallback_hub.gateway.bodies import read_object
from fallback_hub.gateway.clients import client_address, counted_as
from fallback_hub.gateway.refusals import Refusal
from fallback_hub.gateway.replies import reply
from fallback_hub.gateway.state import State, state_of

# RFC 6749, appendix A.11 (visible characters), and RFC 7636, section 4.1.
_CODE = re.compile(r"[\x21-\x7e]{1,256}")
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}", re.ASCII)
_KEYS = frozenset({"code", "code_verifier", "redirect_uri"})


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a page brings to get its token."""

    code: str = field(repr=False)
    verifier: str = field(repr=False)
    redirect_uri: str


async def exchange_code(request: Request) -> Response:
    """POST bridge/token: {code, code_verifier, redirect_uri} → {access_token, expires_in (s), user}."""
    state = state_of(request)
    try:
        answer = await _exchange(request, state)
    except Refusal as refusal:
        state.figures.count_sign_in(refusal.code)
        raise
    state.figures.count_sign_in("granted")
    return answer


async def _exchange(request: Request, state: State) -> Response:
    if wait := state.limits.knock(counted_as(client_address(request.scope))):
        raise Refusal("too-many", retry_after=wait)
    brought = await read_exchange(request)
    if brought.redirect_uri != state.settings.hub.redirect_uri:
        raise Refusal("wrong-redirect")
    grant = await state.hub.exchange(brought.code, brought.verifier)
    person = await state.hub.person(grant.token)
    return reply({"access_token": grant.token, "expires_in": grant.seconds, "user": person.name})


async def read_exchange(request: Request) -> Exchange:
    """The exchange that the request's body asks for; refuses what isn't exactly one."""
    body = await read_object(request, _KEYS)
    if not _CODE.fullmatch(body["code"]) or not _VERIFIER.fullmatch(body["code_verifier"]):
        raise Refusal("malformed")
    return Exchange(body["code"], body["code_verifier"], body["redirect_uri"])
