"""A course's `environment.lock`: the wheels that only it needs, pinned once, committed with it."""

import re
import secrets
from collections.abc import Iterable
from pathlib import Path

from lite_site.environment.catalogue import catalogue
from lite_site.environment.gather import Gathering
from lite_site.environment.requirements import Wish, parse_wish
from lite_site.environment.wheels import EntryError, Wheel, WheelEntry, read_entries, wheel_of, write_entries
from lite_site.problems import BuildError, Problem
from lite_site.runtime import pip

LOCK_NAME = "environment.lock"
HEADER = """\
# What this course needs beyond the packages Passerelle knows; made by Passerelle, safe to read and commit.
# The hashes decide what a build accepts. Pin again to change them.
"""
_BROWSER_BLOCK = re.compile(r"^\[\[browser\]\]\s*$")


def read_course_lock(folder: Path) -> tuple[Wheel, ...]:
    """Read the wheels a course pinned, none if it has no lock; `BuildError` when it can't be read."""
    return tuple(wheel_of(entry) for entry in _read(folder / LOCK_NAME))


def pin_course(folder: Path, packages: Iterable[str], run: pip.Downloader | None = None) -> tuple[Wheel, ...]:
    """Look up, once, what no table knows of these packages; `BuildError` holds all problems.

    The lock is written in one go, its tables other than `[[browser]]` kept. Only wheels a browser can load
    are taken.
    """
    lock = folder / LOCK_NAME
    place = str(folder / "course.toml")
    parsed = [parse_wish(text, place) for text in packages]
    problems = [wish for wish in parsed if isinstance(wish, Problem)]
    if problems:
        raise BuildError(problems)
    known = catalogue().by_name
    wishes = [wish.requirement for wish in parsed if isinstance(wish, Wish) and wish.name not in known]
    earlier = {entry["name"]: entry for entry in _read(lock)}
    entries = Gathering(known, earlier, run=run or pip.Pip().download).gather(wishes, place)
    if entries or lock.exists():
        _write(lock, entries)
    return tuple(wheel_of(entry) for entry in entries)


def _read(lock: Path) -> tuple[WheelEntry, ...]:
    try:
        return read_entries(lock.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError, EntryError) as error:
        problem = Problem(
            str(lock),
            f"The lock can't be read: {error}.",
            "Mend it, or delete it and pin again.",
            "lock-unreadable",
        )
        raise BuildError([problem]) from error


def _write(lock: Path, entries: Iterable[WheelEntry]) -> None:
    kept = _other_tables(lock.read_text(encoding="utf-8")) if lock.exists() else ""
    text = "\n".join(part for part in (HEADER, write_entries(entries), kept) if part)
    part = lock.with_name(f".{lock.name}.{secrets.token_hex(4)}")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(lock)
    except OSError as error:
        part.unlink(missing_ok=True)
        problem = Problem(
            str(lock),
            f"The lock can't be written: {error.strerror}.",
            "Make the course's folder writable.",
            "lock-unwritable",
        )
        raise BuildError([problem]) from error


def _other_tables(text: str) -> str:
    """Keep the text of every table but `[[browser]]`, comments inside it included."""
    kept: list[str] = []
    keep = False
    for line in text.splitlines(keepends=True):
        if line.startswith("["):
            keep = not _BROWSER_BLOCK.match(line)
        if keep:
            kept.append(line)
    return "".join(kept)
