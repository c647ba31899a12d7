"""A course's `environment.lock` on disk: every build is held to it; written whole or not at all."""

import hashlib
import os
import secrets
from pathlib import Path

from lite_site.courses.model import Course
from lite_site.environment.catalogue import Catalogue, catalogue
from lite_site.environment.lock_text import CourseLock, read_lock, write_lock
from lite_site.environment.wheels import EntryError
from lite_site.problems import BuildError, Problem
from lite_site.runtime.distribution import VERSION

LOCK_NAME = "environment.lock"


def read_course_lock(folder: Path) -> CourseLock | None:
    """Read what a course locked, None if it has no lock; `BuildError` when it can't be read."""
    path = folder / LOCK_NAME
    try:
        data = path.read_bytes()
        return read_lock(data.decode("utf-8"), hashlib.sha256(data).hexdigest())
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, EntryError) as error:
        problem = Problem(
            str(path),
            f"The lock can't be read: {error}.",
            "Take it from where the course is kept, or delete it and run `passerelle lock`.",
            "lock-unreadable",
        )
        raise BuildError([problem]) from error


def course_catalogue(course: Course) -> Catalogue:
    """Every wheel the course may use, those it locked first.

    `BuildError` if its lock can't be read, or was made for another Pyodide.
    """
    return catalogue_of(held_lock(course))


def catalogue_of(lock: CourseLock | None) -> Catalogue:
    """The wheels of a lock, and after them those of the tables."""
    return catalogue(lock.wheels if lock else ())


def held_lock(course: Course) -> CourseLock | None:
    """The course's lock, None if it has none; `BuildError` if it can't be read, or was made for another Pyodide."""
    lock = read_course_lock(course.folder)
    if lock and lock.pyodide not in {"", VERSION}:
        raise BuildError([other_pyodide(course, lock)])
    return lock


def other_pyodide(course: Course, lock: CourseLock) -> Problem:
    """A lock whose wheels this release's browser kernel can't load."""
    return Problem(
        str(course.folder / LOCK_NAME),
        f"The lock was made for Pyodide {lock.pyodide}; this release of Passerelle runs {VERSION}.",
        f"Keep the Passerelle that made it, or take newer versions: `passerelle lock --upgrade {course.folder.name}`.",
        "lock-other-pyodide",
    )


def write_course_lock(folder: Path, lock: CourseLock) -> None:
    """Replace the lock in one step: whoever reads meanwhile, or comes after a power cut, finds old or new."""
    path = folder / LOCK_NAME
    part = folder / f".{LOCK_NAME}.{secrets.token_hex(4)}"
    try:
        with part.open("x", encoding="utf-8", newline="\n") as handle:
            handle.write(write_lock(lock))
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(path)
    except OSError as error:
        problem = Problem(
            str(path),
            f"The lock can't be written: {error.strerror}.",
            "Make the course's folder writable, or free some room.",
            "lock-unwritable",
        )
        raise BuildError([problem]) from error
    finally:
        part.unlink(missing_ok=True)
