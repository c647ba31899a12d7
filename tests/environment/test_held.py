"""A build follows the lock: what moved on since is told, what contradicts it ends the build."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from lite_site.courses.model import Wanted
from lite_site.environment.catalogue import catalogue
from lite_site.environment.course_lock import catalogue_of, course_catalogue, write_course_lock
from lite_site.environment.held import compare_sides, lock_problems, wanted_in_browser
from lite_site.environment.lock_text import CourseLock
from lite_site.environment.server.differences import Difference
from lite_site.environment.wheels import entry_of
from lite_site.problems import BuildError
from lite_site.runtime.distribution import VERSION

from .samples import course_in, server_package, wheel

NUMPY = catalogue().by_name["numpy"]
LOCK = CourseLock(
    declared=("flye", "numpy", "torch"),
    pyodide=VERSION,
    python="3.11",
    browser=(entry_of(wheel("flye", "2.0")), entry_of(NUMPY)),
    server=(server_package("flye", "2.0"), server_package("numpy", "2.4.3"), server_package("torch", "2.9")),
)


def told(
    folder: Path, lock: CourseLock, *packages: str, imported: Sequence[str] = (), python: str | None = None
) -> list[tuple[str, str]]:
    """The code and severity of what a lock means for a course."""
    found = lock_problems(course_in(folder, *packages, python=python), lock, [(name, "01.ipynb") for name in imported])
    return [(problem.code, problem.severity) for problem in found]


def test_a_course_as_it_was_locked_has_no_problem(course: Path) -> None:
    assert told(course, LOCK, "torch", "flye", "numpy", imported=["numpy", "ipython"]) == []


@pytest.mark.parametrize(
    "packages", [("flye", "numpy"), ("flye", "numpy", "torch", "dask"), ("flye", "numpy>=2", "torch")]
)
def test_another_declaration_is_told_once(course: Path, packages: tuple[str, ...]) -> None:
    assert told(course, LOCK, *packages) == [("lock-behind", "warning")]


def test_another_python_or_other_conda_packages_are_told(course: Path) -> None:
    assert told(course, LOCK, *LOCK.declared, python="3.12") == [("lock-behind", "warning")]
    assert told(course, LOCK, *LOCK.declared, python="3.11") == []
    assert told(course, replace(LOCK, conda=("bowtie2",)), *LOCK.declared) == [("lock-behind", "warning")]
    assert told(course, replace(LOCK, channels=("bioconda",)), *LOCK.declared) == [("lock-behind", "warning")]


def test_what_changed_is_named_with_the_remedy(course: Path) -> None:
    (problem,) = lock_problems(course_in(course, "flye", "numpy", "dask"), LOCK, [])
    assert "it now asks for dask, no longer for torch" in problem.problem
    assert f"passerelle lock {course.name}" in problem.remedy


def test_an_import_the_lock_does_not_hold_is_told(course: Path) -> None:
    (problem,) = lock_problems(course_in(course, *LOCK.declared), LOCK, [("scipy", "02.ipynb"), ("numpy", "02.ipynb")])
    assert "The lock doesn't hold scipy" in problem.problem
    assert problem.code == "lock-behind"


@pytest.mark.parametrize(
    ("package", "stale"),
    [
        ("numpy<2", True),
        ("torch>=3", True),
        ("flye==2.*", False),
        ('numpy<2; python_version < "3.9"', False),
        ('numpy<2; sys_platform == "linux"', True),
    ],
)
def test_a_requirement_the_lock_does_not_meet_ends_the_build(course: Path, package: str, stale: bool) -> None:
    code = ("lock-stale", "error") if stale else ("lock-behind", "warning")
    assert told(course, LOCK, package) == [code]


def test_a_version_for_the_server_alone_is_not_stale(course: Path) -> None:
    server = replace(LOCK, declared=("numpy<2",), server=(server_package("numpy", "1.26.4"),))
    assert told(course, server, "numpy<2") == []


def test_a_lock_of_format_1_has_nothing_to_say(course: Path) -> None:
    assert told(course, CourseLock(browser=LOCK.browser), "dask", imported=["scipy"]) == []


def test_the_lock_wins_over_the_tables(course: Path) -> None:
    other = replace(NUMPY, sha256="12" * 32)
    write_course_lock(course, replace(LOCK, browser=(entry_of(other),)))
    known = course_catalogue(course_in(course))
    assert known.get("numpy") == other
    assert known.get("pandas") is not None


def test_without_a_lock_there_are_the_tables(course: Path) -> None:
    assert course_catalogue(course_in(course)) == catalogue()


def test_a_lock_for_another_pyodide_is_refused_with_both_ways_out(course: Path) -> None:
    write_course_lock(course, replace(LOCK, pyodide="313.0.1"))
    with pytest.raises(BuildError) as caught:
        course_catalogue(course_in(course))
    (problem,) = caught.value.problems
    assert problem.code == "lock-other-pyodide"
    assert f"made for Pyodide 313.0.1; this release of Passerelle runs {VERSION}" in problem.problem
    assert f"passerelle lock --upgrade {course.name}" in problem.remedy


def test_what_the_lock_knows_to_be_the_servers_is_not_wanted_in_the_browser(course: Path) -> None:
    asks = course_in(course, "flye", "torch", "numpy<2", "scipy", "ipython<9")
    lock = replace(LOCK, declared=("flye", "ipython<9", "numpy<2", "torch"))
    wanted = [one.requirement for one in wanted_in_browser(asks, lock, catalogue_of(lock))]
    assert wanted == ["flye", "scipy"], "scipy was declared since"
    assert len(list(wanted_in_browser(asks, None, catalogue()))) == len(asks.packages)


def test_the_two_sides_are_compared_with_what_the_kernel_brings() -> None:
    lock = replace(LOCK, server=(*LOCK.server, server_package("traitlets", "5.14.3")))
    assert compare_sides(lock, ["numpy", "flye", "torch", "traitlets"]) == (
        Difference("torch", None, "2.9", "server-only"),
    )


def test_a_requirement_that_says_nothing_is_left_to_the_resolver(course: Path) -> None:
    asks = replace(
        course_in(course), declaration=replace(course_in(course).declaration, packages=(Wanted("a b", "x"),))
    )
    assert [one.requirement for one in wanted_in_browser(asks, LOCK, catalogue_of(LOCK))] == ["a b"]
    assert [problem.code for problem in lock_problems(asks, LOCK, [])] == ["lock-behind"]
