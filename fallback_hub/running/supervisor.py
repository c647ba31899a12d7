"""Keeps a hub running: the proxy, then JupyterHub; each is started anew when it ends, and everything ends with them."""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Literal

from fallback_hub.problems import HubError, Problem
from fallback_hub.proxy.install import ProxyProgram
from fallback_hub.running.addresses import Addresses
from fallback_hub.running.ending import end_part, end_parts, end_servers, end_services
from fallback_hub.running.health import ask
from fallback_hub.running.logs import rotate, tail
from fallback_hub.running.parts import Change, Part
from fallback_hub.running.plan import plan_hub, plan_proxy
from fallback_hub.running.ports import choose_addresses, problems_in_bind
from fallback_hub.running.signals import Wish, Wishes
from fallback_hub.running.state import PartRecord, Record, StateFolder
from fallback_hub.settings import HubSettings

TICK = 0.5
START_SECONDS = 180.0
"""What proxy and hub may take to stand, on a machine with better things to do."""
ROTATE_EVERY = 60.0
REFUSED = 400

Kind = Literal["ready", "ended", "stands"]


@dataclass(frozen=True, slots=True)
class Told:
    """Something that happened, with a sentence for whoever watches."""

    kind: Kind
    text: str
    part: str = ""

    def as_dict(self) -> dict[str, str]:
        """The event as JSON-ready text."""
        return asdict(self)


