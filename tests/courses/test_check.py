import os
import shutil
import tempfile
import time
from pathlib import Path

import pytest

from lite_site.courses.read import read_site
from tests.notebooks.samples import markdown, write

from .samples import Contents

MARKED = "# %%\nx = 1\n"


@pytest.fixture
def course(contents: Contents) -> Contents:
    """A contents folder with one sound course, `a`, that has one lesson, `a/a.ipynb`."""
    contents.prose("a/a.ipynb", "# A")
    return contents


def test_a_sound_course_has_no_problem(course: Contents) -> None:
    assert course.found() == []


@pytest.mark.parametrize(("kind", "code"), [("nothing", "contents-missing"), ("file", "contents-not-folder")])
def test_contents_that_are_no_folder(tmp_path: Path, kind: str, code: str) -> None:
    path = tmp_path / "contents"
    if kind == "file":
        path.touch()
    (problem,) = read_site(path)[1]
    assert (problem.place, problem.code) == (path.as_posix(), code)


def test_no_course_at_all(contents: Contents) -> None:
    contents.file("notes.txt")
    assert contents.found() == [(contents.folder.as_posix(), "site-no-course")]


def test_a_notebook_beside_the_courses(contents: Contents) -> None:
    contents.prose("stray.ipynb", "# Stray")
    contents.prose("rna/a.ipynb", "# A")
    assert contents.found() == [("stray.ipynb", "notebook-stray")]


def test_a_course_without_lessons(contents: Contents) -> None:
    contents.file("rna/course.toml", "title = 'A'")
    contents.file("rna/logo.png")
    assert contents.found() == [("rna", "course-no-lesson")]


def test_a_folder_that_never_said_it_was_a_course(contents: Contents) -> None:
    contents.file("images/logo.png")
    contents.prose("rna/a.ipynb", "# A")
    assert contents.found() == []


def test_course_names(contents: Contents) -> None:
    for name in ("fr", "Assets", "_passerelle", "génome", "Genome", "Γ"):
        contents.prose(f"{name}/a.ipynb", "# A")
    assert contents.found() == [
        ("Assets", "course-reserved"),
        ("fr", "course-reserved"),
        ("génome", "course-slug-twice"),
        ("Γ", "course-name"),
    ]
    assert any("contents/Genome" in problem.problem for problem in contents.problems())


def test_a_folder_named_with_an_underscore_is_no_course(contents: Contents) -> None:
    contents.prose("_site/rna/a.ipynb", "# A")
    assert [problem.code for problem in contents.problems()] == ["site-no-course"]


@pytest.mark.parametrize(
    ("toml", "line", "code"),
    [
        ("title = 'A", 1, "toml-broken"),
        ("\ntilte = 'A'", 2, "config-unknown-key"),
        ("lessons = ['a.ipynb']\nminutes = 601", 2, "config-out-of-range"),
        ("lessons = ['/a.ipynb']", 1, "path-leads-out"),
        ("data = ['../b/*']", 1, "path-leads-out"),
        ("\nlessons = ['a.ipynb', 'b.ipynb']", 2, "lesson-absent"),
        ("[[lessons]]\npath = 'a.ipynb'\n[[lessons]]\npath = 'a.ipynb'", 4, "lesson-twice"),
        ("title = 'A'\ndata = ['images/*']", 2, "data-glob-empty"),
        ("\n\nlicence = 'free'", 3, "licence-not-spdx"),
        ("packages = ['numpy', 'not a name']", 1, "package-malformed"),
        ("programs = ['samtools', 'rm -rf /']", 1, "config-malformed"),
        ("[[lessons]]\npath = 'a.ipynb'\nreason = 'Heavy.'", 3, "reason-alone"),
        ("[[lessons]]\npath = 'a.ipynb'\nprograms = ['../x']", 3, "config-malformed"),
        ("packages = ['numpy @ file:///x.whl']", 1, "package-malformed"),
    ],
)
def test_each_line_of_course_toml(course: Contents, toml: str, line: int, code: str) -> None:
    course.file("a/course.toml", toml)
    assert course.found() == [(f"a/course.toml, line {line}", code)]


