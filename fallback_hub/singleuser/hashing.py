"""The sha256 of files, remembered as long as nothing says that they changed."""

import contextlib
import hashlib
import json
import os
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

SETTLED_SECONDS = 2.0
"""A file changed that recently may change again within the same tick of its clock: its hash isn't kept."""
_MOST = 20_000

Facts = tuple[int, int, int]
"""When the file was last changed (nanoseconds), its size, its number on the disk."""


@dataclass(slots=True)
class Hashes:
    """Hashes by file; `store` keeps them over a restart of the server. Safe to use from several threads."""

    store: Path
    _known: dict[str, tuple[Facts, str]] = field(default_factory=dict)
    _fresh: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def load(self) -> None:
        """Take over what an earlier server knew; whatever isn't what we write is passed over."""
        with contextlib.suppress(OSError, ValueError, TypeError, AttributeError):
            for path, (facts, digest) in json.loads(self.store.read_text(encoding="utf-8")).items():
                modified, size, number = facts
                self._known[str(path)] = ((int(modified), int(size), int(number)), str(digest))

    def of(self, path: Path) -> str:
        """The file's sha256; reads all of a file that isn't known. OSError where it can't be read."""
        before = facts_of(path.stat())
        with self._lock:
            known = self._known.get(str(path))
        if known and known[0] == before:
            return known[1]
        digest = hash_file(path)
        if facts_of(path.stat()) == before and time.time() - before[0] / 1e9 > SETTLED_SECONDS:
            self.remember(path, before, digest)
        return digest

    def remember(self, path: Path, facts: Facts, digest: str) -> None:
        """Note the hash of a file whose bytes we know."""
        with self._lock:
            self._known[str(path)] = (facts, digest)
            self._fresh = True
            while len(self._known) > _MOST:
                del self._known[next(iter(self._known))]

    def save(self) -> None:
        """Write what is known, if anything is new; a full disk is no reason to fail."""
        with self._lock:
            if not self._fresh:
                return
            text, self._fresh = json.dumps(self._known), False
        beside = self.store.with_name(f"{self.store.name}.new")
        with contextlib.suppress(OSError):
            beside.write_text(text, encoding="utf-8")
            beside.replace(self.store)


def facts_of(found: os.stat_result) -> Facts:
    """What changes when a file does."""
    return found.st_mtime_ns, found.st_size, found.st_ino


def hash_file(path: Path) -> str:
    """The sha256 of a file, read in blocks."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
