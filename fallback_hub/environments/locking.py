"""One builder at a time for one environment, across processes; the lock goes with the process that holds it."""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

PAUSE = 0.3
"""Seconds between two looks at a lock that another holds."""


@asynccontextmanager
async def locked(path: Path, waiting: Callable[[], None]) -> AsyncIterator[int]:
    """Hold the lock of a file, made where it isn't; `waiting` is called at every look in vain.

    Yields the file's descriptor: a child that inherits it holds the lock on, should its parent die (flock(2)).
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        while not _taken(descriptor):
            waiting()
            await asyncio.sleep(PAUSE)
        yield descriptor
    finally:
        os.close(descriptor)


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