def test_site_toml_is_checked_too(course: Contents) -> None:
    course.file("site.toml", "titel = 'x'")
    assert course.found() == [("site.toml, line 1", "config-unknown-key")]


@pytest.mark.parametrize(
    ("toml", "code"),
    [
        ('hub_url = "hub.example"', "hub-address"),
        ('hub_url = "https://ada:secret@hub.example/"', "hub-address"),
        ('hub_url = "http://hub.example/"', "hub-plain-http"),
        ('hub_url = ""', "config-empty"),
        ("hub_url = 3", "config-wrong-type"),
    ],
)
def test_the_hub_of_site_toml(course: Contents, toml: str, code: str) -> None:
    course.file("site.toml", f'title = "Courses"\n{toml}\n')
    assert course.found() == [("site.toml, line 2", code)]


def test_a_reason_beside_a_placement_is_read(course: Contents) -> None:
    course.file("a/course.toml", "[[lessons]]\npath = 'a.ipynb'\nplacement = 'cluster'\nreason = 'Heavy.'")
    course.lesson("b/b.ipynb", markdown("# B"), passerelle={"placement": "cluster"})
    course.file("b/course.toml", "[[lessons]]\npath = 'b.ipynb'\nreason = 'Heavy.'")
    assert course.found() == []


def test_a_listed_file_that_is_no_notebook(course: Contents) -> None:
    course.file("a/plots.py", "x = 1\n")
    course.file("a/course.toml", 'lessons = ["a.ipynb", "plots.py"]')
    assert course.found() == [("a/course.toml, line 1", "lesson-not-notebook")]


def test_a_near_name_is_offered_for_an_absent_lesson(course: Contents) -> None:
    course.file("a/course.toml", 'lessons = ["A.ipynb"]')
    assert [problem.remedy for problem in course.problems() if problem.code == "lesson-absent"] == [
        "Did you mean “a.ipynb”?"
    ]


def test_a_notebook_that_is_not_listed(course: Contents) -> None:
    course.prose("a/b.ipynb", "# B")
    course.prose("a/a.en.ipynb", "# A", language="en")
    course.file("a/course.toml", 'language = "fr"\nlessons = ["a.ipynb"]')
    assert course.found() == [("a/b.ipynb", "notebook-unlisted")]


def test_two_lessons_with_one_slug(course: Contents) -> None:
    course.prose("a/été.ipynb", "# A")
    course.prose("a/Ete.ipynb", "# A")
    (problem,) = course.problems()
    assert problem.code == "lesson-slug-twice"
    assert problem.place.endswith("a/été.ipynb")
    assert "contents/a/Ete.ipynb" in problem.problem


def test_two_sources_published_at_one_path(course: Contents) -> None:
    course.file("a/a.py", MARKED)
    assert course.found() == [("a/a.py", "lesson-published-twice")]


def test_a_twin_in_its_originals_language(course: Contents) -> None:
    course.prose("a/a.fr.ipynb", "# A")
    course.file("a/course.toml", 'language = "fr"')
    assert course.found() == [("a/a.fr.ipynb", "twin-same-language")]


def test_files_over_their_budgets(course: Contents) -> None:
    course.file("a/course.toml", '[budget]\nfile = "1 kB"\nnotebook = "200 kB"')
    course.file("a/reads.fa", b"A" * 1001)
    course.file("a/fine.fa", b"A" * 1000)
    course.lesson("a/b.ipynb", markdown("x" * 200_001))
    assert course.found() == [("a/b.ipynb", "notebook-over-budget"), ("a/reads.fa", "file-over-budget")]


