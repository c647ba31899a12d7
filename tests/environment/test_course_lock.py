"""A course's own pins: looked up once, written whole, read by every build."""

import hashlib
from pathlib import Path

import pytest

from lite_site.environment.browser import resolve
from lite_site.environment.catalogue import catalogue
from lite_site.environment.course_lock import LOCK_NAME, pin_course, read_course_lock
from lite_site.problems import BuildError

from .samples import FakeIndex


def test_what_no_table_knows_is_pinned_with_what_it_needs(course: Path, index: FakeIndex) -> None:
    path = index.add("flye", "2.0", "minimap>=1", "numpy", 'winonly; sys_platform == "win32"', modules=["flye", "fly2"])
    index.add("minimap", "1.5")
    index.add("minimap", "0.5")
    pinned = pin_course(course, ["flye", "pandas"], index)
    assert [(one.name, one.version) for one in pinned] == [("flye", "2.0"), ("minimap", "1.5")]
    assert pinned[0].depends == ("minimap", "numpy")
    assert pinned[0].imports == ("fly2", "flye")
    assert pinned[0].sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert pinned[0].licence == "MIT"
    assert read_course_lock(course) == pinned
    assert index.runs == [["flye"], ["minimap>=1"]], "what the tables know is not looked up"
    lock = resolve(["flye", "pandas"], {}, known=catalogue(read_course_lock(course)))
    assert {"flye", "minimap", "numpy"} <= {one.name for one in lock.wheels}


def test_pinning_twice_writes_the_same_bytes(course: Path, index: FakeIndex) -> None:
    index.add("flye", "2.0")
    pin_course(course, ["flye"], index)
    first = (course / LOCK_NAME).read_bytes()
    pin_course(course, ["flye"], index)
    assert (course / LOCK_NAME).read_bytes() == first
    assert [path.name for path in course.iterdir()] == [LOCK_NAME]


def test_other_tables_and_hand_written_keys_survive(course: Path, index: FakeIndex) -> None:
    index.add("flye", "2.0", "heavy")
    index.add("heavy", "1.0")
    pin_course(course, ["flye"], index)
    lock = course / LOCK_NAME
    edited = lock.read_text().replace('depends = ["heavy"]', 'depends = ["heavy"]\nwithout = ["heavy"]')
    lock.write_text(edited + '\n[server]\n# by hand\npython = "3.11"\n')
    pinned = pin_course(course, ["flye"], index)
    assert [one.name for one in pinned] == ["flye"]
    assert '[server]\n# by hand\npython = "3.11"\n' in lock.read_text()
    assert read_course_lock(course) == pinned


def test_no_lock_is_written_when_nothing_needs_one(course: Path, index: FakeIndex) -> None:
    assert pin_course(course, ["pandas", "numpy>=2"], index) == ()
    assert list(course.iterdir()) == []
    assert index.runs == []


def test_all_that_cannot_be_found_is_said_and_nothing_is_written(course: Path, index: FakeIndex) -> None:
    index.add("flye", "2.0", "gone>=1")
    with pytest.raises(BuildError) as caught:
        pin_course(course, ["flye", "pyflye", "samtools"], index)
    problems = {problem.problem.split(" ", maxsplit=1)[0]: problem for problem in caught.value.problems}
    assert problems.keys() == {"gone", "pyflye", "samtools"}
    assert problems["gone"].place == "flye"
    assert problems["pyflye"].place.endswith("course.toml")
    assert 'placement = "cluster"' in problems["pyflye"].remedy
    assert list(course.iterdir()) == []


def test_a_version_conflict_is_said(course: Path, index: FakeIndex) -> None:
    index.add("flye", "2.0", "numpy<2")
    with pytest.raises(BuildError, match=r'"numpy<2" is asked for, and the browser would have numpy 2\.4\.3'):
        pin_course(course, ["flye"], index)


def test_no_network_is_one_problem(course: Path, index: FakeIndex) -> None:
    index.unreachable = True
    with pytest.raises(BuildError) as caught:
        pin_course(course, ["flye", "samtools"], index)
    (problem,) = caught.value.problems
    assert problem.code == "runtime-unreachable"


def test_a_broken_requirement_is_said_before_anything_is_asked(course: Path, index: FakeIndex) -> None:
    with pytest.raises(BuildError, match="is not a package requirement"):
        pin_course(course, ["fl ye"], index)
    assert index.runs == []


@pytest.mark.parametrize("content", [b"[[browser", b"\xff\xfe", b"browser = 1"])
def test_a_damaged_lock_is_a_problem_with_a_remedy(course: Path, content: bytes) -> None:
    (course / LOCK_NAME).write_bytes(content)
    with pytest.raises(BuildError) as caught:
        read_course_lock(course)
    (problem,) = caught.value.problems
    assert problem.place == str(course / LOCK_NAME)
    assert "pin again" in problem.remedy


def test_no_lock_is_no_wheels(course: Path) -> None:
    assert read_course_lock(course) == ()
