"""A school: the site on a static host of its own, a hub elsewhere, and people who may sign in there."""

import asyncio
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from fallback_hub.courses import read_courses
from fallback_hub.environments.ensure import ensure_environment
from fallback_hub.environments.progress import BuildStep
from fallback_hub.environments.server import ensure_server_command
from fallback_hub.hub.first_admin import set_password
from lite_site.report import SilentReport
from lite_site.settings import default_cache
from lite_site.site.connection import Hub
from lite_site.site.reconnect import reconnect
from tests.aside import aside
from tests.bridge.cable import Cable
from tests.browser.hosting import StaticHost
from tests.hub.operating import remove_accounts
from tests.hub.running import RunningHub, free_ports, running_hub

SUB_PATH = "/a/b/"
PATIENCE = 90.0
"""Seconds for what a hub does at its own pace: it ends a server gently, and begins its services after itself."""


@dataclass
class World:
    """`site` is the address of the courses (ends with a slash), `cable` what the browser reaches the hub by.

    People's names all end in `mark`, so that their accounts of the machine are no other test run's.
    """

    host: StaticHost
    hub: RunningHub
    cable: Cable
    folder: Path
    mark: str
    names: list[str] = field(default_factory=list)

    @property
    def site(self) -> str:
        """The address of the courses."""
        return f"{self.host.origin}{SUB_PATH}"

    @property
    def home_of_site(self) -> Path:
        """The folder that the static host serves, and the hub reads."""
        return self.folder / "_site"

    def newcomer(self, name: str = "ana") -> str:
        """Somebody with an account at the hub and nothing else; the name they sign in by."""
        person = f"{name}{len(self.names)}{self.mark}"
        self.hub.passwords[person] = set_password(self.hub.settings, person)
        self.names.append(person)
        return person

    def server(self, person: str, course: str) -> dict[str, object] | None:
        """The person's server of the course as the hub tells it; None where there is none."""
        found = self.hub.server(person, course)
        return found if found and (found["ready"] or found["pending"]) else None

    def await_server(self, person: str, course: str) -> None:
        """Wait until the hub has a server of the course for that person, or is about to have one."""
        until = time.monotonic() + PATIENCE
        while self.server(person, course) is None:
            assert time.monotonic() < until, f"{person} has no server of {course}"
            time.sleep(0.3)

    def await_no_server(self, person: str, course: str) -> None:
        """Wait until the hub has no server of the course for that person, nor is about to have one."""
        until = time.monotonic() + PATIENCE
        while (server := self.server(person, course)) is not None:
            assert time.monotonic() < until, f"{person}'s server of {course} is still there: {server}"
            time.sleep(0.3)

    def course_folder(self, person: str, course: str) -> Path:
        """Where the person's files of the course lie on the hub's machine."""
        return next(Path("/home").glob(f"pas-*{person}*"), Path("/nowhere")) / course


def environments_folder() -> Path:
    """Where courses' environments stay from run to run: in the cache, where people's accounts may enter it."""
    cache = default_cache() / "test-environments"
    return cache if os.geteuid() or not _closed(cache) else Path("/var/tmp/passerelle-test-environments")  # noqa: S108


def _closed(folder: Path) -> bool:
    there = [place for place in (folder, *folder.parents) if place.exists()]
    return any(not place.stat().st_mode & 0o001 for place in there)


@contextmanager
def running_world(
    built_site: Path, *, top: str = "", toml: str = "", sign_in: str = "", extra_config: str = ""
) -> Iterator[World]:
    """The built site connected to a hub of its own; `top`, `toml`, `sign_in`, `extra_config` as in `running_hub`."""
    folder = Path(tempfile.mkdtemp(prefix="passerelle-bridge-", dir="/var/tmp"))
    folder.chmod(0o755)
    mark = secrets.token_hex(4)
    (inner,) = free_ports(1)
    if "environments =" not in top:
        top = f'environments = "{environments_folder()}"\n{top}'
    try:
        shutil.copytree(built_site, folder / "_site", copy_function=_link)
        with StaticHost({SUB_PATH: folder / "_site"}) as host, Cable(inner) as cable:
            url = f"http://127.0.0.1:{cable.port}/"
            reconnect(folder / "_site", Hub(url), SilentReport())
            with running_hub(
                folder / "hub",
                folder / "_site",
                site_url=f"{host.origin}{SUB_PATH}",
                url=url,
                top=f'bind = "127.0.0.1:{inner}"\n{top}',
                toml=toml,
                sign_in=sign_in,
                extra_config=extra_config,
                people=("admin",),
            ) as hub:
                _await_gateway(hub)
                yield World(host, hub, cable, folder, mark)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        remove_accounts(mark)


def build_environments(world: World, courses: Sequence[str]) -> None:
    """Build the courses' environments, and the servers' own, where no run before did: minutes, once."""
    settings = world.hub.settings
    known = read_courses(settings.site)

    async def build() -> None:
        await ensure_server_command(settings.environments, _hear_nothing, everyone=not os.geteuid())
        for course in courses:
            await ensure_environment(known[course], settings, _hear_nothing)

    aside(lambda: asyncio.run(build()))


def _hear_nothing(_: BuildStep) -> None: ...


def _await_gateway(hub: RunningHub) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(httpx.TransportError):
            if httpx.get(f"{hub.url}services/passerelle/health", trust_env=False).status_code == httpx.codes.OK:
                return
        time.sleep(0.2)
    raise AssertionError(f"The gateway doesn't answer:\n{hub.said()}")


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
