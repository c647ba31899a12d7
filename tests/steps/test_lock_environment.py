"""What a build takes for a course: just its lock's wheels, and what it says where the course has moved on."""

from dataclasses import replace
from pathlib import Path

import pytest

from lite_site.courses.model import Course, Placement
from lite_site.environment.catalogue import catalogue
from lite_site.environment.course_lock import LOCK_NAME, write_course_lock
from lite_site.environment.lock_text import CourseLock
from lite_site.environment.wheels import entry_of
from lite_site.problems import Problem
from lite_site.runtime.distribution import VERSION
from lite_site.steps.lock_environment import lock_courses
from tests.environment.samples import course_in, server_package, wheel

KNOWN = catalogue().by_name


def packages(course: Course) -> tuple[dict[str, str], list[Problem]]:
    """The wheels a course gets, by name with their hash, and what is said."""
    locks, problems = lock_courses([course])
    return {one.name: one.sha256 for one in locks[course.slug].wheels} if locks else {}, problems


def codes(course: Course) -> list[tuple[str, str]]:
    return [(problem.code, problem.severity) for problem in packages(course)[1]]


def lock(*declared: str, wheels: tuple[str, ...] = (), imported: tuple[str, ...] = ()) -> CourseLock:
    entries = tuple(entry_of(KNOWN[name]) for name in wheels)
    server = tuple(server_package(name) for name in (*wheels, "ipykernel"))
    return CourseLock(declared, imported, VERSION, "3.11", browser=entries, server=server)


def test_without_a_lock_the_tables_decide_and_the_rest_is_told(tmp_path: Path) -> None:
    course = course_in(tmp_path, "pandas", "torch", "scipy<1", imports=["networkx", "torch"])
    found, problems = packages(course)
    assert {"pandas", "numpy", "networkx"} <= found.keys()
    assert not {"scipy", "torch"} & found.keys()
    assert [(problem.code, problem.severity) for problem in problems] == [
        ("package-not-in-browser", "warning"),
        ("package-version", "warning"),
    ]


def test_a_locked_course_gets_the_bytes_it_locked(tmp_path: Path) -> None:
    ours = replace(KNOWN["networkx"], sha256="12" * 32)
    write_course_lock(tmp_path, replace(lock("networkx", "torch"), browser=(entry_of(ours), entry_of(KNOWN["numpy"]))))
    found, problems = packages(course_in(tmp_path, "networkx", "torch", imports=["networkx", "torch"]))
    assert found["networkx"] == "12" * 32
    assert problems == [], "the lock knows that torch is for the server"


def test_what_only_cluster_lessons_import_stays_off_the_site(tmp_path: Path) -> None:
    write_course_lock(tmp_path, lock(wheels=("scipy", "numpy"), imported=("scipy",)))
    course = course_in(tmp_path, imports=["scipy"])
    assert "scipy" in packages(course)[0]
    (lesson,) = course.lessons
    moved = replace(course, lessons=(replace(lesson, placement=Placement("cluster", "standard")),))
    assert not {"scipy", "numpy"} & packages(moved)[0].keys()
    assert codes(moved) == []


def test_an_import_since_is_built_from_the_tables_and_told(tmp_path: Path) -> None:
    write_course_lock(tmp_path, lock("numpy", wheels=("numpy",)))
    course = course_in(tmp_path, "numpy", imports=["numpy", "six"])
    assert packages(course)[0]["six"] == KNOWN["six"].sha256
    assert codes(course) == [("lock-behind", "warning")]


def test_a_requirement_the_lock_contradicts_ends_the_build(tmp_path: Path) -> None:
    write_course_lock(tmp_path, lock("numpy", wheels=("numpy",)))
    assert codes(course_in(tmp_path, "numpy>=9")) == [("package-version", "warning"), ("lock-stale", "error")]


@pytest.mark.parametrize(
    ("text", "code"), [("format = 2\n[", "lock-unreadable"), ('pyodide = "314.0.3"', "lock-other-pyodide")]
)
def test_a_lock_that_cannot_be_followed_ends_the_build(tmp_path: Path, text: str, code: str) -> None:
    write_course_lock(tmp_path, lock("numpy", wheels=("numpy",)))
    path = tmp_path / LOCK_NAME
    path.write_text(text if "format" in text else path.read_text().replace(text, 'pyodide = "313.0.0"'))
    locks, problems = lock_courses([course_in(tmp_path, "numpy")])
    assert locks == {}
    assert [problem.code for problem in problems] == [code]


def test_a_lock_that_lacks_what_a_wheel_needs_ends_the_build(tmp_path: Path) -> None:
    flye = entry_of(wheel("flye", depends=["gone"]))
    write_course_lock(tmp_path, replace(lock("flye"), browser=(flye,)))
    assert codes(course_in(tmp_path, "flye")) == [("lock-incomplete", "error")]


def test_problems_of_all_courses_come_at_once(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / LOCK_NAME).write_text("[")
    locks, problems = lock_courses([course_in(tmp_path / name) for name in ("a", "b", "c")])
    assert locks.keys() == {"c"}
    assert [problem.code for problem in problems] == ["lock-unreadable", "lock-unreadable"]
