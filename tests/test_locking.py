"""`passerelle lock` over real course folders, with stand-ins for the two indexes."""

import json
from pathlib import Path
from typing import NoReturn

import pytest

from lite_site import cli, locking
from lite_site.environment.course_lock import LOCK_NAME, read_course_lock
from lite_site.environment.freeze import Doors
from lite_site.lock_report import as_json, lines_about
from lite_site.locking import Locked, lock_courses
from lite_site.problems import BuildError, Problem
from lite_site.report import SilentReport
from lite_site.settings import make_settings
from tests.environment.samples import FakeIndex, FakeServer
from tests.small import files_of, write_course, write_lesson


class Bench:
    """A contents folder, the indexes it is locked from, and the command."""

    def __init__(self, folder: Path) -> None:
        (folder / "index").mkdir()
        self.contents = folder / "contents"
        self.index = FakeIndex(folder / "index")
        self.server = FakeServer()

    def course(self, name: str, packages: str = "", code: str = "1") -> Path:
        """A course that declares and imports something."""
        folder = write_course(self.contents, name, text=code)
        config = folder / "course.toml"
        config.write_text(f"packages = [{packages}]\n{config.read_text()}")
        return folder

    def lock(self, *only: str, upgrade: bool = False) -> tuple[Locked, ...]:
        """Run it."""
        settings = make_settings(contents=self.contents, only=only)
        return lock_courses(settings, SilentReport(), upgrade=upgrade, doors=Doors(self.index, self.server))


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_a_course_is_locked_and_then_there_is_nothing_to_change(bench: Bench) -> None:
    folder = bench.course("rna", '"pandas", "torch"', "import pandas, scipy, torch")
    (made,) = bench.lock()
    lock = read_course_lock(folder)
    assert lock == made.lock
    assert lock is not None
    assert (lock.declared, lock.imported) == (("pandas", "torch"), ("scipy",))
    assert {package.name for package in lock.server} == {"pandas", "torch", "scipy", "ipykernel"}
    assert (made.is_new, made.is_changed) == (True, True)
    before = files_of(bench.contents)
    asked = len(bench.server.runs)
    (again,) = bench.lock()
    assert (again.is_new, again.is_changed, again.changes) == (False, False, ())
    assert (files_of(bench.contents), len(bench.server.runs)) == (before, asked), "nothing is looked up"
    assert [one.package for one in again.differences] == ["torch"]


def test_upgrade_shows_what_changes(bench: Bench) -> None:
    bench.index.add("flye", "2.0")
    bench.server.newest = {"torch": "2.0"}
    bench.course("rna", '"flye", "torch"')
    bench.lock()
    bench.index.add("flye", "3.0")
    bench.server.newest = {"torch": "3.0"}
    assert bench.lock()[0].changes == ()
    (made,) = bench.lock(upgrade=True)
    assert list(lines_about(made, rich=False))[:5] == [
        f"{made.folder}: environment.lock changed: 1 package for the browser, 3 for the server (Python 3.11).",
        "",
        "Package  Browser    Server",
        "flye     2.0 → 3.0  2.0 → 3.0",
        "torch    –          2.0 → 3.0",
    ]
    assert as_json(made)["changes"] == [
        {"package": "flye", "browser": {"old": "2.0", "new": "3.0"}, "server": {"old": "2.0", "new": "3.0"}},
        {"package": "torch", "browser": {"old": None, "new": None}, "server": {"old": "2.0", "new": "3.0"}},
    ]


def test_a_first_lock_shows_what_was_asked_for_and_counts_the_rest(bench: Bench) -> None:
    bench.course("rna", '"pandas"')
    lines = list(lines_about(bench.lock()[0], rich=False))
    assert lines[2:4] == ["Package  Browser  Server", "pandas   3.0.2    3.0.2"]
    assert lines[4].endswith("more that these need.")


def test_a_terminal_gets_the_same_drawn(bench: Bench) -> None:
    bench.course("rna", '"pandas", "torch"')
    text = "\n".join(lines_about(bench.lock()[0], rich=True))
    assert "pandas" in text
    assert "─" in text
    assert "The two sides differ:" in text


