"""Files that come in chunks: kept beside, verified, then put in place at once; a cut loses nothing that arrived."""

import asyncio
import contextlib
import errno
import hashlib
import os
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path, PurePosixPath

from fallback_hub.singleuser.answers import AnswerError
from fallback_hub.singleuser.hashing import Hashes, facts_of
from fallback_hub.singleuser.paths import find_file

HIDDEN = ".passerelle"
CHUNK = 8 * 1024 * 1024
KEPT_SECONDS = 7 * 86_400
_FULL = (errno.ENOSPC, errno.EDQUOT)
_COPY = 1024 * 1024
_ANYTHING = "*"


@dataclass(frozen=True, slots=True)
class Expected:
    """What the page believes is there: a sha256, "*" for whatever it is, None for nothing at all."""

    sha256: str | None

    def is_met_by(self, there: str | None) -> bool:
        """Whether the file there (its sha256, None where there is none) is what was expected."""
        return self.sha256 in (_ANYTHING, there)


@dataclass(frozen=True, slots=True)
class Upload:
    """A chunk's request: the whole file is `length` bytes with `sha256`; this chunk begins at `offset`."""

    path: PurePosixPath
    offset: int
    length: int
    sha256: str
    expected: Expected


@dataclass(slots=True)
class _Partial:
    """A file that is arriving; `hashed` bytes are in `digest` (after a restart, none are)."""

    place: Path
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    hashed: int = 0
    busy: bool = False

    @property
    def size(self) -> int:
        try:
            return self.place.stat().st_size
        except FileNotFoundError:
            return 0

    def forget_unless_whole(self) -> None:
        """Hash anew where the file is shorter than what was hashed: somebody cut it."""
        if self.hashed > self.size:
            self.digest, self.hashed = hashlib.sha256(), 0


@dataclass(slots=True)
class Uploads:
    """The uploads into one course folder; one request at a time writes to a file."""

    folder: Path
    hashes: Hashes
    largest: int
    _partials: dict[Path, _Partial] = field(default_factory=dict)

    @property
    def hidden(self) -> Path:
        """Where partial files are: on the same disk as the course's."""
        return self.folder / HIDDEN / "uploads"

    def arrived(self, path: PurePosixPath, sha256: str) -> int:
        """How many bytes of that file are here."""
        return self._partial(path, sha256).size

    async def there(self, path: PurePosixPath) -> str | None:
        """The sha256 of what is at the path now, None where there is nothing."""
        place = find_file(self.folder, path)
        try:
            return await asyncio.to_thread(self.hashes.of, place)
        except FileNotFoundError:
            return None

    @asynccontextmanager
    async def receive(self, upload: Upload) -> AsyncIterator["Receiver | None"]:
        """Take a chunk: yields what to write it to, None where the whole file is there already.

        `AnswerError` says why not: the file there is another ("changed"), the chunk doesn't follow ("offset"),
        too big, no room. An interrupted chunk stays as far as it came.
        """
        if upload.length > self.largest:
            raise AnswerError("too-big", max_file_bytes=self.largest)
        partial = self._partial(upload.path, upload.sha256)
        there = await self.there(upload.path)
        if there == upload.sha256:
            yield None
            return
        if not upload.expected.is_met_by(there):
            raise AnswerError("changed", sha256=there)
        if partial.busy or upload.offset != partial.size:
            raise AnswerError("offset", {"Upload-Offset": str(partial.size)}, offset=partial.size)
        partial.busy = True
        partial.forget_unless_whole()
        try:
            with _storing():
                self._check_room(upload)
                self.hidden.mkdir(mode=0o700, parents=True, exist_ok=True)
                stream = partial.place.open("ab", buffering=0)
            with contextlib.closing(stream):
                yield Receiver(stream, partial, upload)
        finally:
            partial.busy = False

    async def finish(self, upload: Upload) -> None:
        """Verify a file that has arrived and put it in its place; `AnswerError` where it is damaged or too late."""
        partial = self._partial(upload.path, upload.sha256)
        partial.busy = True
        try:
            digest = await asyncio.to_thread(_digest_of, partial)
            if digest != upload.sha256:
                self._drop(partial)
                raise AnswerError("wrong-hash", {"Upload-Offset": "0"}, sha256=digest)
            there = await self.there(upload.path)
            if there != upload.sha256 and not upload.expected.is_met_by(there):
                raise AnswerError("changed", sha256=there)
            with _storing():
                place = await asyncio.to_thread(self._put, partial.place, upload.path)
            self.hashes.remember(place, facts_of(place.stat()), digest)
        finally:
            partial.busy = False
            self._partials.pop(partial.place, None)

    def sweep(self) -> None:
        """Forget uploads that nobody has gone on with for a week."""
        oldest = time.time() - KEPT_SECONDS
        with contextlib.suppress(OSError):
            for place in self.hidden.iterdir():
                if place.stat(follow_symlinks=False).st_mtime < oldest:
                    place.unlink()

    def _partial(self, path: PurePosixPath, sha256: str) -> _Partial:
        name = hashlib.sha256(str(path).encode()).hexdigest()[:24]
        place = self.hidden / f"{name}.{sha256}"
        return self._partials.get(place) or self._partials.setdefault(place, _Partial(place))

    def _drop(self, partial: _Partial) -> None:
        partial.place.unlink(missing_ok=True)
        self._partials.pop(partial.place, None)

    def _put(self, arrived: Path, path: PurePosixPath) -> Path:
        """Rename into place, on the disk before and after (rename(2) is atomic, not durable)."""
        place = find_file(self.folder, path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place = find_file(self.folder, path)
        _sync(arrived)
        arrived.replace(place)
        _sync(place.parent)
        return place

    def _check_room(self, upload: Upload) -> None:
        facts = os.statvfs(self.folder)
        if upload.length - upload.offset > facts.f_bavail * facts.f_frsize:
            raise AnswerError("no-space", free_bytes=facts.f_bavail * facts.f_frsize)


@dataclass(slots=True)
class Receiver:
    """Where a chunk's bytes go."""

    stream: FileIO
    partial: _Partial
    upload: Upload
    written: int = 0

    def write(self, data: bytes) -> None:
        """Append; `AnswerError` where the file would be longer than was said, or the disk is full."""
        if self.offset + len(data) > self.upload.length:
            raise AnswerError("headers")
        rest = memoryview(data)
        while rest:
            with _storing():
                count = self.store(rest)
            if self.partial.hashed == self.offset:
                self.partial.digest.update(rest[:count])
                self.partial.hashed += count
            self.written += count
            rest = rest[count:]

    def store(self, data: memoryview) -> int:
        """Write what the system takes at once; OSError as it says it."""
        return self.stream.write(data)

    @property
    def offset(self) -> int:
        """Where the partial file ends."""
        return self.upload.offset + self.written


@contextlib.contextmanager
def _storing() -> Iterator[None]:
    """What the system says of a full disk or a file over the limit, as an answer."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise AnswerError("no-space", free_bytes=0) from error
        if error.errno == errno.EFBIG:
            raise AnswerError("too-big") from error
        if error.errno in (errno.ENAMETOOLONG, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.EACCES, errno.EROFS):
            raise AnswerError("path") from error
        raise


def _digest_of(partial: _Partial) -> str:
    """The sha256 of all that arrived; what came before a restart is read again."""
    with partial.place.open("rb") as stream:
        stream.seek(partial.hashed)
        while block := stream.read(_COPY):
            partial.digest.update(block)
            partial.hashed += len(block)
    return partial.digest.hexdigest()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
