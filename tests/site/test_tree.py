import errno
import os
from pathlib import Path

import pytest

from lite_site.problems import BuildError
from lite_site.site.tree import Tree


def first_build(folder: Path, files: dict[str, bytes]) -> Tree:
    tree = Tree(folder, folder.with_name("nothing"), {})
    for path, data in files.items():
        tree.write(path, data)
    return tree


@pytest.fixture
def old(tmp_path: Path) -> Tree:
    return first_build(tmp_path / "old", {"index.html": b"<p>1", "rna/a.txt": b"a", "rna/b/b.txt": b"b"})


@pytest.fixture
def new(tmp_path: Path, old: Tree) -> Tree:
    return Tree(tmp_path / "new", old.folder, old.files)


def test_an_unchanged_file_is_the_old_file_itself(old: Tree, new: Tree) -> None:
    new.write("rna/a.txt", b"a")

    assert (new.folder / "rna/a.txt").samefile(old.folder / "rna/a.txt")
    assert new.reused == {"rna/a.txt"}
    assert new.files["rna/a.txt"] == old.files["rna/a.txt"]


def test_a_changed_file_is_written_and_the_old_one_stays(old: Tree, new: Tree) -> None:
    new.write("rna/a.txt", b"A")

    assert new.read("rna/a.txt") == b"A"
    assert old.read("rna/a.txt") == b"a"
    assert not new.reused


@pytest.mark.parametrize("edited", [b"edited by hand", b"X"], ids=["other size", "same size"])
def test_a_file_edited_by_hand_is_put_right(old: Tree, new: Tree, edited: bytes) -> None:
    place = old.folder / "rna/a.txt"
    place.write_bytes(edited)
    os.utime(place, ns=(0, old.files["rna/a.txt"].mtime_ns + 1))

    new.write("rna/a.txt", b"a")

    assert new.read("rna/a.txt") == b"a"
    assert not new.keep("rna/none.txt")


def test_a_file_removed_by_hand_comes_back(old: Tree, new: Tree) -> None:
    (old.folder / "rna/a.txt").unlink()

    new.write("rna/a.txt", b"a")

    assert new.read("rna/a.txt") == b"a"


def test_a_link_put_in_a_files_place_is_not_followed(tmp_path: Path, old: Tree, new: Tree) -> None:
    (tmp_path / "secret").write_bytes(b"s")
    place = old.folder / "rna/a.txt"
    place.unlink()
    place.symlink_to(tmp_path / "secret")

    assert not new.keep("rna/a.txt")


def test_writing_twice_leaves_the_last_bytes(new: Tree) -> None:
    new.write("rna/a.txt", b"a")
    new.write("rna/a.txt", b"other")
    assert new.read("rna/a.txt") == b"other"

    new.write("rna/a.txt", b"a")
    assert new.read("rna/a.txt") == b"a"


def test_where_links_cannot_be_made_files_are_copied(old: Tree, new: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "no links on this file system")

    monkeypatch.setattr(os, "link", refuse)
    new.write("rna/a.txt", b"a")

    copy = new.folder / "rna/a.txt"
    assert copy.read_bytes() == b"a"
    assert not copy.samefile(old.folder / "rna/a.txt")
    assert new.reused == {"rna/a.txt"}


def test_a_full_disk_is_not_mistaken_for_a_missing_ability(new: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(OSError, match="full"):
        new.write("rna/a.txt", b"a")


def test_copy_takes_the_bytes(tmp_path: Path, new: Tree) -> None:
    source = tmp_path / "reads.fastq"
    source.write_bytes(b"ACGT")

    new.copy("rna/reads.fastq", source)

    assert new.read("rna/reads.fastq") == b"ACGT"
    assert new.files["rna/reads.fastq"].size == 4


def test_a_copy_that_is_not_what_it_should_be_is_told(tmp_path: Path, new: Tree) -> None:
    source = tmp_path / "reads.fastq"
    source.write_bytes(b"ACGT")

    with pytest.raises(BuildError, match=r"reads\.fastq: was changed while the site was built"):
        new.copy("rna/reads.fastq", source, sha256="0" * 64)


def test_keep_below_takes_a_whole_folder(new: Tree) -> None:
    assert new.keep_below("rna")
    assert set(new.files) == {"rna/a.txt", "rna/b/b.txt"}
    assert new.unchanged_below("rna")


def test_keep_below_says_when_one_file_was_touched(old: Tree, new: Tree) -> None:
    (old.folder / "rna/b/b.txt").write_bytes(b"touched")

    assert not new.keep_below("rna")
    assert not new.keep_below("dna")


def test_keep_below_does_not_take_a_neighbour_with_a_longer_name(tmp_path: Path) -> None:
    old = first_build(tmp_path / "old", {"rna/a": b"1", "rna-2/a": b"2"})
    new = Tree(tmp_path / "new", old.folder, old.files)

    assert new.keep_below("rna")
    assert set(new.files) == {"rna/a"}


def test_drop_below_leaves_nothing_not_even_folders(new: Tree) -> None:
    new.write("index.html", b"<p>1")
    new.keep_below("rna")

    new.drop_below("rna")

    assert set(new.files) == {"index.html"}
    assert [path.name for path in new.folder.iterdir()] == ["index.html"]

    new.write("rna/b/b.txt", b"again")
    assert new.read("rna/b/b.txt") == b"again"


@pytest.mark.parametrize(
    ("files", "unchanged"),
    [
        ({"rna/a.txt": b"a", "rna/b/b.txt": b"b"}, True),
        ({"rna/a.txt": b"a", "rna/b/b.txt": b"B"}, False),
        ({"rna/a.txt": b"a"}, False),
        ({"rna/a.txt": b"a", "rna/b/b.txt": b"b", "rna/c.txt": b"c"}, False),
    ],
    ids=["same", "changed", "one gone", "one more"],
)
def test_unchanged_below(new: Tree, files: dict[str, bytes], unchanged: bool) -> None:
    for path, data in files.items():
        new.write(path, data)

    assert new.unchanged_below("rna") is unchanged
