"""What whole builds of small courses show: packages, files, counts."""

import hashlib
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from lite_site.pipeline import Result, build_site, check_contents
from lite_site.problems import BuildError
from lite_site.report import SilentReport
from lite_site.settings import make_settings
from tests.small import files_of, is_whole, write_course, write_lesson


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


def described(site: Path) -> dict[str, Any]:
    """`calcul/course.json`, which must follow its schema."""
    schema = json.loads((site / "_passerelle" / "schemas" / "course-json.schema.json").read_bytes())
    found: dict[str, Any] = json.loads((site / "calcul" / "course.json").read_bytes())
    Draft202012Validator(schema).validate(found)
    return found


def test_a_course_lists_its_files_with_their_hashes_and_those_too_heavy(small_contents: Path, site: Path) -> None:
    course = small_contents / "calcul"
    (course / "course.toml").write_text('[budget]\nfile = "1 kB"')
    (course / "données").mkdir()
    (course / "données" / unicodedata.normalize("NFD", "été.fa")).write_bytes(b"A" * 1000)
    (course / "données" / "gros.fa").write_bytes(b"A" * 1001)
    (course / "outils.py").write_text("x = 1\n")
    write_lesson(course / "02-suite.ipynb", "1")
    build(small_contents, site)
    found = described(site)
    assert [file["path"] for file in found["files"]] == ["data/tailles.csv", "données/été.fa", "outils.py"]
    for file in found["files"]:
        data = (site / "calcul" / "files" / file["path"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert found["heavy_files"] == [{"path": "données/gros.fa", "bytes": 1001}]


def test_a_course_names_the_programs_its_cluster_lessons_need(small_contents: Path, site: Path) -> None:
    course = small_contents / "calcul"
    write_lesson(course / "01-debut.ipynb", "import subprocess\nsubprocess.run(command)\n!bedtools sort x.bed")
    (course / "course.toml").write_text(
        'programs = ["samtools"]\n[[lessons]]\npath = "01-debut.ipynb"\nprograms = ["bowtie2", "samtools"]'
    )
    build(small_contents, site)
    assert described(site)["programs"] == ["bedtools", "bowtie2", "samtools"]


def test_programs_of_lessons_in_the_browser_are_nobodys_concern(small_contents: Path, site: Path) -> None:
    course = small_contents / "calcul"
    write_lesson(course / "01-debut.ipynb", "!bedtools sort x.bed")
    (course / "course.toml").write_text('lessons = [{ path = "01-debut.ipynb", placement = "browser" }]')
    build(small_contents, site)
    assert described(site)["programs"] == []


def test_a_site_with_a_hub_names_it_in_pages_that_run_code(small_contents: Path, site: Path) -> None:
    build(small_contents, site)
    plain = files_of(site)
    assert not any("passerelle-hub" in path.read_text() for path in site.rglob("index*.html"))
    assert "hub" not in (site / "_headers").read_text()

    (small_contents / "site.toml").write_text('hub_url = "http://127.0.0.1:8001/jupyter"')
    again = build(small_contents, site)

    assert again.reused == 1
    changed = {path for path, sha256 in files_of(site).items() if plain[path] != sha256}
    assert changed == {
        "_headers", "_passerelle/hosting/Caddyfile", "_passerelle/hosting/nginx.conf", "manifest.json",
        "calcul/lab/index.html", "calcul/notebooks/index.html",
    }  # fmt: skip
    page = (site / "calcul" / "lab" / "index.html").read_text()
    assert '<meta name="passerelle-hub" content="http://127.0.0.1:8001/jupyter/">' in page
    assert "data: blob: http://127.0.0.1:8001 ws://127.0.0.1:8001;" in page
    assert is_whole(site)

    (small_contents / "site.toml").unlink()
    assert [problem.code for problem in build(small_contents, site).warnings] == ["hub-left"]
    assert files_of(site) == plain


def test_every_site_has_the_page_that_ends_a_sign_in(small_contents: Path, site: Path) -> None:
    build(small_contents, site)
    page = (site / "_passerelle" / "signed-in.html").read_text()
    policy = re.search('Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert policy[1].startswith("default-src &#39;none&#39;; script-src &#39;self&#39;; style-src &#39;self&#39;")
    assert "connect-src" not in policy[1]
    assert "unsafe" not in policy[1]


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
    schema = json.loads((built_site / "_passerelle" / "schemas" / "course-json.schema.json").read_bytes())
    Draft202012Validator.check_schema(schema)
    for described in sorted(built_site.glob("*/course.json")):
        Draft202012Validator(schema).validate(json.loads(described.read_bytes()))


def snapshots_of(site: Path) -> set[str]:
    return {path.name for path in (site / "_passerelle").glob("snapshot-*/*")}


def used_by(site: Path, course: str) -> str | None:
    used: str | None = json.loads((site / course / "course.json").read_bytes())["uses"]["snapshot"]
    return used


def test_courses_share_the_snapshot_of_their_kernel(small_contents: Path, site: Path) -> None:
    write_course(small_contents, "graphes", text="import numpy")
    build(small_contents, site)
    assert snapshots_of(site) == {"snapshot.json", "memory.bin", "files.bin"}
    used = used_by(site, "calcul")
    assert used == used_by(site, "graphes")
    assert used is not None
    assert (site / used / "snapshot.json").is_file()


def test_a_course_that_is_carried_keeps_its_snapshot(small_contents: Path, site: Path) -> None:
    write_course(small_contents, "graphes")
    build(small_contents, site)
    (small_contents / "site.toml").write_text("snapshot = false\n")
    build(small_contents, site, "graphes")
    assert used_by(site, "graphes") is None
    assert used_by(site, "calcul")
    assert len(snapshots_of(site)) == 3


def test_a_site_may_do_without_snapshots(small_contents: Path, site: Path) -> None:
    (small_contents / "site.toml").write_text("snapshot = false\n")
    build(small_contents, site)
    assert snapshots_of(site) == set()
    assert used_by(site, "calcul") is None
    page = (site / "calcul" / "notebooks" / "index.html").read_text()
    assert "restore-snapshot" not in page
    assert "pyodide-314.0.3/pyodide.mjs" in page


def test_a_snapshot_that_cant_be_made_leaves_a_site_without(
    small_contents: Path, site: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("lite_site.snapshot.node.find_node", lambda: tmp_path / "no-node")
    monkeypatch.setattr("lite_site.snapshot.make.snapshot_key", lambda *_: "never-made")
    result = build(small_contents, site)
    assert [problem.code for problem in result.warnings] == ["snapshot-unmade"]
    assert used_by(site, "calcul") is None
    assert is_whole(site)
