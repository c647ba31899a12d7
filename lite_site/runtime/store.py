"""The cache of fetched files, each named by its sha256: whole and right, or not there."""

import hashlib
import io
import os
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from lite_site.problems import BuildError, Problem

if sys.platform != "win32":
    import fcntl

CHUNK = 1 << 20
ABANDONED = 86_400
"""Seconds after which a temporary folder is nobody's."""


class WrongBytesError(Exception):
    """What came isn't the file that was asked for: its sha256 differs."""


class Store:
    """Files under `folder/sha256/ab/abcd...`, safe to fill from several builds at once.

    A file enters by `os.replace`, after its bytes were hashed; one that was damaged since is dropped when
    it's asked for. A folder that can't be written raises `BuildError`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._verified: dict[str, tuple[int, int, int]] = {}

    def path_of(self, sha256: str) -> Path:
        """Where the file with this hash stands, if it is there."""
        return self.folder / "sha256" / sha256[:2] / sha256

    def get(self, sha256: str) -> Path | None:
        """The file with this hash, or None.

        Hashed once per run and whenever its size or time changed since.
        """
        path = self.path_of(sha256)
        try:
            stamp = _stamp_of(path)
            if self._verified.get(sha256) == stamp:
                return path
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError:
            return None
        if digest == sha256:
            self._verified[sha256] = stamp
            return path
        with suppress(OSError):
            path.unlink()
        return None

    def put(self, sha256: str, chunks: Iterable[bytes]) -> Path:
        """Keep a file; `WrongBytesError` when its hash is another."""
        digest = hashlib.sha256()
        with self.scratch() as folder:
            part = folder / "file"
            with _telling_the_disk(self.folder):
                stream = part.open("wb")
            with stream:
                for chunk in chunks:
                    digest.update(chunk)
                    with _telling_the_disk(self.folder):
                        stream.write(chunk)
                with _telling_the_disk(self.folder):
                    stream.flush()
            return self.enter(part, digest.hexdigest(), sha256)

    def adopt(self, sha256: str, file: Path) -> Path:
        """Keep a copy of `file`; `WrongBytesError` when its hash is another, OSError if it can't be read."""
        with file.open("rb") as stream:
            return self.put(sha256, iter(lambda: stream.read(CHUNK), b""))

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """Lend a temporary folder on the cache's own file system."""
        with _telling_the_disk(self.folder):
            parent = self.folder / "tmp"
            parent.mkdir(parents=True, exist_ok=True)
            _sweep(parent)
            folder = Path(tempfile.mkdtemp(dir=parent))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def resume(self, sha256: str) -> Iterator["Download"]:
        """Go on with a download where it stopped; two builds never write the same part."""
        with _telling_the_disk(self.folder):
            parts = self.folder / "parts"
            parts.mkdir(parents=True, exist_ok=True)
            path, stream = _claim(parts / f"{sha256}.part")
        try:
            with stream:
                yield Download(self, sha256, path, stream)
        finally:
            if path.suffix == ".own":
                path.unlink(missing_ok=True)

    def enter(self, part: Path, digest: str, wanted: str) -> Path:
        """Move a whole file in, if its `digest` is the `wanted` one; else `WrongBytesError`."""
        if digest != wanted:
            raise WrongBytesError(f"sha256 {digest} instead of {wanted}")
        target = self.path_of(wanted)
        with _telling_the_disk(self.folder):
            target.parent.mkdir(parents=True, exist_ok=True)
            part.replace(target)
            self._verified[wanted] = _stamp_of(target)
        return target


class Download:
    """The part of a file that is here already, and room for the rest."""

    def __init__(self, store: Store, sha256: str, path: Path, stream: io.BufferedRandom) -> None:
        self._store = store
        self._sha256 = sha256
        self._path = path
        self._stream = stream

    @property
    def size(self) -> int:
        """Bytes that are here."""
        return self._stream.seek(0, os.SEEK_END)

    def restart(self) -> None:
        """Forget what is here."""
        self._stream.truncate(0)

    def write(self, chunk: bytes) -> None:
        """Add the next bytes."""
        with _telling_the_disk(self._store.folder):
            self._stream.write(chunk)

    def finish(self) -> Path:
        """Hash the whole and keep it; a wrong one is forgotten and raises `WrongBytesError`."""
        self._stream.flush()
        self._stream.seek(0)
        digest = hashlib.file_digest(self._stream, "sha256").hexdigest()
        try:
            return self._store.enter(self._path, digest, self._sha256)
        except WrongBytesError:
            self.restart()
            raise


def _claim(path: Path) -> tuple[Path, io.BufferedRandom]:
    """Open `path` for this process alone, or a private part when another build writes it."""
    if sys.platform != "win32":
        stream = path.open("a+b")
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if path.exists() and path.stat().st_ino == os.fstat(stream.fileno()).st_ino:
                return path, stream
        except OSError:
            pass
        stream.close()
    own = path.with_name(f"{path.name}.{secrets.token_hex(8)}.own")
    return own, own.open("a+b")


def _sweep(parent: Path) -> None:
    """Remove what builds that were killed left behind, a day after."""
    for left in parent.iterdir():
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > ABANDONED:
                shutil.rmtree(left)


def _stamp_of(path: Path) -> tuple[int, int, int]:
    status = path.stat()
    return status.st_size, status.st_mtime_ns, status.st_ino


@contextmanager
def _telling_the_disk(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        problem = Problem(
            place=str(folder),
            problem=f"The cache can't be written: {error.strerror or error}.",
            remedy="Mend that, or choose another folder with --cache.",
            code="cache-unwritable",
        )
        raise BuildError([problem]) from error
