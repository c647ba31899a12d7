"""The files of one course folder: what there is, and what stands in the way of publishing it."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from lite_site.courses.names import path_key
from lite_site.problems import Problem

_SKIPPED_FOLDERS = frozenset(("__pycache__", "node_modules", "__MACOSX", "_build"))
_SKIPPED_FILES = frozenset(("thumbs.db", "desktop.ini"))
_SKIPPED_ENDINGS = (".pyc", ".pyo", "~", ".swp", ".tmp", ".bak")
_EFFECTIVE_IDS = os.access in os.supports_effective_ids


@dataclass(frozen=True, slots=True)
class Entry:
    """One ordinary file: its path in the course, where it is read, bytes, time of change."""

    path: PurePosixPath
    source: Path
    size: int
    mtime_ns: int


@dataclass(slots=True)
class Listing:
    """The files of a course in natural order, and the problems met on the way."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def list_course(folder: Path, place: str) -> Listing:
    """Every file of the course folder but hidden and temporary ones; links are followed inside the course."""
    listing = Listing()
    root = Path(os.path.realpath(folder))
    _walk(folder, PurePosixPath(), root, (root,), place, listing)
    listing.entries.sort(key=lambda entry: path_key(entry.path))
    return listing


def is_inside(path: Path, folder: Path) -> bool:
    """Whether the path is the folder or lies in it, both absolute: part by part, never by spelling."""
    return path == folder or folder in path.parents


def is_built_site(folder: Path) -> bool:
    """Whether Passerelle wrote this folder: a site among the contents is no part of them."""
    return os.path.isdir(folder / "_passerelle")  # noqa: PTH112 (False, not an error, where we may not look)


def _walk(  # noqa: PLR0917 (the state of one recursive walk)
    folder: Path, path: PurePosixPath, root: Path, above: tuple[Path, ...], place: str, listing: Listing
) -> None:
    try:
        with os.scandir(folder) as scan:
            children = sorted(scan, key=lambda child: child.name)
    except OSError as error:
        listing.problems.append(_unreadable(f"{place}/{path}" if path.parts else place, error))
        return
    for child in children:
        if child.name.startswith((".", "~$")) or child.name.lower() in _SKIPPED_FILES:
            continue
        inner = path / child.name
        where = f"{place}/{inner}"
        real = Path(os.path.realpath(child.path)) if child.is_symlink() else None
        if real is not None and (problem := _link_problem(real, root, above, where)):
            listing.problems.append(problem)
        elif child.is_dir():
            environment = os.path.exists(f"{child.path}/pyvenv.cfg")  # noqa: PTH110 (False where we may not look)
            if child.name not in _SKIPPED_FOLDERS and not environment and not is_built_site(Path(child.path)):
                deeper = real or above[-1] / child.name
                _walk(Path(child.path), inner, root, (*above, deeper), place, listing)
        elif not child.name.endswith(_SKIPPED_ENDINGS):
            _add(child, inner, where, listing)


def _add(child: os.DirEntry[str], path: PurePosixPath, where: str, listing: Listing) -> None:
    try:
        status = child.stat()
    except OSError as error:
        listing.problems.append(_unreadable(where, error))
        return
    listing.problems.extend(_file_problems(child, status, where))
    if stat.S_ISREG(status.st_mode):
        listing.entries.append(Entry(path, Path(child.path), status.st_size, status.st_mtime_ns))


def _file_problems(child: os.DirEntry[str], status: os.stat_result, where: str) -> Iterator[Problem]:
    if not stat.S_ISREG(status.st_mode):
        yield Problem(
            where,
            "It is a device, a pipe or a socket, not a file.",
            "Move it out of the course.",
            "file-not-ordinary",
        )
    elif not os.access(child.path, os.R_OK, effective_ids=_EFFECTIVE_IDS):
        yield Problem(where, "You may not read this file.", "Give yourself the right to read it.", "file-unreadable")


def _link_problem(real: Path, root: Path, above: tuple[Path, ...], where: str) -> Problem | None:
    if not is_inside(real, root):
        return Problem(
            where,
            "The link leads out of the course.",
            "Put a copy of the file in the course instead.",
            "symlink-leads-out",
        )
    if real in above:
        return Problem(where, "The link leads back to a folder it lies in.", "Remove the link.", "symlink-loop")
    if not real.exists():
        return Problem(where, "The link leads to nothing.", "Remove it, or put the file back.", "symlink-broken")
    return None


def _unreadable(where: str, error: OSError) -> Problem:
    reason = error.strerror or "unknown reason"
    return Problem(where, f"It can't be read ({reason}).", "Give yourself the right to read it.", "file-unreadable")
