import os
import unicodedata
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallback_hub.singleuser.paths import PathError, find_file, is_carried, parse_path

OUTSIDE = [
    "", ".", "..", "/", "/etc/passwd", "../x", "a/../../x", "a/..", "a//b", "a/", "/a", "./a", "a/./b",
    "a\0b", "a\nb", "\x7f", ".hidden", "a/.hidden/b",
    ".passerelle/uploads/x", "__pycache__/m.pyc", "a/__pycache__/m.pyc",
    "a" * 256, "é" * 128, "/".join("a" * 33), "e\u0301t", "\ud800",
]  # fmt: skip
NOT_ON_WINDOWS = [
    "a\\b", "..\\x", "C:\\x", "c:x", "a:b", "con", "CON.txt", "aux/x", "x/nul", "com1", "LPT9.csv", "COM¹", "a.", "a ",
    "a /b", "a?", "a*", '"a"', "a|b", "<a>",
]  # fmt: skip
GOOD = ["a", "reads.fastq.gz", "data/reads 1.fastq", "été/à faire.txt", "a/b/c/d", "con1", "console.txt", "日本.csv"]


@pytest.mark.parametrize("text", OUTSIDE)
def test_what_leads_elsewhere_or_is_hidden_is_refused(text: str) -> None:
    for everywhere in (False, True):
        with pytest.raises(PathError):
            parse_path(text, everywhere=everywhere)


@pytest.mark.parametrize("text", NOT_ON_WINDOWS)
def test_what_windows_cant_have_isnt_uploaded(text: str) -> None:
    with pytest.raises(PathError):
        parse_path(text, everywhere=True)


@pytest.mark.parametrize("text", GOOD)
def test_ordinary_names_pass(text: str) -> None:
    assert str(parse_path(text, everywhere=True)) == text


@given(st.text(alphabet=st.sampled_from("ab./\\:\0~é\u0301 *conCON1"), max_size=40))
def test_no_text_leads_out_of_the_folder(text: str) -> None:
    for everywhere in (False, True):
        try:
            path = parse_path(text, everywhere=everywhere)
        except PathError:
            continue
        joined = os.path.normpath(Path("/home/alice/rna") / path)
        assert joined.startswith("/home/alice/rna/")
        assert not any(part.startswith(".") for part in path.parts)
        assert str(path) == text == unicodedata.normalize("NFC", text)
        if everywhere:
            assert "\\" not in text
            assert ":" not in text


@given(st.text(max_size=60))
def test_any_text_is_a_path_or_refused(text: str) -> None:
    try:
        assert str(parse_path(text)) == text
    except PathError:
        return


def test_links_are_not_followed(tmp_path: Path) -> None:
    course, outside = tmp_path / "rna", tmp_path / "outside"
    (outside / "deep").mkdir(parents=True)
    (outside / "secret").write_text("x")
    course.mkdir()
    (course / "link").symlink_to(outside / "secret")
    (course / "folder").symlink_to(outside)
    (course / "dangling").symlink_to(tmp_path / "gone")
    for name in ("link", "folder/secret", "folder/deep/new", "dangling"):
        with pytest.raises(PathError):
            find_file(course, PurePosixPath(name))


def test_a_file_in_the_place_of_a_folder_and_the_other_way_round(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("file/under", "folder", "pipe"):
        with pytest.raises(PathError):
            find_file(tmp_path, PurePosixPath(name))
    assert find_file(tmp_path, PurePosixPath("new/file")) == tmp_path / "new/file"
    assert find_file(tmp_path, PurePosixPath("file")) == tmp_path / "file"


def test_a_name_the_disk_spells_otherwise_is_found(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "été.csv")
    (tmp_path / decomposed).write_text("x")
    assert find_file(tmp_path, parse_path("été.csv")) == tmp_path / decomposed
    assert is_carried(decomposed)
    assert not is_carried(".git")
