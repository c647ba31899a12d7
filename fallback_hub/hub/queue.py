"""Who may start a server next: first come, first served, so many at a time, and everybody knows their place."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Hear = Callable[[int], None]
"""Told a place in the queue: 1 is next."""


@dataclass(slots=True, eq=False)
class _Waiting:
    turn: asyncio.Future[None]
    hear: Hear
    told: int = 0


@dataclass(slots=True)
class StartQueue:
    """Lets `at_once` holders in; the others wait in the order they came, and hear how it moves."""

    at_once: int
    _inside: int = 0
    _waiting: list[_Waiting] = field(default_factory=list)

    @asynccontextmanager
    async def place(self, hear: Hear) -> AsyncIterator[None]:
        """Wait for one's turn and hold it; `hear` is told the position whenever it changes.

        Whoever is cancelled leaves, wherever they are.
        """
        await self._enter(hear)
        try:
            yield
        finally:
            self._inside -= 1
            self._move()

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)

    async def _enter(self, hear: Hear) -> None:
        if self._inside < self.at_once and not self._waiting:
            self._inside += 1
            return
        mine = _Waiting(asyncio.get_running_loop().create_future(), hear)
        self._waiting.append(mine)
        self._tell()
        try:
            await mine.turn
        except asyncio.CancelledError:
            if mine in self._waiting:
                self._waiting.remove(mine)
            if mine.turn.done() and not mine.turn.cancelled():  # the turn came at the same moment: pass it on
                self._inside -= 1
            self._move()
            raise

    def _move(self) -> None:
        while self._waiting and self._inside < self.at_once:
            first = self._waiting.pop(0)
            if not first.turn.done():
                self._inside += 1
                first.turn.set_result(None)
        self._tell()

    def _tell(self) -> None:
        for position, one in enumerate(self._waiting, 1):
            if one.told != position:
                one.told = position
                one.hear(position)
