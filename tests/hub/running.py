"""A real hub for tests: proxy and JupyterHub as the supervisor starts them, on free ports, ended whatever happens.

    with running_hub(tmp_path, spawner="simple") as hub:
        token = hub.token("alice")                      # as a page of the site gets it
        hub.api("GET", "user", token).json()

Accounts: `admin` administers; `alice` and `bob` are nobody in particular; `hub.passwords` holds their passwords.
"""

import base64
import hashlib
import os
import secrets
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx

from fallback_hub.hub import jupyterhub_config_path
from fallback_hub.hub.first_admin import set_password
from fallback_hub.hub.ports import Ports
from fallback_hub.hub.services import PAGE_SCOPES
from fallback_hub.proxy.install import ensure_proxy, proxy_command
from fallback_hub.running.addresses import HUB_CONFIG, PROXY_TOKEN, Addresses
from fallback_hub.settings import CLIENT_ID, HubSettings, read_settings
from tests.hub.sites import write_site
from tests.hub.started import Started

PEOPLE = ("admin", "alice", "bob")
_PORTS = Ports()


@dataclass(frozen=True, slots=True)
class Challenge:
    """A PKCE pair (RFC 7636) and the state that goes with it."""

    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    state: str = field(default_factory=lambda: secrets.token_urlsafe(12))

    @property
    def hashed(self) -> str:
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