def test_a_course_without_packages_has_no_lock(bench: Bench) -> None:
    folder = bench.course("calcul")
    (made,) = bench.lock()
    assert made.lock is None
    assert not (folder / LOCK_NAME).exists()
    assert list(lines_about(made, rich=False)) == [f"{folder}: nothing to lock, no package is declared or imported."]
    assert bench.server.runs == []


def test_an_import_nobody_declares_is_told_not_guessed(bench: Bench) -> None:
    bench.index.add("tabulatee", "1.0")
    bench.course("rna", '"pandas"', "import pandas, tabulatee")
    (made,) = bench.lock()
    assert [problem.code for problem in made.remarks] == ["import-undeclared"]
    assert "imports tabulatee" in made.remarks[0].problem
    assert bench.index.runs == []


def test_problems_of_all_courses_come_at_once_and_nothing_is_written(bench: Bench) -> None:
    bench.course("a", '"pandas"')
    for name in ("b", "c"):
        (bench.course(name, '"numpy"') / LOCK_NAME).write_text("[[browser")
    before = files_of(bench.contents)
    with pytest.raises(BuildError) as caught:
        bench.lock()
    assert [problem.code for problem in caught.value.problems] == ["lock-unreadable", "lock-unreadable"]
    assert files_of(bench.contents) == before


@pytest.mark.parametrize("side", ["browser", "server"])
def test_an_index_out_of_reach_changes_nothing(bench: Bench, side: str) -> None:
    folder = bench.course("rna", '"pandas"')
    bench.lock()
    before = files_of(bench.contents)
    config = folder / "course.toml"
    config.write_text(config.read_text().replace('"pandas"', '"pandas", "flye"'))
    bench.index.add("flye", "2.0")
    changed = files_of(bench.contents)
    if side == "browser":
        bench.index.unreachable = True
    else:
        bench.server.refuses = (
            Problem("the server's packages", "didn't answer.", "Try later.", "runtime-unreachable"),
        )
    with pytest.raises(BuildError) as caught:
        bench.lock()
    assert [problem.code for problem in caught.value.problems] == ["runtime-unreachable"]
    assert files_of(bench.contents) == changed
    assert changed["rna/environment.lock"] == before["rna/environment.lock"]


def test_a_lock_for_another_pyodide_is_only_made_anew_on_request(bench: Bench) -> None:
    folder = bench.course("rna", '"pandas"')
    bench.lock()
    path = folder / LOCK_NAME
    path.write_text(path.read_text().replace('pyodide = "314.0.3"', 'pyodide = "313.0.1"'))
    with pytest.raises(BuildError, match=r"made for Pyodide 313\.0\.1"):
        bench.lock()
    (made,) = bench.lock(upgrade=True)
    assert made.is_changed
    assert made.lock is not None
    assert made.lock.pyodide == "314.0.3"


def test_only_the_courses_named_are_locked(bench: Bench) -> None:
    bench.course("a", '"pandas"')
    other = bench.course("b", '"pandas"')
    assert [made.folder.name for made in bench.lock("a")] == ["a"]
    assert not (other / LOCK_NAME).exists()


def test_the_command_speaks_to_people_and_to_programs(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(locking, "index_doors", lambda _: Doors(bench.index, bench.server))
    folder = bench.course("rna", '"pandas", "torch"', "import flyee")
    assert cli.main(["lock", "--contents", str(bench.contents)]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"{folder}: environment.lock made: ")
    assert "imports flyee" in said.err
    assert cli.main(["lock", "--json", "--upgrade", "--contents", str(bench.contents), "rna"]) == 0
    (course,) = json.loads(capsys.readouterr().out)["courses"]
    assert course["changed"] is False
    assert [one["meaning"] for one in course["differences"]] == ["server-only"]
    assert {problem["code"] for problem in course["problems"]} == {"package-server-only", "import-undeclared"}
    write_lesson(folder / "02-suite.ipynb", "import seaborn")
    assert cli.main(["lock", "--contents", str(bench.contents)]) == 0
    assert "seaborn" in capsys.readouterr().out


def test_stopped_in_the_middle_leaves_what_was(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    folder = bench.course("rna", '"pandas"')
    monkeypatch.setattr(locking, "index_doors", lambda _: Doors(bench.index, stop))
    before = files_of(folder)
    assert cli.main(["lock", "--contents", str(bench.contents)]) == 130
    assert files_of(folder) == before
