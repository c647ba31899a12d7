"""Work done in a thread of its own: the run's one browser keeps an event loop going in the main thread."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Found = TypeVar("Found")


def aside(work: Callable[[], Found]) -> Found:
    """What `work` gives, or its exception."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()
