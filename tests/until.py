"""Waiting for what comes in its own time."""

import time
from collections.abc import Callable


def until(holds: Callable[[], object], seconds: float = 60) -> bool:
    """Whether it holds now or within so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return bool(holds())