def test_two_hundred_megabytes_and_ten_thousand_cells_are_answered_at_once(course: Contents) -> None:
    with (course.folder / "a" / "heavy.ipynb").open("wb") as file:
        file.truncate(200_000_000)
    course.lesson("a/long.ipynb", *(markdown("x") for _ in range(10_000)))
    started = time.perf_counter()
    assert course.found() == [("a/heavy.ipynb", "notebook-over-budget"), ("a/long.ipynb", "notebook-too-many-cells")]
    assert time.perf_counter() - started < 3


def test_what_is_no_notebook_is_named_and_the_rest_still_read(course: Contents) -> None:
    course.file("a/b.ipynb", '{\n"cells": oops')
    course.file("a/c.ipynb", "")
    write(course.folder / "a/d.ipynb", {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": []})
    course.lesson("a/e.ipynb", kernelspec={"name": "k", "language": "klingon"})
    course.lesson("a/f.ipynb", kernelspec={})
    assert course.found() == [
        ("a/b.ipynb, line 2", "notebook-not-json"),
        ("a/c.ipynb", "notebook-empty"),
        ("a/d.ipynb", "notebook-no-cells"),
        ("a/e.ipynb", "notebook-unknown-language"),
        ("a/f.ipynb", "notebook-no-kernelspec"),
    ]
    severities = {problem.code: problem.severity for problem in course.problems()}
    assert severities["notebook-no-kernelspec"] == "warning"
    assert severities["notebook-unknown-language"] == "error"


def test_names_other_computers_cannot_hold(course: Contents) -> None:
    course.file("a/nul/x.csv")
    course.file("a/data./x.csv")
    course.file("a/data./y.csv")
    course.prose("a/why?.ipynb", "# A")
    course.prose("a/TP #1.ipynb", "# A")
    course.file("a/100%.csv")
    assert course.found() == [
        ("a/100%.csv", "name-unportable"),
        ("a/TP #1.ipynb", "name-unportable"),
        ("a/data.", "name-unportable"),
        ("a/nul", "name-unportable"),
        ("a/why?.ipynb", "name-unportable"),
    ]


def test_names_that_differ_by_case(course: Contents) -> None:
    course.file("a/Data/x.csv")
    course.file("a/data/y.csv")
    course.file("a/data/Y.csv")
    course.file("a/data/other.csv")
    assert course.found() == [("a/data", "name-differs-by-case"), ("a/data/y.csv", "name-differs-by-case")]


def test_a_link_out_of_the_course(course: Contents) -> None:
    (course.folder / "a" / "passwd").symlink_to("/etc/passwd")
    assert course.found() == [("a/passwd", "symlink-leads-out")]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="root alone can become somebody else")
def test_files_one_may_not_read() -> None:
    folder = Path(tempfile.mkdtemp())
    try:
        folder.chmod(0o755)
        contents = Contents(folder)
        contents.prose("a/a.ipynb", "# A")
        contents.prose("a/b.ipynb", "# B").chmod(0)
        contents.file("a/c.csv").chmod(0)
        contents.file("a/d.md").chmod(0)
        contents.file("a/deep/e.csv").parent.chmod(0)
        os.seteuid(65534)
        try:
            found = contents.found()
        finally:
            os.seteuid(0)
    finally:
        shutil.rmtree(folder)
    assert {place for place, _ in found} == {"a/b.ipynb", "a/c.csv", "a/d.md", "a/deep"}
    assert {code for _, code in found} == {"file-unreadable"}


def test_everything_is_told_at_once(course: Contents) -> None:
    course.file("a/course.toml", 'tilte = "x"\nminutes = 0\nlicence = "free"\ndata = ["none/*"]\n')
    course.file("b/a.ipynb", "")
    course.prose("a/b.ipynb", "![x](x.png) [y](../y.csv)")
    assert {code for _, code in course.found()} == {
        "config-unknown-key", "config-out-of-range", "licence-not-spdx", "data-glob-empty", "notebook-empty",
        "image-missing", "link-leads-out",
    }  # fmt: skip
