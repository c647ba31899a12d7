import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.courses.listing import is_inside, list_course

parts = st.lists(st.text("abé. -", min_size=1).filter(lambda part: part not in {".", ".."}), min_size=1)


@given(parts, st.text("abé. -", min_size=1))
def test_a_neighbour_whose_name_begins_alike_is_outside(folder: list[str], more: str) -> None:
    dest = Path("/", *folder)
    assert is_inside(dest / "file", dest)
    assert is_inside(dest, dest)
    assert not is_inside(dest.with_name(dest.name + more), dest)
    assert not is_inside(dest.with_name(dest.name + more) / "file", dest)


def test_hidden_and_temporary_files_are_left_out(tmp_path: Path) -> None:
    for name in ("a.csv", ".env", "a.csv~", "x.pyc", "Thumbs.db", "__pycache__/y.txt", ".ipynb_checkpoints/a.ipynb"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [str(entry.path) for entry in list_course(tmp_path, "c").entries] == ["a.csv"]


def test_links_within_the_course_are_followed(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text("123")
    (tmp_path / "b.csv").symlink_to("data/a.csv")
    (tmp_path / "more").symlink_to("data")
    listing = list_course(tmp_path, "c")
    assert listing.problems == []
    assert [(str(entry.path), entry.size) for entry in listing.entries] == [
        ("b.csv", 3), ("data/a.csv", 3), ("more/a.csv", 3),
    ]  # fmt: skip


def test_a_course_folder_may_itself_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.csv").touch()
    (tmp_path / "real" / "b.csv").symlink_to("a.csv")
    (tmp_path / "link").symlink_to("real")
    listing = list_course(tmp_path / "link", "c")
    assert (len(listing.entries), listing.problems) == (2, [])


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("/etc/hostname", "symlink-leads-out"),
        ("../course-evil/secret", "symlink-leads-out"),
        ("..", "symlink-leads-out"),
        (".", "symlink-loop"),
        ("gone.csv", "symlink-broken"),
        ("link", "symlink-broken"),
    ],
)
def test_links_that_lead_astray(tmp_path: Path, target: str, code: str) -> None:
    (tmp_path / "course-evil").mkdir()
    (tmp_path / "course-evil" / "secret").touch()
    course = tmp_path / "course"
    course.mkdir()
    (course / "link").symlink_to(target)
    (problem,) = list_course(course, "contents/course").problems
    assert (problem.place, problem.code) == ("contents/course/link", code)
    assert list_course(course, "c").entries == []


def test_pipes_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.ipynb")
    listing = list_course(tmp_path, "c")
    assert listing.entries == []
    assert [(problem.place, problem.code) for problem in listing.problems] == [("c/pipe.ipynb", "file-not-ordinary")]
