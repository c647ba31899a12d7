"""The one door to JupyterHub's API: bounded in time, size and number; whatever goes wrong becomes a refusal."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

import httpx

from fallback_hub.gateway.figures import Figures
from fallback_hub.gateway.refusals import Refusal
from fallback_hub.gateway.settings import GatewaySettings
from fallback_hub.hub.admission import Asker

TIMEOUT = httpx.Timeout(10.0, connect=3.0, pool=5.0)
LIMITS = httpx.Limits(max_connections=32, max_keepalive_connections=8)
LARGEST_ANSWER = 4_000_000


@dataclass(frozen=True, slots=True)
class Grant:
    """A token the hub gave for a code; it lives `seconds`."""

    token: str = field(repr=False)
    seconds: int


class HubClient:
    """Asks the hub, and believes nothing it can't read.

    Redirects aren't followed and no proxy of the environment is used: secrets go to the hub and nowhere else.
    """

    def __init__(self, settings: GatewaySettings, figures: Figures) -> None:
        self._settings, self._figures = settings, figures
        self._http = httpx.AsyncClient(
            timeout=TIMEOUT,
            limits=LIMITS,
            trust_env=False,
            headers={"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "passerelle-gateway"},
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def exchange(self, code: str, verifier: str) -> Grant:
        """The token for a code (RFC 6749, section 4.1.3, with RFC 7636's verifier).

        Refuses with "code-refused" where the hub knows no such code for us, has already taken it, or the verifier
        isn't the one it was asked for with: the hub's `invalid_grant`, or its `invalid_request`.
        """
        form = {
            "grant_type": "authorization_code",
            "client_id": self._settings.client_id,
            "client_secret": self._settings.token,
            "code": code,
            "code_verifier": verifier,
            "redirect_uri": self._settings.hub.redirect_uri,
        }
        status, answer = await self._ask("POST", "/oauth2/token", data=form)
        if status == httpx.codes.BAD_REQUEST and answer.get("error") in {"invalid_grant", "invalid_request"}:
            raise Refusal("code-refused")
        token, seconds = answer.get("access_token"), _whole(answer.get("expires_in"))
        if status != httpx.codes.OK or not isinstance(token, str) or not token or not seconds:
            raise Refusal("hub-failed")
        return Grant(token, seconds)

    async def person(self, token: str) -> Asker:
        """Whom the token speaks for; "signed-out" where it speaks for nobody, or wasn't made for the gateway."""
        status, answer = await self._ask("GET", "/user", headers={"Authorization": f"Bearer {token}"})
        if status in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
            raise Refusal("signed-out")
        name = answer.get("name")
        if status != httpx.codes.OK or not isinstance(name, str) or not name:
            raise Refusal("hub-failed")
        if answer.get("kind") != "user" or not self._settings.access_scopes & _texts(answer.get("scopes")):
            raise Refusal("signed-out")
        return Asker(name, answer.get("admin") is True, _texts(answer.get("groups")))

    async def is_alive(self) -> bool:
        """Whether the hub answers at all."""
        try:
            status, _ = await self._ask("GET", "/health")
        except Refusal:
            return False
        return status == httpx.codes.OK

    async def _ask(
        self, method: str, path: str, *, data: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, Mapping[str, object]]:
        url = self._settings.api_url + path
        with self._figures.asking(path):
            try:
                async with self._http.stream(method, url, data=data, headers=headers) as response:
                    body = await _read(response)
            except httpx.TimeoutException as error:
                raise Refusal("hub-slow") from error
            except httpx.HTTPError as error:
                raise Refusal("hub-unreachable") from error
        if response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise Refusal("hub-failed")
        return response.status_code, _parse(body)


async def _read(response: httpx.Response) -> bytes:
    body = bytearray()
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > LARGEST_ANSWER:
            raise Refusal("hub-failed")
    return bytes(body)


def _parse(body: bytes) -> Mapping[str, object]:
    """The object in the answer; an empty one where there is none, for the caller to miss what it needs."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _whole(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def _texts(value: object) -> frozenset[str]:
    return frozenset(item for item in value if isinstance(item, str)) if isinstance(value, list) else frozenset()
