"""A hub at the gateway's door: answers as JupyterHub 6.1 does, for the little that the gateway asks of it.

`test_real_hub.py` asks the same of a real one.
"""

import asyncio
import base64
import hashlib
import secrets
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

ACCESS = "access:services!service=passerelle"


@dataclass
class FakeHub:
    """People by name with their groups, codes by challenge, tokens by owner; `mood` makes it misbehave.

    `thoughtful`, it answers an exchange once it `may_answer`.
    """

    client_id: str = "service-passerelle"
    secret: str = "gateway-secret-0123456789"  # noqa: S105 of a hub that isn't one
    redirect_uri: str = "http://site.test/_passerelle/signed-in.html"
    people: dict[str, list[str]] = field(default_factory=lambda: {"alice": []})
    admins: set[str] = field(default_factory=set)
    codes: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    scopes: list[str] = field(default_factory=lambda: [ACCESS])
    mood: str = ""
    exchanges: int = 0
    may_answer: threading.Event = field(default_factory=threading.Event)
    asked: list[str] = field(default_factory=list)

    def forget(self) -> None:
        """Be as new, for the next test."""
        self.__init__(redirect_uri=self.redirect_uri)  # type: ignore[misc]

    def authorize(self, name: str, verifier: str, client_id: str = "service-passerelle") -> str:
        """The code that the hub sends to the callback page after a sign-in with S256."""
        code = secrets.token_urlsafe(24)
        digest = hashlib.sha256(verifier.encode()).digest()
        self.codes[code] = (name, base64.urlsafe_b64encode(digest).rstrip(b"=").decode(), client_id)
        return code

    def sign_in(self, name: str) -> str:
        """A token of the person, as if it had walked the whole path."""
        token = secrets.token_urlsafe(24)
        self.tokens[token] = name
        return token

    def app(self) -> Starlette:
        routes = [
            Route("/hub/api/oauth2/token", self._token, methods=["POST"]),
            Route("/hub/api/user", self._user),
            Route("/hub/api/health", self._health),
        ]
        return Starlette(routes=routes)

    def await_exchange(self) -> None:
        """Wait until somebody brings a code."""
        until = time.monotonic() + 30
        while not self.exchanges:
            assert time.monotonic() < until
            time.sleep(0.02)

    async def _misbehave(self) -> Response | None:
        while self.mood == "slow":  # noqa: ASYNC110 - it changes in the test's thread
            await asyncio.sleep(0.02)
        if self.mood == "broken":
            return Response("<h1>500 : Internal Server Error</h1>", 500, media_type="text/html")
        if self.mood == "nonsense":
            return Response("<p>maintenance", 200, media_type="text/html")
        if self.mood == "huge":
            return Response(b"[" * 5_000_000, 200)
        if self.mood == "elsewhere":
            return Response(status_code=302, headers={"Location": "http://127.0.0.1:9/"})
        return None

    async def _token(self, request: Request) -> Response:
        self.exchanges += 1
        if self.mood == "thoughtful":
            await asyncio.to_thread(self.may_answer.wait, 30)
        if odd := await self._misbehave():
            return odd
        said = {key: values[0] for key, values in parse_qs((await request.body()).decode()).items()}
        if said.get("client_id") != self.client_id or said.get("client_secret") != self.secret:
            return JSONResponse({"error": "invalid_client"}, 401)
        name, challenge, client = self.codes.get(said.get("code", ""), ("", "", ""))
        digest = hashlib.sha256(said.get("code_verifier", "").encode()).digest()
        proven = base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == challenge
        if not name or client != self.client_id or not proven or said.get("redirect_uri") != self.redirect_uri:
            return JSONResponse({"error": "invalid_grant", "error_description": "<b>secret details</b>"}, 400)
        del self.codes[said["code"]]
        token = self.sign_in(name)
        return JSONResponse({"access_token": token, "expires_in": 3600, "token_type": "Bearer", "scope": ACCESS})

    async def _user(self, request: Request) -> Response:
        self.asked.append(request.headers.get("authorization", ""))
        if odd := await self._misbehave():
            return odd
        name = self.tokens.get(request.headers.get("authorization", "").removeprefix("Bearer "))
        if name is None:
            return JSONResponse({"status": 403, "message": "Forbidden"}, 403)
        kind = "service" if name.startswith("service-") else "user"
        groups, admin = self.people.get(name, []), name in self.admins
        model = {"kind": kind, "name": name, "admin": admin, "groups": groups, "scopes": self.scopes}
        return JSONResponse(model)

    async def _health(self, request: Request) -> Response:
        return await self._misbehave() or Response(b"")
