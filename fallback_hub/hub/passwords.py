"""Passwords: what is asked of one, and how it is kept (bcrypt, never in clear, never in a log)."""

import asyncio
import os
import secrets
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import bcrypt

SHORTEST = 10
LONGEST_BYTES = 72  # bcrypt hashes no more of a password
CHECKING_NICE = 5
"""Passwords are compared after what the hub's loop has to do, and before servers that start (singleuser/bounds.py)."""

_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # no two that look alike on a projector


def new_password() -> str:
    """A random password of 100 bits, in groups that can be read out: `k7mw-...`."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(5))


def fits(password: str) -> bool:
    """Whether a password is long enough to be safe, and short enough to count whole."""
    return len(password) >= SHORTEST and len(password.encode("utf-8", "replace")) <= LONGEST_BYTES


def hash_password(password: str) -> bytes:
    """What is kept of a password."""
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt())


def is_right(password: str, kept: bytes | None) -> bool:
    """Whether the password is the one kept; takes as long where there is none, so that names can't be probed."""
    given = password.encode("utf-8", "replace")
    if len(given) > LONGEST_BYTES:
        given = b""
    return bcrypt.checkpw(given, kept or _nobody()) and kept is not None


def _make_way() -> None:
    if sys.platform == "linux":  # where a thread has a priority of its own (sched(7))
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), CHECKING_NICE)


_CHECKING = ThreadPoolExecutor(1, initializer=_make_way)


async def is_right_beside(password: str, kept: bytes | None) -> bool:
    """The same beside the loop, one at a time: bcrypt takes a quarter of a second, on purpose."""
    return await asyncio.get_running_loop().run_in_executor(_CHECKING, is_right, password, kept)


@cache
def _nobody() -> bytes:
    return hash_password("nobody")
