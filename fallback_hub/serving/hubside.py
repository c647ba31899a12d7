"""The hub's half of `passerelle hub serve`: whether it can run here, its start, what it tells, its end."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from fallback_hub.packages import problems_in_packages
from fallback_hub.problems import HubError, Problem
from fallback_hub.serving.laptop import ADMIN, Laptop

if TYPE_CHECKING:
    from fallback_hub.running.launch import Launched

LOCAL = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class HubNews:
    """Something about the hub: a sentence, or that it `stands`, or (`problems`) that there is none any more."""

    text: str = ""
    stands: bool = False
    gone: bool = False
    problems: tuple[Problem, ...] = ()


class HubSide:
    """The hub of this folder, at most one."""

    def __init__(self, laptop: Laptop, port: int, cache: Path | None, hear: Callable[[HubNews], None]) -> None:
        self.url = f"http://{LOCAL}:{port}/"
        self._laptop = laptop
        self._port = port
        self._cache = cache
        self._hear = hear
        self._launched: Launched | None = None
        self._password: str | None = None

    @property
    def is_started(self) -> bool:
        """Whether it runs, or is about to."""
        return self._launched is not None

    def problems_before(self) -> Iterator[Problem]:
        """Why there can't be a hub on this machine; installs the proxy on the way, at the first time."""
        if missing := list(problems_in_packages()):
            yield from missing
            return
        from fallback_hub.proxy.install import ensure_proxy  # noqa: PLC0415 - help must not wait for it
        from fallback_hub.running.ports import why_busy  # noqa: PLC0415

        try:
            ensure_proxy(self._cache)
        except HubError as error:
            yield from error.problems
        if why_busy((LOCAL, self._port)):
            problem = "It is in use by another program."
            yield Problem(f"port {self._port}", problem, "Give another with --hub-port.", "hub-port-busy")

    def start(self, site_url: str) -> None:
        """Start it for the site at this address; HubError when that can't be."""
        from fallback_hub.running.launch import launch  # noqa: PLC0415 - the packages may be missing

        settings = self._laptop.write_settings(site_url, self.url)
        self._password = self._laptop.ensure_admin(settings)
        self._launched = launch(settings, self._cache, leash=True)
        Thread(target=self._listen, args=(self._launched,), name="hub", daemon=True).start()

    def reload(self) -> None:
        """Start it anew under running servers: the site has other courses."""
        if self._launched:
            with suppress(ProcessLookupError):
                self._launched.process.send_signal(signal.SIGUSR2)

    def end(self) -> None:
        """End it with its servers, and whatever a killed supervisor left of them."""
        if self._launched is None:
            return
        from fallback_hub.running.ending import end_leftovers  # noqa: PLC0415
        from fallback_hub.running.state import StateFolder  # noqa: PLC0415

        self._launched.end()
        end_leftovers(StateFolder(self._launched.settings.state), keep_servers=False)
        self._launched = None

    def lines(self) -> Iterator[str]:
        """Where it is and how to sign in."""
        kept = os.path.relpath(self._laptop.password_file)
        if self._password:
            yield f"Hub   {self.url}  sign in as {ADMIN}, password {self._password}  (kept in {kept})"
        else:
            yield f"Hub   {self.url}  sign in as {ADMIN}; the first password is in {kept}"
        if os.geteuid() == 0:
            config = os.path.relpath(self._laptop.config)
            yield f"      Accounts for others: passerelle hub password NAME --config {config}"
        else:
            yield f"      Only {ADMIN} may start servers: a hub that isn't run as root has one account of the machine."

    def _listen(self, launched: "Launched") -> None:
        problems: tuple[Problem, ...] = ()
        try:
            for told in launched.events():
                self._hear(HubNews(told.text, stands=told.kind == "ready"))
        except HubError as error:
            problems = error.problems
        self._hear(HubNews(gone=True, problems=problems))
