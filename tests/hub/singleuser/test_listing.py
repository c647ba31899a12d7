import hashlib
import os
import unicodedata
from pathlib import Path

import pytest

from fallback_hub.singleuser import listing
from fallback_hub.singleuser.hashing import Hashes
from fallback_hub.singleuser.listing import list_files


def test_regular_files_only_in_order_by_their_composed_names(tmp_path: Path) -> None:
    course = tmp_path / "rna"
    for name in ("b.txt", "data/reads.fastq", ".hidden/x", "__pycache__/m.pyc", ".ipynb_checkpoints/a.ipynb"):
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_text("x")
    (course / unicodedata.normalize("NFD", "été.txt")).write_text("x")
    (course / "link").symlink_to(course / "b.txt")
    (course / "out").symlink_to(tmp_path)
    os.mkfifo(course / "pipe")
    listed = list_files(course, Hashes(tmp_path / "store"), 100)
    assert [file.path for file in listed] == ["b.txt", "data/reads.fastq", "été.txt"]
    assert listed[0].sha256 == hashlib.sha256(b"x").hexdigest()
    assert listed[0].bytes == 1
    assert abs(listed[0].modified - (course / "b.txt").stat().st_mtime) < 0.001


def test_a_file_too_big_to_carry_isnt_read(tmp_path: Path) -> None:
    with (tmp_path / "huge").open("wb") as huge:
        huge.truncate(10**12)
    [file] = list_files(tmp_path, Hashes(tmp_path / ".store"), 1_000)
    assert (file.bytes, file.sha256) == (10**12, None)


def test_no_more_than_so_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST_FILES", 3)
    for number in range(5):
        (tmp_path / f"{number}").write_text("x")
    assert [file.path for file in list_files(tmp_path, Hashes(tmp_path / ".store"), 10)] == ["0", "1", "2"]


def test_no_folder_has_no_files(tmp_path: Path) -> None:
    assert list_files(tmp_path / "gone", Hashes(tmp_path / ".store"), 10) == []