class Supervisor:
    """One hub's supervisor; it holds the state folder's lock while it runs.

    With `patient`, a hub that doesn't stand at first is tried again instead of given up: others work meanwhile.
    """

    def __init__(
        self,
        settings: HubSettings,
        program: ProxyProgram,
        tell: Callable[[Told], None],
        wishes: Wishes,
        *,
        patient: bool = False,
    ) -> None:
        self._settings = settings
        self._program = program
        self._tell = tell
        self._wishes = wishes
        self._patient = patient
        self._state = StateFolder(settings.state).ensure()
        self._addresses = self._state.addresses() or Addresses()
        self._since = time.time()
        self._parts: dict[str, Part] = {}

    def run(self) -> Wish:
        """Start and watch until something else is wished; HubError when it can't start."""
        handle = self._state.hold()
        if handle is None:
            raise HubError([already_runs(self._settings)])
        try:
            self._begin()
            wish = self._await_both() or self._watch()
        except BaseException:
            self._finish("leave")
            raise
        else:
            self._finish(wish)
            return wish
        finally:
            os.close(handle)

    def _begin(self) -> None:
        """Take over what still stands of an earlier supervisor, end the rest of it, start what is missing."""
        earlier = self._state.read()
        if earlier and self._patient:
            self._since = earlier.since
        proxy = self._standing_proxy(earlier.parts.get("proxy") if earlier else None)
        self._parts = {"proxy": proxy} if proxy else {}
        end_parts(self._state, spare=self._parts)
        if not (proxy or self._patient) and (problems := list(problems_in_bind(self._settings))):
            raise HubError(problems)
        kept = self._state.addresses()
        self._addresses = choose_addresses(self._settings.bind[1], kept, keep_proxy=proxy is not None)
        self._state.keep_addresses(self._addresses)
        proxy = proxy or self._proxy(self._state.secret("proxy-token", fresh=True))
        own_token = self._state.secret("supervisor-token", fresh=False)
        hub_plan = plan_hub(self._settings, self._addresses, proxy.plan.token, own_token)
        hub = Part(hub_plan, self._state, lambda: end_services(self._addresses.hub))
        self._parts = {"proxy": proxy, "hub": hub}
        for part in self._parts.values():
            if part.process is None:
                part.start()
            self._write()

    def _standing_proxy(self, record: PartRecord | None) -> Part | None:
        if record is None:
            return None
        proxy = self._proxy(self._state.secret("proxy-token", fresh=False))
        return proxy if proxy.adopt(record) else None

    def _proxy(self, token: str) -> Part:
        return Part(plan_proxy(self._settings, self._addresses, self._program, token), self._state, lambda: None)

    def _await_both(self) -> Wish | None:
        """Wait till proxy and hub stand; the wish that comes first, if one does; HubError when one doesn't stand."""
        deadline = time.monotonic() + START_SECONDS
        while not self._patient and any(part.state != "running" for part in self._parts.values()):
            if wish := self._wishes.wait(TICK / 2):
                return wish
            for name, change in self._look().items():
                if change == "ended":
                    raise HubError([self._failure(name, f"ended at once ({self._parts[name].last_end})")])
            if time.monotonic() > deadline:
                late = next(name for name, part in self._parts.items() if part.state != "running")
                raise HubError([self._failure(late, f"didn't answer within {START_SECONDS:.0f} s")])
        if not self._patient:
            self._tell(Told("ready", f"The hub runs: {self._settings.url}"))
        return None

    def _watch(self) -> Wish:
        rotated, routes_lost = time.monotonic(), False
        while True:
            if wish := self._wishes.wait(TICK):
                return wish
            changes = self._look()
            for name, change in changes.items():
                self._say(name, change)
            routes_lost = routes_lost or changes.get("proxy") == "stands"
            if routes_lost and self._parts["hub"].process:
                routes_lost = not self._write_routes()
            if time.monotonic() - rotated > ROTATE_EVERY:
                rotated = time.monotonic()
                for name in (*self._parts, "supervisor"):
                    rotate(self._state.log(name))

    def _look(self) -> dict[str, Change]:
        changes = {name: change for name, part in self._parts.items() if (change := part.look())}
        if changes:
            self._write()
        return changes

    def _say(self, name: str, change: Change) -> None:
        part = self._parts[name]
        if change == "ended":
            log = self._state.log(name)
            self._tell(Told("ended", f"The {name} ended ({part.last_end}); it is started again. Its log: {log}", name))
        elif change == "stands":
            self._tell(Told("stands", f"The {name} is back.", name))

    def _write_routes(self) -> bool:
        """Have the hub write its routes into a new proxy; one that can't is started anew, which does it, too."""
        address = f"{self._addresses.hub}{self._settings.base_path}hub/api/proxy"
        status = ask(address, self._state.secret("supervisor-token", fresh=False), "POST")
        if status >= REFUSED:
            end_part(self._parts["hub"].process, self._addresses.hub)
        return status != 0

    def _finish(self, wish: Wish) -> None:
        """End what the wish says: all, all but people's servers, or the hub only."""
        hub, proxy = self._parts.get("hub"), self._parts.get("proxy")
        end_part(hub.process if hub else None, self._addresses.hub)
        if wish == "reload":
            return
        end_services(self._addresses.hub)
        if wish == "stop":
            end_servers(self._addresses.hub)
        end_part(proxy.process if proxy else None, self._addresses.hub)
        if wish == "leave":
            self._parts = {}
            self._write()
        else:
            self._state.forget()

    def _write(self) -> None:
        records: Mapping[str, PartRecord] = {name: part.record for name, part in self._parts.items()}
        config = str(self._settings.path)
        self._state.write(Record(os.getpid(), self._since, self._settings.url, config, records))

    def _failure(self, name: str, how: str) -> Problem:
        log = self._state.log(name)
        said = " ".join(line.strip() for line in tail(log, 3))
        problem = f"The {name} {how}." + (f" Its last words: {said}" if said else "")
        return Problem(str(log), problem, "passerelle hub check may name the cause; the log has the rest.", "hub-died")


def already_runs(settings: HubSettings) -> Problem:
    """Two supervisors of one hub would fight."""
    problem = f"This hub already runs: {settings.url}"
    return Problem(str(settings.path), problem, "passerelle hub status says more; restart starts it anew.", "hub-runs")