@dataclass
class RunningHub:
    """A hub that answers; `secret` is the gateway's, with which codes become tokens."""

    settings: HubSettings
    addresses: Addresses
    secret: str
    passwords: dict[str, str]
    config: Path
    processes: Started
    clients: list[httpx.Client] = field(default_factory=list)

    @property
    def log(self) -> Path:
        """What hub and proxy write."""
        return self.processes.log

    @property
    def environment(self) -> Mapping[str, str]:
        """What hub and proxy are told."""
        return self.processes.environment

    @property
    def url(self) -> str:
        """The hub's public address, ends with a slash."""
        return self.settings.url

    def client(self, **kwargs: object) -> httpx.Client:
        """A browser of its own: cookies, no redirects followed; closed with the hub if not before."""
        client = httpx.Client(base_url=self.url, timeout=30, trust_env=False, **kwargs)  # type: ignore[arg-type]
        self.clients.append(client)
        return client

    def sign_in(self, name: str, password: str | None = None) -> httpx.Client:
        """A browser signed in through the hub's form."""
        client = self.client()
        answer = self.try_sign_in(client, name, self.passwords[name] if password is None else password)
        assert answer.status_code == 302, answer.text
        return client

    def try_sign_in(self, client: httpx.Client, name: str, password: str) -> httpx.Response:
        """What the hub's form answers."""
        client.get("hub/login")
        form = {"username": name, "password": password, "_xsrf": client.cookies["_xsrf"]}
        return client.post("hub/login", data=form)

    def authorize(self, client: httpx.Client, challenge: Challenge, **changes: str | None) -> httpx.Response:
        """What a page's popup asks, with parameters changed or (None) left out."""
        asked: dict[str, str | None] = {
            "client_id": CLIENT_ID,
            "redirect_uri": self.settings.redirect_uri,
            "response_type": "code",
            "scope": " ".join(PAGE_SCOPES),
            "state": challenge.state,
            "code_challenge": challenge.hashed,
            "code_challenge_method": "S256",
            **changes,
        }
        params = {name: value for name, value in asked.items() if value is not None}
        return client.get("hub/api/oauth2/authorize", params=params)

    def code(self, client: httpx.Client, challenge: Challenge) -> str:
        """The code that the callback page gets."""
        answer = self.authorize(client, challenge)
        assert answer.status_code == 302, answer.text
        query = parse_qs(urlsplit(answer.headers["location"]).query)
        assert query["state"] == [challenge.state]
        return query["code"][0]

    def exchange(self, code: str, verifier: str | None, **changes: str) -> httpx.Response:
        """What the gateway asks the hub for."""
        form = {
            "client_id": CLIENT_ID,
            "client_secret": self.secret,
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.settings.redirect_uri,
            **({} if verifier is None else {"code_verifier": verifier}),
            **changes,
        }
        with self.client() as client:
            return client.post("hub/api/oauth2/token", data=form)

    def token(self, name: str, browser: httpx.Client | None = None) -> str:
        """A page's access token, got the whole way: form, code, exchange."""
        challenge = Challenge()
        with nullcontext(browser) if browser else closing(self.sign_in(name)) as signed_in:
            answer = self.exchange(self.code(signed_in, challenge), challenge.verifier)
        assert answer.status_code == 200, answer.text
        token: str = answer.json()["access_token"]
        return token

    def api(self, method: str, path: str, token: str | None = None, **kwargs: object) -> httpx.Response:
        """Ask the hub's API as a page of the site does: its Origin, its token, no cookie."""
        headers = {"Origin": self.settings.site_origin, **({"Authorization": f"Bearer {token}"} if token else {})}
        with self.client() as client:
            return client.request(method, f"hub/api/{path}", headers=headers, **kwargs)  # type: ignore[arg-type]

    def server(self, name: str, course: str) -> dict[str, object] | None:
        """The server as the hub's API tells it to its owner; None where there is none."""
        servers = self.api("GET", "user", self.token(name)).json()["servers"]
        found: dict[str, object] | None = servers.get(course)
        return found

    def start(self, name: str, course: str, token: str, within: float = 120, **options: str) -> str:
        """Start a server and wait for it; its address."""
        answer = self.api("POST", f"users/{name}/servers/{course}", token, json=options)
        assert answer.status_code in {201, 202}, answer.text
        until = time.monotonic() + within
        while time.monotonic() < until:
            server = self.api("GET", "user", token).json()["servers"].get(course, {})
            if server.get("ready"):
                return f"{self.url}user/{name}/{course}/"
            time.sleep(0.2)
        raise AssertionError(f"{name}/{course} didn't start:\n{self.said()}")

    def said(self, last: int = 6000) -> str:
        """The end of the hub's log."""
        return self.processes.said(last)

    def start_hub(self) -> None:
        """Start JupyterHub (again) and wait till it answers."""
        command = [sys.executable, "-m", "jupyterhub", "-f", str(self.config)]
        self.processes.start("hub", command, f"{self.addresses.hub}{self.settings.base_path}hub/health")

    def stop_hub(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop JupyterHub alone: servers and proxy stand."""
        self.processes.stop("hub", how)

    def restart_hub(self) -> None:
        """A new JupyterHub under running servers."""
        self.stop_hub()
        self.start_hub()

    def start_proxy(self) -> None:
        """Start the proxy and wait till it listens."""
        api = urlsplit(self.addresses.proxy_api)
        command = proxy_command(
            ensure_proxy(), self.settings.bind, ("127.0.0.1", api.port or 0), f"{self.addresses.hub}/hub/error"
        )
        command += ["--default-target", self.addresses.hub]
        self.processes.start("proxy", command, f"{self.addresses.proxy_api}/")

    def end(self) -> None:
        """End everything that was started, servers included."""
        for client in self.clients:
            client.close()
        self.processes.end()


@contextmanager
def running_hub(
    folder: Path,
    site: Path | None = None,
    *,
    toml: str = "",
    sign_in: str = "",
    path: str = "/",
    spawner: str | None = None,
    gateway: bool = True,
    extra_config: str = "",
    environment: Mapping[str, str] | None = None,
    people: Sequence[str] = PEOPLE,
    site_url: str | None = None,
    url: str | None = None,
    top: str = "",
) -> Iterator[RunningHub]:
    """A hub in `folder` for the built `site` (a small one where none is given).

    `path` is that of the hub's address; `toml` is added to hub.toml as it is, `sign_in` to its [sign_in] table;
    `spawner` replaces ours ("simple" needs nothing); without `gateway` nobody listens there; `extra_config` is
    Python, run last; `environment` is added to the hub's; `site_url` and `url` are where browsers find the site and the
    hub, where that matters; `top` is put into hub.toml before its tables.
    """
    folder.mkdir(parents=True, exist_ok=True)
    ports = free_ports(5)
    site = site or write_site(folder / "_site")
    (folder / "hub.toml").write_text(
        f'site = "{site}"\nsite_url = "{site_url or f"http://127.0.0.1:{ports[0]}/"}"\n'
        f'url = "{url or f"http://127.0.0.1:{ports[1]}{path}"}"\n{top}\n'
        f"{toml if '[' not in toml else ''}\n[sign_in]\n{sign_in}\n{toml if '[' in toml else ''}\n"
    )
    settings = read_settings(folder / "hub.toml")
    addresses = Addresses(*(f"http://127.0.0.1:{port}" for port in ports[2:]))
    hub = RunningHub(
        settings=settings,
        addresses=addresses,
        secret=secrets.token_hex(32),
        passwords={name: set_password(settings, name) for name in people},
        config=folder / "jupyterhub_config.py",
        processes=Started(folder / "hub.log", _environment(settings, addresses, environment or {})),
    )
    hub.config.write_text(_config(hub.secret, spawner, extra_config, gateway=gateway))
    try:
        hub.start_proxy()
        hub.start_hub()
        yield hub
    finally:
        hub.end()


def _environment(settings: HubSettings, addresses: Addresses, further: Mapping[str, str]) -> dict[str, str]:
    ours = ("JUPYTERHUB_", "PASSERELLE_HUB")
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(ours)},
        **addresses.as_environment(),
        HUB_CONFIG: str(settings.path),
        PROXY_TOKEN: secrets.token_hex(32),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        **further,
    }


def _config(secret: str, spawner: str | None, extra: str, *, gateway: bool) -> str:
    lines = [
        f"load_subconfig({str(jupyterhub_config_path())!r})",
        "c = get_config()",
        "gateway = next(service for service in c.JupyterHub.services if service['name'] == 'passerelle')",
        f"gateway['api_token'] = {secret!r}",
    ]
    if not gateway:
        lines.append("del gateway['command'], gateway['url']")
    if spawner:
        lines += [f"c.JupyterHub.spawner_class = {spawner!r}", "c.Spawner.args = ['--allow-root']"]
    return "\n".join([*lines, extra, ""])


def free_ports(count: int) -> list[int]:
    """Ports that are free, each another, and stay so until they are listened on: nobody is given one by chance."""
    return [_PORTS.take() for _ in range(count)]
