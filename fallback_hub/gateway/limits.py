"""How often somebody may knock: token buckets, one an address and one for all, in bounded memory."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `burst` at once, and `per_second` in the long run."""

    burst: int
    per_second: float


# A class signs in at once from one address, its school's: a burst for one is that of several classes.
EACH = Rate(burst=240, per_second=4)
ALL = Rate(burst=600, per_second=30)


class Bucket:
    """Fills at a rate's pace and gives one token a request."""

    def __init__(self, rate: Rate, now: float) -> None:
        self._rate = rate
        self._tokens = float(rate.burst)
        self._seen = now

    def wait(self, now: float) -> float:
        """The seconds until there is a token; 0 where there is one."""
        # A clock that goes back would empty the bucket.
        earned = max(0.0, now - self._seen) * self._rate.per_second
        self._tokens = min(float(self._rate.burst), self._tokens + earned)
        self._seen = max(now, self._seen)
        return 0.0 if self._tokens >= 1 else (1 - self._tokens) / self._rate.per_second

    def take(self) -> None:
        """Take the token that `wait` saw."""
        self._tokens -= 1


class Limits:
    """Counts requests by address and in all; whoever waits takes nothing from the others.

    The addresses heard longest ago are forgotten past `remembered`; the bucket for all holds nevertheless.
    """

    def __init__(
        self,
        each: Rate = EACH,
        together: Rate = ALL,
        *,
        remembered: int = REMEMBERED,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._each, self._remembered, self._clock = each, remembered, clock
        self._together = Bucket(together, clock())
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    @property
    def known(self) -> int:
        """How many addresses are remembered."""
        return len(self._buckets)

    def knock(self, address: str) -> float:
        """Count a request from `address`; the seconds it has to wait where it may not pass, else 0."""
        now = self._clock()
        bucket = self._buckets.get(address)
        if bucket is None:
            bucket = self._buckets[address] = Bucket(self._each, now)
        self._buckets.move_to_end(address)
        while len(self._buckets) > self._remembered:
            self._buckets.popitem(last=False)
        wait = bucket.wait(now) or self._together.wait(now)
        if not wait:
            bucket.take()
            self._together.take()
        return wait
