import json
import logging
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import httpx
import pytest

from fallback_hub.gateway.app import make_app
from fallback_hub.gateway.journal import JsonLines
from fallback_hub.gateway.limits import Limits, Rate
from fallback_hub.gateway.serving import make_server
from fallback_hub.gateway.settings import GatewaySettings, read_gateway_settings
from tests.hub.gateway.fake_hub import ACCESS, FakeHub
from tests.hub.gateway.serving import plain_server, served

SITE = "http://site.test"
VERIFIER = "M25iVXpKU3puUjFaYWg3T1NDTDQtcW1ROUY5YXlwalNoc0hhakxifmZHag"
PREFIX = "/lab/services/passerelle/"
COURSE = {
    "format": 2,
    "slug": "genomique",
    "title": {"fr": "Génomique", "en": "Genomics"},
    "language": "fr",
    "profiles": [
        {"name": "standard", "cpus": 2, "memory": 4_000_000_000, "gpus": 0, "minutes": 120},
        {"name": "large", "cpus": 8, "memory": 16_000_000_000, "gpus": 1, "minutes": 60},
    ],
    "lessons": [],
    "environment": None,
}


@dataclass
class Desk:
    """A gateway at work: its address, a browser page's client, the hub at its door, its folders and its log."""

    url: str
    page: httpx.Client
    hub: FakeHub
    settings: GatewaySettings
    log: StringIO

    @property
    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.log.getvalue().splitlines()]

    def await_told(self) -> None:
        """Wait until the log tells of all that was asked: it does after each answer, and before the next request."""
        self.page.get("health")

    def exchange(self, code: str, verifier: str, **changed: str) -> httpx.Response:
        body = {"code": code, "code_verifier": verifier, "redirect_uri": self.hub.redirect_uri, **changed}
        return self.page.post("bridge/token", json=body)

    def get(self, path: str, name: str, **headers: str) -> httpx.Response:
        token = self.hub.sign_in(name)
        return self.page.get(path, headers={"Authorization": f"Bearer {token}", **headers})


def write_site(folder: Path, *courses: dict[str, object]) -> Path:
    for course in courses:
        home = folder / "_site" / str(course["slug"])
        home.mkdir(parents=True)
        (home / "course.json").write_text(json.dumps(course), encoding="utf-8")
    return folder / "_site"


def write_toml(folder: Path, more: str = "") -> Path:
    path = folder / "hub.toml"
    path.write_text(f'site_url = "{SITE}/"\nurl = "http://hub.test/lab/"\n{more}', encoding="utf-8")
    return path


def environment(folder: Path, hub_url: str, secret: str, listen: str = "http://127.0.0.1:8999") -> dict[str, str]:
    return {
        "JUPYTERHUB_SERVICE_URL": listen,
        "JUPYTERHUB_SERVICE_PREFIX": PREFIX,
        "JUPYTERHUB_API_URL": f"{hub_url}/hub/api",
        "JUPYTERHUB_API_TOKEN": secret,
        "JUPYTERHUB_CLIENT_ID": "service-passerelle",
        "JUPYTERHUB_OAUTH_ACCESS_SCOPES": json.dumps(["access:services", ACCESS]),
        "PASSERELLE_HUB_CONFIG": str(folder / "hub.toml"),
    }


def refused(response: httpx.Response, status: int, code: str) -> None:
    assert response.status_code == status
    answer = response.json()
    assert answer["code"] == code
    assert set(answer) == {"code", "message"}
    assert set(answer["message"]) == {"fr", "en"}
    assert all(answer["message"].values())
    assert answer["message"]["fr"] != answer["message"]["en"]
    assert response.headers["content-type"] == "application/json"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["cache-control"] == "no-store"


@contextmanager
def logged() -> Iterator[StringIO]:
    """What the gateway logs; the test's own HTTP client is left out."""
    stream, root = StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(stream), root.level
    handler.setFormatter(JsonLines())
    handler.addFilter(lambda record: not record.name.startswith(("httpx", "httpcore")))
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


class Opener(ExitStack):
    """Opens desks in a folder, and closes them all at the end."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def __call__(self, toml: str = "", limits: Limits | None = None, *, reachable: bool = True) -> Desk:
        hub = FakeHub(redirect_uri=f"{SITE}/_passerelle/signed-in.html")
        address = self.enter_context(served(plain_server(hub.app()))) if reachable else "http://127.0.0.1:1"
        write_toml(self.folder, toml)
        settings = read_gateway_settings(environment(self.folder, address, hub.secret))
        url = self.enter_context(served(make_server(make_app(settings, limits)))) + PREFIX
        page = self.enter_context(httpx.Client(base_url=url, headers={"Origin": SITE}, timeout=30, trust_env=False))
        return Desk(url, page, hub, settings, self.enter_context(logged()))


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[Opener]:
    with Opener(tmp_path) as opener:
        yield opener


@pytest.fixture(scope="module")
def standing_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk")
    write_site(folder, COURSE)
    with Opener(folder) as opener:
        yield opener(limits=Limits(Rate(10_000, 1), Rate(10_000, 1)))


@pytest.fixture
def desk(standing_desk: Desk) -> Desk:
    """One gateway for a module's tests, with a hub as new and an empty log."""
    standing_desk.hub.forget()
    standing_desk.log.truncate(0)
    standing_desk.log.seek(0)
    shutil.rmtree(standing_desk.settings.hub.state, ignore_errors=True)
    return standing_desk
