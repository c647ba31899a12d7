import hashlib
import json
import os
import time
from pathlib import Path

import pytest

from lite_site.site.hashes import Hashes

LONG_AGO = time.time_ns() - 3_600_000_000_000


def ask(hashes: Hashes, path: Path) -> str:
    status = path.stat()
    return hashes.sha256_of(path, status.st_size, status.st_mtime_ns)


@pytest.fixture
def reads(tmp_path: Path) -> Path:
    path = tmp_path / "reads.fastq"
    path.write_bytes(b"ACGT")
    os.utime(path, ns=(LONG_AGO, LONG_AGO))
    return path


def remembered(hashes: Hashes) -> Hashes:
    """The next build's, through the JSON that lies between."""
    return Hashes(json.loads(json.dumps(hashes.as_dict())))


def test_the_hash_is_the_files(reads: Path) -> None:
    assert ask(Hashes(), reads) == hashlib.sha256(b"ACGT").hexdigest()


def test_an_old_file_is_read_once(reads: Path) -> None:
    first = Hashes()
    sha256 = ask(first, reads)
    status = reads.stat()
    reads.unlink()

    again = remembered(first)

    assert again.sha256_of(reads, status.st_size, status.st_mtime_ns) == sha256
    assert again.as_dict() == first.as_dict()


@pytest.mark.parametrize(("data", "later"), [(b"ACGTA", 0), (b"TGCA", 1)], ids=["other size", "other time"])
def test_a_changed_file_is_read_again(reads: Path, data: bytes, later: int) -> None:
    first = Hashes()
    ask(first, reads)
    reads.write_bytes(data)
    os.utime(reads, ns=(0, LONG_AGO + later))

    assert ask(remembered(first), reads) == hashlib.sha256(data).hexdigest()


def test_a_file_just_changed_is_not_trusted_next_time(reads: Path) -> None:
    """It may change again within its time stamp, as git says of its index ("racy git")."""
    now = time.time_ns()
    os.utime(reads, ns=(now, now))
    first = Hashes()
    ask(first, reads)
    assert first.as_dict() == {}

    reads.write_bytes(b"TGCA")
    os.utime(reads, ns=(now, now))

    assert ask(remembered(first), reads) == hashlib.sha256(b"TGCA").hexdigest()


def test_a_time_stamp_from_the_future_is_not_trusted(reads: Path) -> None:
    tomorrow = time.time_ns() + 86_400_000_000_000
    os.utime(reads, ns=(tomorrow, tomorrow))
    hashes = Hashes()
    ask(hashes, reads)

    assert hashes.as_dict() == {}


def test_files_no_longer_asked_for_are_forgotten(reads: Path) -> None:
    first = Hashes()
    ask(first, reads)

    assert remembered(first).as_dict() == {}


@pytest.mark.parametrize("known", [None, 3, [], {"x": None}, {"x": ["a"]}, {"x": [4, 0, 7]}], ids=str)
def test_a_damaged_memory_is_no_memory(reads: Path, known: object) -> None:
    known = {str(reads): value for value in known.values()} if isinstance(known, dict) else known

    assert ask(Hashes(known), reads) == hashlib.sha256(b"ACGT").hexdigest()
