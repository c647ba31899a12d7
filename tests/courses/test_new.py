import contextlib
import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lite_site.courses.new import new_course
from lite_site.courses.read import read_site
from lite_site.language import LANGUAGES, Language, Text
from lite_site.problems import BuildError


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_course_is_sound(tmp_path: Path, language: Language) -> None:
    contents = tmp_path / "contents"
    folder = new_course(contents, "Ma génétique", language)
    assert folder == contents / "ma-genetique"
    site, problems = read_site(contents)
    assert problems == []
    (course,) = site.courses
    assert course.title == Text({language: "Ma génétique"})
    assert course.language == language
    assert [lesson.language for lesson in course.lessons] == [language, language]
    assert {file.path.parts[0] for file in course.files} == {"data", "images"}
    assert [path.name for path in contents.iterdir()] == ["ma-genetique"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_lessons_print_what_they_show(tmp_path: Path, language: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = new_course(tmp_path, "x", language)
    monkeypatch.chdir(folder)
    for path in sorted(folder.glob("*.ipynb")):
        names: dict[str, object] = {}
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                printed = io.StringIO()
                with contextlib.redirect_stdout(printed):
                    exec("".join(cell["source"]), names)  # noqa: S102 (our own template)
                assert printed.getvalue() == "".join(line for output in cell["outputs"] for line in output["text"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
@given(st.text(max_size=12) | st.text(st.sampled_from("a\"\\$.\n'/ é{}"), max_size=8))
def test_any_name_makes_a_course_or_a_problem(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    contents = tmp_path_factory.mktemp("contents")
    try:
        folder = new_course(contents, name, "en")
    except BuildError:
        assert list(contents.iterdir()) == []
        return
    assert folder.parent == contents
    site, problems = read_site(contents)
    assert problems == []
    assert site.courses[0].title == Text({"en": name})


@pytest.mark.parametrize(
    "name", ["", "..", "../x", "a/b", "a\\b", ".hidden", "x\n", "fr", "Index", "NUL", "Γ", "x" * 101]
)
def test_unsafe_names_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BuildError) as caught:
        new_course(tmp_path, name, "fr")
    assert [problem.code for problem in caught.value.problems] == ["course-name"]
    assert list(tmp_path.iterdir()) == []


def test_a_course_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "Génome").mkdir()
    with pytest.raises(BuildError) as caught:
        new_course(tmp_path, "genome", "fr")
    (problem,) = caught.value.problems
    assert (problem.place, problem.code) == ((tmp_path / "Génome").as_posix(), "course-exists")
    assert list((tmp_path / "Génome").iterdir()) == []


def test_contents_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "contents").touch()
    with pytest.raises(BuildError) as caught:
        new_course(tmp_path / "contents", "x", "fr")
    assert [problem.code for problem in caught.value.problems] == ["contents-not-folder"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a place nobody can write to")
def test_a_folder_one_cannot_write_to() -> None:
    with pytest.raises(BuildError) as caught:
        new_course(Path("/proc/self"), f"course {os.getpid()}", "fr")
    assert [problem.code for problem in caught.value.problems] == ["contents-unwritable"]
