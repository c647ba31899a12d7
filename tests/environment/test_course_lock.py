"""The lock's file: whole or untouched, and a sentence when it can't be read or written."""

import subprocess
import sys
from pathlib import Path

import pytest

from lite_site.environment.course_lock import LOCK_NAME, read_course_lock, write_course_lock
from lite_site.environment.lock_text import CourseLock, write_lock
from lite_site.problems import BuildError

LOCK = CourseLock(declared=("flye",), pyodide="314.0.3", python="3.11")
DYING = """
import os, signal, sys
from pathlib import Path
from lite_site.environment.course_lock import write_course_lock
from lite_site.environment.lock_text import CourseLock
def watch(event, arguments):
    if event == sys.argv[2] and (event != "open" or ".environment.lock" in str(arguments[0])):
        os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
write_course_lock(Path(sys.argv[1]), CourseLock(declared=("other",), pyodide="1", python="3.12"))
"""


def test_what_is_written_is_read_with_its_hash(course: Path) -> None:
    write_course_lock(course, LOCK)
    found = read_course_lock(course)
    assert found == LOCK
    assert found is not None
    assert len(found.sha256) == 64
    assert [path.name for path in course.iterdir()] == [LOCK_NAME]


def test_no_lock_is_none(course: Path) -> None:
    assert read_course_lock(course) is None


@pytest.mark.parametrize("event", ["open", "os.rename"])
def test_killed_while_writing_leaves_the_old_one(course: Path, event: str) -> None:
    write_course_lock(course, LOCK)
    ended = subprocess.run([sys.executable, "-c", DYING, str(course), event], check=False, timeout=60)
    assert ended.returncode < 0
    assert read_course_lock(course) == LOCK
    write_course_lock(course, CourseLock(pyodide="2", python="3.11"))
    assert (course / LOCK_NAME).read_text() == write_lock(CourseLock(pyodide="2", python="3.11"))


def test_interrupted_while_writing_leaves_nothing_behind(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(path: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    write_course_lock(course, LOCK)
    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_course_lock(course, CourseLock())
    assert [path.name for path in course.iterdir()] == [LOCK_NAME]
    assert read_course_lock(course) == LOCK


def test_where_nothing_can_be_written_is_said(course: Path) -> None:
    with pytest.raises(BuildError) as caught:
        write_course_lock(course / "absent", LOCK)
    (problem,) = caught.value.problems
    assert problem.code == "lock-unwritable"


@pytest.mark.parametrize("content", [b"[[browser", b"\xff\xfe", b"browser = 1", b"format = 9"])
def test_a_damaged_lock_is_a_problem_with_a_remedy(course: Path, content: bytes) -> None:
    (course / LOCK_NAME).write_bytes(content)
    with pytest.raises(BuildError) as caught:
        read_course_lock(course)
    (problem,) = caught.value.problems
    assert problem.place == str(course / LOCK_NAME)
    assert "passerelle lock" in problem.remedy
