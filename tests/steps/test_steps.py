"""What whole builds of small courses show: packages, files, counts."""

import json
from pathlib import Path

import pytest

from lite_site.pipeline import Result, build_site, check_contents
from lite_site.problems import BuildError
from lite_site.report import SilentReport
from lite_site.settings import make_settings
from tests.small import write_course, write_lesson


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "_site"


def build(contents: Path, site: Path, *only: str) -> Result:
    return build_site(make_settings(contents=contents, output=site, only=only), SilentReport())


def codes(contents: Path, site: Path) -> list[tuple[str, str]]:
    with pytest.raises(BuildError) as raised:
        build(contents, site)
    return [(Path(problem.place).name, problem.code) for problem in raised.value.problems]


def locked(site: Path, course: str) -> set[str]:
    return set(json.loads((site / course / "pyodide-lock.json").read_bytes())["packages"])


def test_packages_follow_from_imports_and_from_the_courses_modules(small_contents: Path, site: Path) -> None:
    course = small_contents / "calcul"
    write_lesson(course / "01-debut.ipynb", "import tools")
    (course / "tools.py").write_text("import numpy")
    build(small_contents, site)
    assert "numpy" in locked(site, "calcul")


def test_a_module_elsewhere_in_the_course_hides_no_package(small_contents: Path, site: Path) -> None:
    course = small_contents / "calcul"
    write_lesson(course / "01-debut.ipynb", "import pandas")
    (course / "sub").mkdir()
    (course / "sub" / "pandas.py").write_text("")
    build(small_contents, site)
    assert "pandas" in locked(site, "calcul")


def test_a_lesson_that_goes_to_the_cluster_unasked_is_told_with_the_first_reason(small_contents: Path) -> None:
    write_lesson(small_contents / "calcul" / "01-debut.ipynb", "import torch, json")
    (told,) = check_contents(make_settings(contents=small_contents))
    assert (told.code, told.severity) == ("lesson-on-cluster", "warning")
    assert told.place.endswith("01-debut.ipynb, cell 2")
    assert told.problem.startswith("It goes to the cluster. ")
    assert "torch" in told.problem


def test_where_the_teacher_has_spoken_only_a_contradiction_is_told(small_contents: Path, site: Path) -> None:
    course = small_contents / "calcul"
    write_lesson(course / "01-debut.ipynb", "import torch")
    lesson = 'lessons = [{{ path = "01-debut.ipynb", placement = "{}" }}]'
    (course / "course.toml").write_text(lesson.format("cluster"))
    assert check_contents(make_settings(contents=small_contents)) == ()
    (course / "course.toml").write_text(lesson.format("browser"))
    result = build(small_contents, site)
    (told,) = result.warnings
    assert result.on_cluster == 0
    assert told.code == "placement-contradicted"
    assert "torch" in told.problem


def test_a_published_lesson_carries_its_verdict(small_contents: Path, site: Path) -> None:
    build(small_contents, site)
    (described,) = json.loads((site / "calcul" / "course.json").read_bytes())["lessons"]
    published = json.loads((site / "calcul" / "files" / "01-debut.ipynb").read_bytes())
    assert published["metadata"]["passerelle"]["verdict"] == described["placement"]
    assert described["placement"]["where"] == "browser"


def test_a_file_over_the_budget_stays_behind_and_sends_its_readers_to_the_cluster(
    small_contents: Path, site: Path
) -> None:
    course = small_contents / "calcul"
    (course / "course.toml").write_text('[budget]\nfile = "1 kB"')
    (course / "reads.fa").write_text("A" * 1001)
    write_lesson(course / "01-debut.ipynb", "open('reads.fa').read()")
    result = build(small_contents, site)
    assert {problem.code for problem in result.warnings} == {"file-over-budget", "lesson-on-cluster"}
    assert not (site / "calcul" / "files" / "reads.fa").exists()
    (described,) = json.loads((site / "calcul" / "course.json").read_bytes())["lessons"]
    assert [reason["code"] for reason in described["placement"]["reasons"]] == ["file-heavy"]


def test_folder_and_packages_are_told_at_once(small_contents: Path, site: Path) -> None:
    course = small_contents / "calcul"
    (course / "course.toml").write_text('packages = ["nosuchpkgzz"]')
    write_lesson(course / "01-debut.ipynb", "1", prose="![vue](absente.png)")
    assert codes(small_contents, site) == [
        ("01-debut.ipynb, cell 1", "image-missing"),
        ("course.toml, line 1", "package-not-in-browser"),
    ]
    assert not site.exists()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("page.html", '<script src="https://cdn.example/x.js"></script>'),
        ("plan.svg", '<svg xmlns="http://www.w3.org/2000/svg"><image href="//img.example/a.png"/></svg>'),
        ("style.css", "@import 'https://fonts.example/a.css';"),
    ],
)
def test_a_courses_own_page_may_not_load_from_elsewhere(small_contents: Path, site: Path, name: str, text: str) -> None:
    (small_contents / "calcul" / name).write_text(text)
    assert codes(small_contents, site) == [(name, "file-off-site")]


def test_a_lesson_in_another_language_is_placed_with_its_reason(small_contents: Path, site: Path) -> None:
    lesson = small_contents / "calcul" / "01-debut.ipynb"
    notebook = json.loads(lesson.read_bytes())
    notebook["metadata"]["kernelspec"] = {"name": "ir", "display_name": "R", "language": "R"}
    lesson.write_text(json.dumps(notebook))
    result = build(small_contents, site)
    (described,) = json.loads((site / "calcul" / "course.json").read_bytes())["lessons"]
    assert "1 lesson (1 on the cluster)" in result.summary
    assert described["placement"]["where"] == "cluster"
    (reason,) = described["placement"]["reasons"]
    assert reason["code"] == "kernel-language"
    assert "R" in reason["text"]["en"]


def test_kept_courses_count(small_contents: Path, site: Path) -> None:
    write_course(small_contents, "autre")
    build(small_contents, site)
    again = build(small_contents, site, "autre")
    assert (again.courses, again.reused, again.lessons) == (2, 2, 2)


def test_the_bill_of_materials_names_what_the_shell_carries(small_contents: Path, site: Path) -> None:
    build(small_contents, site)
    listed = json.loads((site / "sbom.cdx.json").read_bytes())["components"]
    names = {component["name"].lower() for component in listed}
    assert names >= {"jupyterlab-language-pack-fr-fr", "ipycytoscape", "jupyterlite-core", "pyodide"}
    assert all(component.get("licenses") for component in listed if component["name"] in {"ipython", "pyodide"})


def test_the_reading_of_the_site_by_programs_follows_its_schema(built_site: Path) -> None:
    from jsonschema import Draft202012Validator

    schema = json.loads((built_site / "_passerelle" / "schemas" / "course-json.schema.json").read_bytes())
    Draft202012Validator.check_schema(schema)
    for described in sorted(built_site.glob("*/course.json")):
        Draft202012Validator(schema).validate(json.loads(described.read_bytes()))
