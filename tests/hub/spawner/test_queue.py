import asyncio
from collections.abc import Coroutine
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallback_hub.hub.queue import StartQueue

T = TypeVar("T")


def run(work: Coroutine[object, object, T]) -> T:
    return asyncio.run(asyncio.wait_for(work, 20))


class Pupil:
    """Waits for a turn, and says what it hears."""

    def __init__(self, queue: StartQueue, name: str, order: list[str]) -> None:
        self.heard: list[int] = []
        self.done = asyncio.Event()
        self.task = asyncio.ensure_future(self._start(queue, name, order))

    async def _start(self, queue: StartQueue, name: str, order: list[str]) -> None:
        async with queue.place(self.heard.append):
            order.append(name)
            await self.done.wait()


def test_first_come_first_served_and_everybody_hears_the_queue_move() -> None:
    async def walk() -> tuple[list[str], list[list[int]]]:
        queue, order = StartQueue(2), list[str]()
        pupils = [Pupil(queue, name, order) for name in "abcde"]
        await asyncio.sleep(0)
        assert order == ["a", "b"]
        assert queue.waiting == 3
        for pupil in pupils:
            pupil.done.set()
            await asyncio.sleep(0.01)
        await asyncio.gather(*(pupil.task for pupil in pupils))
        return order, [pupil.heard for pupil in pupils]

    order, heard = run(walk())
    assert order == list("abcde")
    assert heard[:2] == [[], []]
    assert heard[2] == [1]
    assert heard[4] == [3, 2, 1]


def test_whoever_cancels_leaves_and_the_others_move_up() -> None:
    async def walk() -> None:
        queue, order = StartQueue(1), list[str]()
        one, two, three = (Pupil(queue, name, order) for name in "abc")
        await asyncio.sleep(0)
        two.task.cancel()
        await asyncio.sleep(0.01)
        assert three.heard == [2, 1]
        one.done.set()
        await asyncio.sleep(0.01)
        assert order == ["a", "c"]
        three.done.set()
        await three.task
        assert queue.waiting == 0

    run(walk())


def test_a_turn_given_to_somebody_who_just_left_goes_to_the_next() -> None:
    async def walk() -> list[str]:
        queue, order = StartQueue(1), list[str]()
        one, two, three = (Pupil(queue, name, order) for name in "abc")
        await asyncio.sleep(0)
        one.task.cancel()  # gives its turn to the second ...
        await asyncio.sleep(0)
        two.task.cancel()  # ... which leaves before it knows
        three.done.set()
        await asyncio.wait([one.task, two.task, three.task])
        return order

    assert run(walk())[-1] == "c"


def test_a_start_that_fails_frees_its_place() -> None:
    async def walk() -> None:
        queue = StartQueue(1)
        for _ in range(3):
            with pytest.raises(OSError, match="no"):
                async with queue.place(lambda _position: None):
                    raise OSError("no")

    run(walk())


@given(at_once=st.integers(1, 4), leaving=st.lists(st.booleans(), min_size=1, max_size=12))
def test_never_more_than_so_many_and_nobody_is_forgotten(at_once: int, leaving: list[bool]) -> None:
    async def walk() -> int:
        queue, inside, most = StartQueue(at_once), 0, 0

        async def start() -> None:
            nonlocal inside, most
            async with queue.place(lambda _position: None):
                inside += 1
                most = max(most, inside)
                try:
                    await asyncio.sleep(0)
                finally:
                    inside -= 1

        tasks = [asyncio.ensure_future(start()) for _ in leaving]
        await asyncio.sleep(0)
        for task, leaves in zip(tasks, leaving, strict=True):
            if leaves:
                task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert queue.waiting == inside == 0
        return most

    assert run(walk()) <= at_once
