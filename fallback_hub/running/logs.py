"""Logs of bounded size: the processes write on, whoever watches them, and what is old goes aside."""

import os
import shutil
from pathlib import Path

ROTATE_AT = 10_000_000
"""Bytes of a log before it goes aside."""
KEPT = 3
TAIL = 64_000


def open_log(path: Path) -> int:
    """A log to append to, as an open file that only its owner reads."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)


def rotate(path: Path, limit: int = ROTATE_AT) -> None:
    """Put a log that grew aside: copied and emptied, since its writers hold it open."""
    try:
        if path.stat().st_size < limit:
            return
    except FileNotFoundError:
        return
    for number in range(KEPT - 1, 0, -1):
        older = path.with_name(f"{path.name}.{number}")
        if older.exists():
            older.replace(path.with_name(f"{path.name}.{number + 1}"))
    first = path.with_name(f"{path.name}.1")
    with path.open("rb") as source, os.fdopen(open_log(first), "wb") as target:
        shutil.copyfileobj(source, target)
    os.truncate(path, 0)


def tail(path: Path, lines: int = 15) -> list[str]:
    """The last lines of a log."""
    try:
        with path.open("rb") as stream:
            stream.seek(max(0, path.stat().st_size - TAIL))
            return stream.read().decode(errors="replace").splitlines()[-lines:]
    except OSError:
        return []
