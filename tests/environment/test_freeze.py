"""A lock is made of both sides at once, changes as little as it can, and is the same each time."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lite_site.courses.model import Declaration
from lite_site.environment.changes import Versions, changes_between
from lite_site.environment.freeze import SERVER_PYTHON, Asked, Doors, freeze
from lite_site.environment.lock_text import CourseLock, read_lock, write_lock
from lite_site.environment.wheels import entry_of
from lite_site.problems import BuildError, Problem
from lite_site.runtime.distribution import VERSION

from .samples import FakeIndex, FakeServer, server_package, wanted, wheel


def asked(*packages: str, imported: tuple[str, ...] = (), python: str | None = None) -> Asked:
    return Asked(Declaration("course.toml", wanted(*packages), python=python), dict.fromkeys(imported, "01.ipynb"))


def versions(lock: CourseLock) -> dict[str, str]:
    return {package.name: package.version for package in lock.server}


def test_both_sides_have_the_same_versions_and_what_lessons_import(index: FakeIndex) -> None:
    server = FakeServer()
    lock, remarks = freeze(asked("pandas", "pysam", imported=("numpy",)), None, Doors(index, server), upgrade=False)
    browser = {wheel.name: wheel.version for wheel in lock.wheels}
    assert versions(lock) == {name: browser[name] for name in ("numpy", "pandas", "pysam")} | {"ipykernel": "1.0"}
    assert server.runs == [("pandas", "pysam", "numpy")]
    assert (lock.declared, lock.imported) == (("pandas", "pysam"), ("numpy",))
    assert (lock.pyodide, lock.python) == (VERSION, SERVER_PYTHON)
    assert remarks == []


def test_the_same_declaration_gives_the_same_bytes(index: FakeIndex) -> None:
    index.add("flye", "2.0")
    doors = Doors(index, FakeServer())
    one, _ = freeze(asked("flye", "pandas", imported=("scipy", "numpy")), None, doors, upgrade=False)
    other, _ = freeze(asked("pandas", "flye", "pandas", imported=("numpy", "scipy")), one, doors, upgrade=True)
    assert write_lock(other) == write_lock(one)
    assert asked("pandas", "flye", imported=("numpy", "scipy")).is_answered_by(read_lock(write_lock(one)))


def test_a_change_of_the_declaration_changes_no_more(index: FakeIndex) -> None:
    index.add("flye", "2.0")
    first, _ = freeze(asked("flye", "torch"), None, Doors(index, FakeServer(torch="2.0")), upgrade=False)
    index.add("flye", "3.0")
    doors = Doors(index, FakeServer(torch="3.0"))
    second, _ = freeze(asked("flye", "torch", "dask-jobqueue"), first, doors, upgrade=False)
    assert [change.package for change in changes_between(first, second)] == ["dask-jobqueue"]
    newest, _ = freeze(asked("flye", "torch"), first, doors, upgrade=True)
    changes = {change.package: change for change in changes_between(first, newest)}
    assert changes.keys() == {"flye", "torch"}
    assert changes["flye"].browser == Versions("2.0", "3.0")
    assert changes["torch"].server == Versions("2.0", "3.0")
    assert changes["torch"].browser == Versions(None, None)


def test_hashes_published_since_do_not_change_a_lock(index: FakeIndex) -> None:
    doors = Doors(index, FakeServer(torch="2.0"))
    first, _ = freeze(asked("torch"), None, doors, upgrade=False)
    older = replace(first, server=tuple(replace(one, sha256=("00" * 32,)) for one in first.server))
    assert freeze(asked("torch"), older, doors, upgrade=False)[0] == older
    assert changes_between(older, first)[0].server == Versions("1.0", "1.0 (other files)")


def test_what_the_browser_cannot_have_is_a_remark(index: FakeIndex) -> None:
    lock, remarks = freeze(asked("torch", "scipy<1.18"), None, Doors(index, FakeServer()), upgrade=False)
    assert [problem.code for problem in remarks] == ["package-server-only", "package-server-only"]
    assert lock.browser == ()
    assert versions(lock).keys() == {"torch", "scipy", "ipykernel"}


def test_what_only_conda_has_is_a_remark(index: FakeIndex) -> None:
    conda = wanted("samtools==1.19", "bioconda::bedtools", "r-base", "r-ggplot2", place="environment.yml, line 3")
    declared = Declaration("environment.yml", wanted("numpy"), conda=conda)
    lock, (remark,) = freeze(Asked(declared, {}), None, Doors(index, FakeServer()), upgrade=False)
    assert remark.place == "environment.yml, line 3"
    assert remark.problem.startswith("Only Conda has samtools==1.19, bioconda::bedtools, r-base and 1 more")
    assert lock.conda == ("bioconda::bedtools", "r-base", "r-ggplot2", "samtools==1.19")


def test_what_nobody_has_ends_it(index: FakeIndex) -> None:
    server = FakeServer()
    server.refuses = (Problem("course.toml", "No package is called numpyy.", "Did you mean numpy?", "package-absent"),)
    with pytest.raises(BuildError, match="No package is called numpyy"):
        freeze(asked("numpyy"), None, Doors(index, server), upgrade=False)


def test_a_broken_requirement_is_said_before_anything_is_asked(index: FakeIndex) -> None:
    server = FakeServer()
    with pytest.raises(BuildError, match="is not a package requirement"):
        freeze(asked("fl ye", "flye"), None, Doors(index, server), upgrade=False)
    assert (index.runs, server.runs) == ([], [])


def test_the_servers_python_is_the_declared_one_else_stays(index: FakeIndex) -> None:
    doors = Doors(index, FakeServer())
    first, _ = freeze(asked("numpy", python="3.12"), None, doors, upgrade=False)
    assert first.python == "3.12"
    assert freeze(asked("numpy"), first, doors, upgrade=False)[0].python == "3.12"
    assert freeze(asked("numpy"), first, doors, upgrade=True)[0].python == SERVER_PYTHON


def test_a_lock_answers_what_it_was_made_for_and_nothing_else(index: FakeIndex) -> None:
    lock, _ = freeze(asked("numpy"), None, Doors(index, FakeServer()), upgrade=False)
    assert asked("numpy").is_answered_by(lock)
    for other in (asked("numpy", "scipy"), asked("numpy>=2"), asked("numpy", imported=("scipy",)), asked()):
        assert not other.is_answered_by(lock)
    assert not asked("numpy", python="3.13").is_answered_by(lock)
    assert not asked("numpy").is_answered_by(replace(lock, pyodide="1"))
    assert not asked("numpy").is_answered_by(replace(lock, server=()))
    assert not asked("numpy").is_answered_by(replace(lock, browser=(entry_of(wheel("flye", depends=["gone"])),)))


def test_a_lock_of_format_1_is_taken_over(index: FakeIndex) -> None:
    index.add("flye", "9.0")
    old = CourseLock(browser=(entry_of(wheel("flye", "2.0")),))
    lock, _ = freeze(asked("flye"), old, Doors(index, FakeServer()), upgrade=False)
    assert lock.browser == old.browser
    assert versions(lock)["flye"] == "2.0"
    assert not asked("flye").is_answered_by(old)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.permutations(["pandas", "torch>=2", "networkx", "seaborn", "flye", "scipy<1"]), st.integers(0, 6))
def test_whatever_order_the_declaration_has(index: FakeIndex, packages: list[str], count: int) -> None:
    index.add("flye", "2.0", "numpy")
    doors = Doors(index, FakeServer())
    chosen = packages[:count]
    one, _ = freeze(asked(*chosen), None, doors, upgrade=False)
    other, _ = freeze(asked(*sorted(chosen)), one, doors, upgrade=False)
    assert write_lock(one) == write_lock(other)
    assert read_lock(write_lock(one)) == one


def test_a_package_that_comes_and_one_that_goes() -> None:
    before = CourseLock(browser=(entry_of(wheel("flye")),), server=(server_package("flye"),))
    after = CourseLock(server=(server_package("spades"),))
    changes = {change.package: change for change in changes_between(before, after)}
    assert changes["flye"].browser == changes["flye"].server == Versions("1.0", None)
    assert changes["spades"].server == Versions(None, "1.0")
    assert changes_between(before, before) == ()
