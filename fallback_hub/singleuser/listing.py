"""The files of a course folder, as pages see them."""

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fallback_hub.singleuser.hashing import Hashes
from fallback_hub.singleuser.paths import is_carried

MOST_FILES = 10_000


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file: `modified` in seconds since 1970; `sha256` is None where it is too big to be carried."""

    path: str
    bytes: int
    sha256: str | None
    modified: float


def list_files(folder: Path, hashes: Hashes, largest: int) -> list[ListedFile]:
    """Regular files below the folder in order of their paths, at most MOST_FILES; links, hidden ones and caches not.

    Reads all of every file that changed since it was last hashed and isn't over `largest` bytes.
    """
    listed = []
    for path in _files(folder):
        try:
            found = path.stat(follow_symlinks=False)
            digest = hashes.of(path) if found.st_size <= largest else None
        except OSError:
            continue  # gone since, or closed to us
        name = unicodedata.normalize("NFC", path.relative_to(folder).as_posix())
        listed.append(ListedFile(name, found.st_size, digest, found.st_mtime_ns / 1e9))
        if len(listed) == MOST_FILES:
            break
    hashes.save()
    return listed


def _files(folder: Path) -> Iterator[Path]:
    """Depth first, names in order: same folder, same list."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if not is_carried(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path))
        elif entry.is_file(follow_symlinks=False):
            yield Path(entry.path)
