"""The cache holds whole, right files, whatever happens to it."""

import hashlib
import multiprocessing
import os
import stat
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.problems import BuildError
from lite_site.runtime.store import Store, WrongBytesError

CONTENT = b"a wheel" * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


def test_what_was_put_is_found_by_its_hash(store: Store) -> None:
    path = store.put(SHA256, [CONTENT[:10], CONTENT[10:]])
    assert path == store.get(SHA256) == store.folder / "sha256" / SHA256[:2] / SHA256
    assert path.read_bytes() == CONTENT


def test_an_unknown_hash_gives_none(store: Store) -> None:
    assert store.get(SHA256) is None


def test_wrong_bytes_leave_nothing_behind(store: Store) -> None:
    with pytest.raises(WrongBytesError):
        store.put(SHA256, [b"something else"])
    assert store.get(SHA256) is None
    assert [path for path in store.folder.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("damage", [b"", CONTENT[:-1], b"X" + CONTENT[1:]])
def test_a_damaged_entry_is_dropped(store: Store, damage: bytes) -> None:
    path = store.put(SHA256, [CONTENT])
    path.write_bytes(damage)
    assert store.get(SHA256) is None
    assert not path.exists()
    assert store.put(SHA256, [CONTENT]).read_bytes() == CONTENT


def test_damage_between_runs_is_seen_although_size_and_time_agree(store: Store) -> None:
    path = store.put(SHA256, [CONTENT])
    status = path.stat()
    path.write_bytes(b"X" + CONTENT[1:])
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert Store(store.folder).get(SHA256) is None


def test_a_download_goes_on_where_it_stopped(store: Store) -> None:
    with store.resume(SHA256) as download:
        download.write(CONTENT[:100])
    with store.resume(SHA256) as download:
        assert download.size == 100
        download.write(CONTENT[100:])
        assert download.finish().read_bytes() == CONTENT
    assert list((store.folder / "parts").iterdir()) == []


def test_two_downloads_of_one_file_do_not_mix(store: Store) -> None:
    with store.resume(SHA256) as first, Store(store.folder).resume(SHA256) as second:
        first.write(CONTENT[:100])
        assert second.size == 0
        second.write(CONTENT)
        second.finish()
        first.write(CONTENT[100:])
        first.finish()
    assert store.get(SHA256)


def test_a_wrong_download_is_forgotten(store: Store) -> None:
    with store.resume(SHA256) as download:
        download.write(b"wrong")
        with pytest.raises(WrongBytesError):
            download.finish()
        assert download.size == 0


def test_a_cache_that_cannot_be_made_is_a_problem_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(BuildError) as caught:
        Store(tmp_path / "file").put(SHA256, [CONTENT])
    (problem,) = caught.value.problems
    assert problem.code == "cache-unwritable"
    assert "another folder with --cache" in problem.remedy


def test_what_a_killed_build_left_is_swept_the_day_after(store: Store) -> None:
    with store.scratch() as old, store.scratch() as recent:
        os.utime(old, (0, 0))
        with store.scratch():
            assert not old.exists()
            assert recent.exists()


def test_two_processes_fill_one_store(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_fill, args=(tmp_path,)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0]
    store = Store(tmp_path)
    for content in _contents():
        path = store.get(hashlib.sha256(content).hexdigest())
        assert path
        assert stat.S_ISREG(path.stat().st_mode)
    assert list((tmp_path / "tmp").iterdir()) == []


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_only_the_right_bytes_enter(wanted: bytes, offered: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        digest = hashlib.sha256(wanted).hexdigest()
        if wanted == offered:
            assert store.put(digest, [offered]).read_bytes() == wanted
            return
        with pytest.raises(WrongBytesError):
            store.put(digest, [offered])
        assert store.get(digest) is None


def _contents() -> list[bytes]:
    return [bytes([number]) * 50_000 for number in range(40)]


def _fill(folder: Path) -> None:
    store = Store(folder)
    for content in _contents():
        digest = hashlib.sha256(content).hexdigest()
        store.put(digest, [content])
        with store.resume(digest) as download:
            download.restart()
            download.write(content)
            download.finish()
