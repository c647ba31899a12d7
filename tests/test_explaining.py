"""`passerelle explain`: the verdicts of a notebook, a folder, a course, all courses; what can't be judged is said."""

import os
from pathlib import Path

import pytest

from lite_site.cli import main
from lite_site.environment.lock_text import CourseLock, write_lock
from lite_site.explaining import explain
from lite_site.problems import BuildError

from .small import write_course, write_lesson


def verdicts(path: Path) -> dict[str, str]:
    explained, _ = explain(path)
    return {Path(one.place).name: one.lesson.placement.where for one in explained}


def codes(path: Path) -> list[str]:
    return [problem.code for problem in explain(path)[1]]


def test_a_notebook_its_folder_its_course_and_all_courses_say_the_same(tmp_path: Path) -> None:
    course = write_course(tmp_path, "calcul")
    (course / "suite").mkdir()
    write_lesson(course / "suite" / "02.ipynb", "import torch")
    assert verdicts(tmp_path) == verdicts(course) == {"01-debut.ipynb": "browser", "02.ipynb": "cluster"}
    assert verdicts(course / "suite") == verdicts(course / "suite" / "02.ipynb") == {"02.ipynb": "cluster"}


def test_the_course_is_found_from_within_one_of_its_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course = write_course(tmp_path, "calcul")
    (course / "suite").mkdir()
    write_lesson(course / "suite" / "02.ipynb", "print(1)")
    settings = '[[lessons]]\npath = "suite/02.ipynb"\nplacement = "cluster"\n'
    with (course / "course.toml").open("a") as file:
        file.write(settings)
    monkeypatch.chdir(course / "suite")
    for named in ("02.ipynb", ".", "../suite/02.ipynb", "../../calcul"):
        assert verdicts(Path(named)) == {"02.ipynb": "cluster"}
    assert [one.place for one in explain(Path("02.ipynb"))[0]] == ["02.ipynb"]


def test_a_notebook_that_cannot_be_read_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "01.ipynb").write_text('{"cells": ')
    write_lesson(tmp_path / "02.ipynb", "print(1)")
    monkeypatch.chdir(tmp_path)
    for named in (Path("01.ipynb"), tmp_path / "01.ipynb"):
        assert (verdicts(named), codes(named)) == ({}, ["notebook-not-json"])
    assert (verdicts(Path("02.ipynb")), codes(Path("02.ipynb"))) == ({"02.ipynb": "browser"}, [])
    assert (verdicts(Path()), codes(Path())) == ({"02.ipynb": "browser"}, ["notebook-not-json"])


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("course.toml", 'title = "T"\nlessons = 3\n', "config-wrong-type"),
        ("environment.yml", "dependencies: [numpy\n", "declaration-broken"),
    ],
)
def test_what_verdicts_rest_on_is_said_where_it_is_wrong(tmp_path: Path, name: str, text: str, code: str) -> None:
    course = write_course(tmp_path, "calcul")
    (course / name).write_text(text)
    for path in (course, course / "01-debut.ipynb"):
        assert code in codes(path)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("environment.lock", write_lock(CourseLock(pyodide="1.2.3", python="3.11")), "lock-other-pyodide"),
        ("environment.lock", "<<<<<<< HEAD\n", "lock-unreadable"),
        ("proofs.toml", "lesson = 3\n", "proofs-unreadable"),
    ],
)
def test_without_a_lock_or_proofs_that_can_be_read_there_is_no_verdict(
    tmp_path: Path, name: str, text: str, code: str
) -> None:
    course = write_course(tmp_path, "calcul")
    (course / name).write_text(text)
    assert (verdicts(course), codes(course)) == ({}, [code])


def test_where_there_is_no_notebook_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Read me.")
    for path, said in ((tmp_path, "no notebook in it"), (tmp_path / "notes.txt", "isn't a notebook")):
        with pytest.raises(BuildError, match=said):
            explain(path)
    with pytest.raises(BuildError, match="no such file"):
        explain(tmp_path / "gone")


def test_what_a_notebook_says_reaches_the_terminal_tame(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_lesson(tmp_path / "01.ipynb", 'open("\\ud800.csv")\n!samtools \x1b]0;mine\x07 view\n')
    assert main(["explain", os.fspath(tmp_path / "01.ipynb")]) == 0
    said = capsys.readouterr().out
    assert "samtools" in said
    assert not {"\x1b", "\x07"} & set(said)
    said.encode()
