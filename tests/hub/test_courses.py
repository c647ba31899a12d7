import json
from pathlib import Path

import pytest

from fallback_hub.courses import examine_courses, read_courses, unknown_courses
from fallback_hub.problems import HubError
from fallback_hub.settings import read_settings
from tests.hub.sites import write_course_json, write_site


def test_courses_are_what_the_build_wrote(built_site: Path) -> None:
    courses = read_courses(built_site)
    course = courses["genomique"]
    assert (course.slug, course.language, course.python) == ("genomique", "fr", "3.11")
    assert course.title["fr"] == "Lire un génome avec Python"
    assert course.requirements is not None
    assert course.requirements.is_file()
    assert len(course.lock_sha256) == 64
    assert [profile.name for profile in course.profiles][:1] == ["standard"]
    heavy = next(lesson for lesson in course.lessons if lesson.where == "cluster")
    assert (str(heavy.published), heavy.profile) == ("07-alignement.ipynb", "standard")


def test_files_and_programs_where_the_build_says_them(tmp_path: Path) -> None:
    write_course_json(
        tmp_path / "a",
        files=[{"path": "data/x.csv", "bytes": 3, "sha256": "0" * 64}],
        heavy_files=[{"path": "data/reads.fq", "bytes": 10**9}],
        programs=["bowtie2"],
        something_new=1,
    )
    course = read_courses(tmp_path)["a"]
    assert [(str(file.path), file.size) for file in (*course.files, *course.heavy_files)] == [
        ("data/x.csv", 3),
        ("data/reads.fq", 10**9),
    ]
    assert course.programs == ("bowtie2",)
    assert course.requirements is None


def test_a_course_that_was_built_again_is_read_again(tmp_path: Path) -> None:
    write_site(tmp_path, ["a"])
    assert read_courses(tmp_path)["a"].title["en"] == "Course a"
    write_course_json(tmp_path / "a", title={"en": "Another title"})
    assert read_courses(tmp_path)["a"].title["en"] == "Another title"


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 1},
        {"slug": "b"},
        {"slug": 3},
        {"title": "text"},
        {"profiles": {}},
        {"profiles": [{"name": "x", "cpus": 0, "memory": 1, "gpus": 0, "minutes": 1}]},
        {"profiles": [{"name": "x y", "cpus": 1, "memory": 1, "gpus": 0, "minutes": 1}]},
        {"environment": {"requirements": "../../etc/passwd", "lock_sha256": "0" * 64, "python": "3.11"}},
        {"environment": {"requirements": "/etc/passwd", "lock_sha256": "0" * 64, "python": "3.11"}},
        {"environment": {"requirements": "r.txt", "lock_sha256": "x", "python": "3.11"}},
        {"environment": {"requirements": "r.txt", "lock_sha256": "0" * 64, "python": "3.11; rm -rf /"}},
        {"lessons": [{"slug": "x", "published": "a/../../x.ipynb", "title": {}, "placement": {}}]},
        {"files": [{"path": "..\\x", "bytes": 1, "sha256": "0" * 64}]},
    ],
)
def test_a_broken_course_is_told_and_the_others_stand(tmp_path: Path, changes: dict[str, object]) -> None:
    write_site(tmp_path, ["good"])
    write_course_json(tmp_path / "a", **changes)
    reading = examine_courses(tmp_path)
    assert list(reading.courses) == ["good"]
    assert [(problem.code, problem.place) for problem in reading.problems] == [
        ("hub-course-malformed", str(tmp_path / "a/course.json"))
    ]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b"[" * 200_000])
def test_what_is_no_json_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/course.json").write_bytes(content)
    assert [problem.code for problem in examine_courses(tmp_path).problems] == ["hub-course-malformed"]


def test_no_site_and_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(HubError):
        read_courses(tmp_path / "none")
    assert [problem.code for problem in examine_courses(tmp_path).problems] == ["hub-site-empty"]


def test_a_course_the_site_has_not_got_is_a_warning(tmp_path: Path) -> None:
    text = 'site_url = "http://127.0.0.1:1/"\nurl = "http://127.0.0.1:2/"\n[courses.genomic]\nopen = false\n'
    (tmp_path / "hub.toml").write_text(text)
    settings = read_settings(tmp_path / "hub.toml")
    (problem,) = unknown_courses(settings, read_courses(write_site(tmp_path / "_site")))
    assert (problem.code, problem.severity) == ("hub-unknown-course", "warning")
    assert "genomique" in problem.remedy


def test_the_small_site_is_like_a_built_one(tmp_path: Path, built_site: Path) -> None:
    ours = json.loads((write_site(tmp_path) / "genomique/course.json").read_bytes())
    theirs = json.loads((built_site / "genomique/course.json").read_bytes())
    assert set(ours) <= set(theirs)
    assert set(ours["lessons"][0]) <= set(theirs["lessons"][0])
