import os
from collections.abc import Callable

import pytest

from lite_site.courses.model import Declaration, Wanted
from tests.courses.samples import Contents

from .samples import Folder, texts

PROJECT = '[project]\ndependencies = ["from-pyproject"]\n'
ENVIRONMENT = "dependencies:\n- from-conda\n"


def test_a_course_that_declares_nothing(folder: Folder) -> None:
    folder.file("rna/README.md", "numpy")
    assert folder.declaration() == Declaration()


@pytest.mark.parametrize(
    ("files", "package"),
    [
        (["rna/requirements.txt", "rna/pyproject.toml"], "from-requirements"),
        (["rna/environment.yaml", "rna/requirements.txt"], "from-conda"),
        (["rna/binder/requirements.txt", "rna/environment.yml"], "from-requirements"),
        (["rna/.binder/pyproject.toml", "rna/environment.yml"], "from-pyproject"),
        (["rna/binder/environment.yml", "rna/.binder/requirements.txt"], "from-conda"),
        (["rna/pyproject.toml", "environment.yml"], "from-pyproject"),
        (["environment.yml"], "from-conda"),
        ([".binder/requirements.txt"], "from-requirements"),
    ],
)
def test_one_file_counts(folder: Folder, files: list[str], package: str) -> None:
    for path in files:
        end = path.rpartition(".")[2]
        folder.file(path, {"txt": "from-requirements", "toml": PROJECT}.get(end, ENVIRONMENT))
    declaration = folder.read()[0]
    assert texts(declaration.packages) == [package]
    assert declaration.source == f"contents/{files[0]}"


def test_course_toml_has_the_first_word(folder: Folder) -> None:
    folder.file("rna/requirements.txt", "NumPy\n")
    declaration, problems = folder.read(("numpy>=2", "pandas", "pandas"))
    assert declaration.source == "contents/rna/course.toml"
    assert texts(declaration.packages) == ["numpy>=2", "pandas"]
    assert problems == []


def test_course_toml_may_say_that_nothing_is_needed(folder: Folder) -> None:
    folder.file("requirements.txt", "numpy\n")
    assert folder.read(()) == (Declaration("contents/rna/course.toml"), [])


def test_packages_of_a_file_that_does_not_count_are_named(folder: Folder) -> None:
    folder.file("rna/requirements.txt", "numpy\nscipy\nseaborn\nshapely\ngeopandas\n")
    (problem,) = folder.read(("numpy",))[1]
    assert (problem.place, problem.code) == ("contents/rna/requirements.txt", "declaration-ignored")
    assert problem.severity == "warning"
    assert "“scipy”, “seaborn”, “shapely” and 1 more" in problem.problem
    assert "course.toml" in problem.remedy


def test_what_the_contents_folder_says_of_all_its_courses(folder: Folder) -> None:
    folder.file("binder/requirements.txt", "numpy\n")
    folder.file("binder/apt.txt", "samtools\n")
    folder.file("rna/apt.txt", "bwa\n")
    declaration, problems = folder.read()
    assert [problem.code for problem in problems] == ["declaration-not-read"] * 2
    assert declaration.packages == (Wanted("numpy", "contents/binder/requirements.txt, line 1"),)
    assert texts(declaration.system) == ["bwa", "samtools"]


def test_a_course_with_its_own_declaration_listens_to_no_other(folder: Folder) -> None:
    folder.file("rna/requirements.txt", "numpy\n")
    folder.file("requirements.txt", "broken line here\n")
    folder.file("binder/postBuild", "#!/bin/sh\n")
    folder.file("apt.txt", "samtools\n")
    assert texts(folder.declaration().packages) == ["numpy"]


def test_declarations_are_not_followed_out_of_the_contents(folder: Folder) -> None:
    outside = folder.root.parent / "secret.txt"
    outside.write_text("numpy", "utf-8")
    (folder.course / "requirements.txt").symlink_to(outside)
    assert folder.found() == [("requirements.txt", "declaration-outside", "error")]
    assert folder.packages() == []


@pytest.mark.parametrize("make", [lambda path: path.mkdir(), os.mkfifo])
def test_what_is_no_file_is_passed_over(folder: Folder, make: Callable[[os.PathLike[str]], None]) -> None:
    make(folder.course / "requirements.txt")
    assert folder.declaration() == Declaration()


def test_a_broken_file_does_not_hide_behind_another(folder: Folder) -> None:
    folder.file("rna/environment.yml", "dependencies: [numpy\n")
    folder.file("rna/requirements.txt", "scipy\n")
    assert folder.found() == [("environment.yml, line 2", "declaration-broken", "error")]


def test_courses_carry_what_they_declare(contents: Contents) -> None:
    contents.prose("rna/1.ipynb", "# Un")
    contents.prose("maths/1.ipynb", "# Un")
    contents.file("site.toml", 'title = "Several"')
    contents.file("rna/environment.yml", "dependencies:\n- numpy\n")
    contents.file("binder/requirements.txt", "sympy\n")
    contents.file("binder/postBuild", "#!/bin/sh\n")
    contents.file("data/table.csv", "a,b\n")
    maths, rna = contents.site().courses
    assert (maths.packages, rna.packages) == (("sympy",), ("numpy",))
    place = contents.folder.as_posix()
    assert maths.declaration.source == f"{place}/binder/requirements.txt"
    assert contents.found() == [("binder/postBuild", "declaration-not-run")]


def test_a_folder_that_is_itself_the_course(contents: Contents) -> None:
    contents.prose("1.ipynb", "# Un")
    contents.file("binder/requirements.txt", "sympy\nnumpy pandas\n")
    assert contents.found() == [("binder/requirements.txt, line 2", "declaration-line")]


def test_no_declaration_makes_a_course_of_a_folder(contents: Contents) -> None:
    contents.prose("rna/1.ipynb", "# Un")
    contents.file("notes/requirements.txt", "numpy pandas\n")
    contents.file("empty/course.toml", "")
    contents.file("empty/postBuild", "")
    assert contents.found() == [("empty", "course-no-lesson")]
