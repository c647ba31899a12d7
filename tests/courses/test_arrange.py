import pytest

from .samples import Contents

KEPT = ["data/requirements.csv", "data/runtime.txt", "data/start", "licence.txt", "plots.py", "start.csv"]


@pytest.mark.parametrize(
    "path",
    [
        "_config.yml",
        "_toc.yml",
        "apt.txt",
        "binder/data.csv",
        "binder/environment.yml",
        "binder/postBuild",
        ".binder/requirements.txt",
        "Dockerfile",
        "environment.yml",
        "install.R",
        "nested/requirements.txt",
        "Pipfile",
        "Pipfile.lock",
        "poetry.lock",
        "postBuild",
        "Project.toml",
        "requirements-dev.txt",
        "runtime.txt",
        "setup.py",
        "start",
    ],
)
def test_what_a_course_is_made_with_is_not_for_pupils(contents: Contents, path: str) -> None:
    contents.prose("a/1.ipynb", "# Un")
    contents.file(f"a/{path}", "")
    for kept in KEPT:
        contents.file(f"a/{kept}", "x")
    (course,) = contents.site().courses
    assert sorted(str(file.path) for file in course.files) == KEPT


def test_a_glob_names_it_all_the_same(contents: Contents) -> None:
    contents.prose("a/1.ipynb", "# Un")
    contents.file("a/runtime.txt", "python-3.12")
    contents.file("a/course.toml", 'data = ["runtime.txt"]\n')
    (course,) = contents.site().courses
    assert [str(file.path) for file in course.files] == ["runtime.txt"]
