"""Remembers the sha256 of files that have not changed since, so that big data is read once."""

import hashlib
import time
from collections.abc import Mapping
from pathlib import Path

RACY_NS = 2_000_000_000  # a file changed this shortly before it was read may change again within its time stamp


class Hashes:
    """sha256 by path, trusted while size and time stamp stand; `known` is what `as_dict` gave last time."""

    def __init__(self, known: object = None) -> None:
        self._known: Mapping[str, object] = known if isinstance(known, dict) else {}
        self._used: dict[str, list[int | str]] = {}

    def sha256_of(self, path: Path, size: int, mtime_ns: int) -> str:
        """The sha256 of the file at `path`, whose size (bytes) and time stamp (ns) the caller has just read."""
        match self._known.get(str(path)):
            case [known_size, known_mtime, str(sha256)] if (known_size, known_mtime) == (size, mtime_ns):
                pass
            case _:
                with path.open("rb") as handle:
                    sha256 = hashlib.file_digest(handle, "sha256").hexdigest()
        if time.time_ns() - mtime_ns > RACY_NS:
            self._used[str(path)] = [size, mtime_ns, sha256]
        return sha256

    def as_dict(self) -> dict[str, object]:
        """What to remember, ready for JSON."""
        return dict(self._used)
