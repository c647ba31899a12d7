import hashlib
import os
from pathlib import Path

import pytest

from fallback_hub.singleuser import hashing
from fallback_hub.singleuser.hashing import Hashes


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def old_file(path: Path, data: bytes, seconds: int = 1_000) -> Path:
    path.write_bytes(data)
    os.utime(path, (seconds, seconds))
    return path


def test_a_known_file_isnt_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, hashes = old_file(tmp_path / "a", b"one"), Hashes(tmp_path / "hashes.json")
    assert hashes.of(file) == sha(b"one")
    monkeypatch.setattr(hashing, "hash_file", lambda _path: "read again")
    assert hashes.of(file) == sha(b"one")


def test_a_changed_file_is(tmp_path: Path) -> None:
    file, hashes = old_file(tmp_path / "a", b"one"), Hashes(tmp_path / "hashes.json")
    hashes.of(file)
    assert hashes.of(old_file(file, b"two", seconds=2_000)) == sha(b"two")
    (tmp_path / "b").write_bytes(b"six")
    os.utime(tmp_path / "b", (2_000, 2_000))
    (tmp_path / "b").replace(file)  # same time, same size, another file
    assert hashes.of(file) == sha(b"six")


def test_a_file_that_just_changed_isnt_trusted_to_stay(tmp_path: Path) -> None:
    file, hashes = tmp_path / "a", Hashes(tmp_path / "hashes.json")
    file.write_bytes(b"one")
    found = file.stat()
    assert hashes.of(file) == sha(b"one")
    file.write_bytes(b"two")
    os.utime(file, ns=(found.st_atime_ns, found.st_mtime_ns))  # within one tick of the disk's clock
    assert hashes.of(file) == sha(b"two")


def test_hashes_outlive_the_server_and_a_broken_store_doesnt_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, store = old_file(tmp_path / "a", b"one"), tmp_path / "hashes.json"
    hashes = Hashes(store)
    hashes.of(file)
    hashes.save()
    monkeypatch.setattr(hashing, "hash_file", lambda _path: "read again")
    later = Hashes(store)
    later.load()
    assert later.of(file) == sha(b"one")
    for text in ("", "[]", "{", '{"a": 1}', '{"a": [[1], 2]}'):
        store.write_text(text)
        Hashes(store).load()
