"""Counts wrong passwords, so that nobody can guess one, nor lock anybody else out."""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

WAIT_SECONDS = 600
MOST_KEPT = 20_000


@dataclass(slots=True)
class Attempts:
    """Failures of the last ten minutes: per name and address, per name, and per address.

    Whoever fails from one address doesn't keep the name's owner out at another, until so many addresses
    have tried that it is an attack; a classroom behind one address may mistype now and then.
    """

    per_pair: int = 8
    per_name: int = 60
    per_address: int = 200
    clock: Callable[[], float] = time.monotonic
    _failures: OrderedDict[tuple[str, str], list[float]] = field(default_factory=OrderedDict)

    def seconds_to_wait(self, name: str, address: str) -> int:
        """How long it is until the next try is let in; 0 where it is now."""
        waits = (self._wait(key, most) for key, most in self._counted(name, address))
        return max(waits)

    def note_failure(self, name: str, address: str) -> None:
        """Count a wrong password."""
        for key, most in self._counted(name, address):
            times = [*self._recent(key), self.clock()]
            self._failures[key] = times[-most:]
            self._failures.move_to_end(key)
        while len(self._failures) > MOST_KEPT:
            self._failures.popitem(last=False)

    def forget(self, name: str, address: str) -> None:
        """The right password was given: what this address got wrong with it before doesn't count."""
        self._failures.pop((name, address), None)

    def _counted(self, name: str, address: str) -> Iterable[tuple[tuple[str, str], int]]:
        return ((name, address), self.per_pair), ((name, ""), self.per_name), (("", address), self.per_address)

    def _recent(self, key: tuple[str, str]) -> list[float]:
        since = self.clock() - WAIT_SECONDS
        return [moment for moment in self._failures.get(key, ()) if moment > since]

    def _wait(self, key: tuple[str, str], most: int) -> int:
        recent = self._recent(key)
        return 0 if len(recent) < most else max(1, int(recent[-most] + WAIT_SECONDS - self.clock()))
