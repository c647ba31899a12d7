"""Swaps a finished folder into place: at every moment the old site stands there, or the new one."""

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lite_site.problems import BuildError, Problem
from lite_site.site.inventory import SHARED

AT_FDCWD = -100
RENAME_EXCHANGE = 2  # linux/fs.h, renameat2(2)
RENAME_SWAP = 2  # sys/stdio.h of macOS, renamex_np(2)


def swap_in(new: Path, target: Path) -> None:
    """Put the folder `new` at `target`; what stood there is removed afterwards.

    Where the system can exchange two folders in one step (Linux, macOS) there is no moment without a
    site; elsewhere there are two renames, and `recover` mends a run that was killed between them.
    """
    if not target.exists():
        new.rename(target)
        return
    if _exchange(new, target):
        shutil.rmtree(new)
        return
    aside = _aside(target)
    target.rename(aside)
    new.rename(target)
    shutil.rmtree(aside)


def recover(target: Path) -> None:
    """Undo what a killed run left: bring back a site moved aside, remove half-built folders."""
    aside = _aside(target)
    if aside.exists() and not target.exists():
        aside.rename(target)
    for left in (aside, _beside(target)):
        if left.is_dir():
            shutil.rmtree(left)


def check_output(target: Path) -> None:
    """What stands at `target` will be replaced whole, so anything but a site or an empty folder is a BuildError."""
    if problem := _problem_of(target):
        place, remedy = str(target), "Give a new or empty folder with --output."
        raise BuildError([Problem(place, problem, remedy, "output-taken")])


def building_folder(target: Path) -> Path:
    """A fresh, empty sibling of `target` to build in (same file system, so that it can be swapped)."""
    check_output(target)
    folder = _beside(target)
    folder.mkdir(parents=True)
    return folder


@contextmanager
def only_one_build(target: Path, state_folder: Path) -> Iterator[None]:
    """Hold the right to write `target`; a second build gets a sentence instead of a mess."""
    state_folder.mkdir(parents=True, exist_ok=True)
    with (state_folder / f"{target.name}.lock").open("w") as handle:
        if not _lock(handle.fileno()):
            raise BuildError(
                [
                    Problem(
                        place=str(target),
                        problem="Another build is writing this site.",
                        remedy="Wait for it to end, or give this one another folder with --output.",
                        code="site-busy",
                    )
                ]
            )
        yield


def _problem_of(target: Path) -> str | None:
    if target.is_symlink():
        return "is a symbolic link, which the new site would replace."
    if target.is_mount():
        return "is a mount point, which a new site can't replace; a folder inside it can."
    if not target.exists():
        return None
    if not target.is_dir():
        return "is a file, not a folder."
    if any(target.iterdir()) and not (target / SHARED).is_dir():
        return "holds something other than a site made by passerelle, which would be lost."
    return None


def _aside(target: Path) -> Path:
    return target.with_name(f"{target.name}.passerelle-old")


def _beside(target: Path) -> Path:
    return target.with_name(f"{target.name}.passerelle-new")


def _lock(descriptor: int) -> bool:
    if sys.platform == "win32":
        return True
    import fcntl  # noqa: PLC0415 - not on Windows

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _exchange(first: Path, second: Path) -> bool:
    a, b = os.fsencode(first), os.fsencode(second)
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform != "win32" else None
    if libc is not None and hasattr(libc, "renameat2"):
        return bool(libc.renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE) == 0)
    if libc is not None and hasattr(libc, "renamex_np"):
        return bool(libc.renamex_np(a, b, RENAME_SWAP) == 0)
    return False
