"""The site being built, file by file: what a file holds decides whether it is written or reused."""

import errno
import hashlib
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lite_site.problems import BuildError, Problem


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the site: its content's sha256, size in bytes, and time stamp when it was written."""

    sha256: str
    size: int
    mtime_ns: int


class Tree:
    """A folder being filled; `previous` is the site as the last build left it, to link unchanged files from.

    Paths are relative to the site, with forward slashes. A file of the old site is reused only if its
    size and time stamp are still those recorded, so a site edited by hand is put right again.
    """

    def __init__(self, folder: Path, previous_folder: Path, previous: Mapping[str, Entry]) -> None:
        self.folder = folder
        self.files: dict[str, Entry] = {}
        self.reused: set[str] = set()
        self._previous_folder = previous_folder
        self._previous = previous
        self._folders: set[str] = set()

    def write(self, path: str, data: bytes) -> None:
        """Put `data` at `path`."""
        sha256 = hashlib.sha256(data).hexdigest()
        if self.keep(path, sha256):
            return
        target = self._place(path)
        target.write_bytes(data)
        self._record(path, target, sha256)

    def copy(self, path: str, source: Path, sha256: str | None = None) -> None:
        """Put a copy of `source` at `path`; pass its `sha256` when it is already known.

        BuildError when the copy turns out to be something else.
        """
        sha256 = sha256 or _sha256_of(source)
        if self.keep(path, sha256):
            return
        target = self._place(path)
        shutil.copyfile(source, target)
        if _sha256_of(target) != sha256:
            raise BuildError([changed_meanwhile(source)])
        self._record(path, target, sha256)

    def keep(self, path: str, sha256: str | None = None) -> bool:
        """Reuse the old site's file at `path` if it is untouched and, where given, has this `sha256`."""
        if path in self.files:
            return sha256 in {None, self.files[path].sha256}
        entry = self._previous.get(path)
        if entry is None or (sha256 is not None and entry.sha256 != sha256):
            return False
        old = self._previous_folder / path
        try:
            status = old.stat(follow_symlinks=False)
        except OSError:
            return False
        if status.st_size != entry.size or status.st_mtime_ns != entry.mtime_ns:
            return False
        try:
            os.link(old, self._place(path))
        except OSError as error:
            if error.errno not in {errno.EPERM, errno.EXDEV, errno.EMLINK, errno.ENOSYS, errno.EOPNOTSUPP}:
                raise
            shutil.copy2(old, self.folder / path)
        self.files[path] = entry
        self.reused.add(path)
        return True

    def keep_below(self, prefix: str) -> bool:
        """Reuse every file of the old site below `prefix/`; False, with nothing promised, if one was touched."""
        paths = [path for path in self._previous if path.startswith(f"{prefix}/")]
        return bool(paths) and all(self.keep(path) for path in paths)

    def drop_below(self, prefix: str) -> None:
        """Leave out again whatever was put below `prefix/`."""
        for path in [path for path in self.files if path.startswith(f"{prefix}/")]:
            (self.folder / path).unlink()
            del self.files[path]
            self.reused.discard(path)
        for folder, _, _ in os.walk(self.folder / prefix, topdown=False):
            Path(folder).rmdir()
        self._folders.clear()

    def unchanged_below(self, prefix: str) -> bool:
        """Whether what stands below `prefix/` is file for file what stood there before."""
        now = {path for path in self.files if path.startswith(f"{prefix}/")}
        return now <= self.reused and now == {path for path in self._previous if path.startswith(f"{prefix}/")}

    def read(self, path: str) -> bytes:
        """What stands at `path`."""
        return (self.folder / path).read_bytes()

    def _place(self, path: str) -> Path:
        target = self.folder / path
        parent = path.rpartition("/")[0]
        if parent not in self._folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(parent)
        target.unlink(missing_ok=True)
        return target

    def _record(self, path: str, target: Path, sha256: str) -> None:
        status = target.stat()
        self.files[path] = Entry(sha256, status.st_size, status.st_mtime_ns)
        self.reused.discard(path)


def _sha256_of(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def changed_meanwhile(source: Path) -> Problem:
    """A source that isn't what it was a moment ago."""
    problem = "was changed while the site was built, or is damaged."
    remedy = "Build again; if it stands in the cache folder, delete it first."
    return Problem(str(source), problem, remedy, "file-changed")
