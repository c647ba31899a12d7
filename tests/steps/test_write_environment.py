"""The server's environment on the site: files to install from, and what course.json says of them."""

import json
from dataclasses import replace
from pathlib import Path

from jsonschema import Draft202012Validator

import lite_site.steps
from lite_site.courses.model import Site
from lite_site.environment.lock_text import CourseLock
from lite_site.environment.wheels import entry_of
from lite_site.language import Text
from lite_site.notebooks.cache import InspectionCache
from lite_site.report import SilentReport
from lite_site.settings import make_settings
from lite_site.site.hashes import Hashes
from lite_site.site.memory import Memory
from lite_site.site.tree import Tree
from lite_site.steps.build import Build
from lite_site.steps.write_environment import environment_as_json, write_environment
from tests.environment.samples import course_in, server_package, wheel

LOCK = CourseLock(
    declared=("numpy", "torch"),
    pyodide="314.0.3",
    python="3.11",
    browser=(entry_of(wheel("numpy", "2.4.3")),),
    server=(server_package("numpy", "2.5.0"), server_package("torch", "2.9.0", "flye")),
    sha256="ab" * 32,
)


def make_build(folder: Path) -> Build:
    """A build of two courses, of which the first is locked."""
    settings = make_settings(contents=folder / "contents", output=folder / "_site")
    tree = Tree(folder / "new", folder / "_site", {})
    build = Build(settings, SilentReport(), tree, Memory(""), InspectionCache(None), Hashes(None))
    courses = (course_in(folder / "rna", *LOCK.declared), course_in(folder / "free", "numpy"))
    build.site = Site(Text({}), Text({}), "en", courses)
    build.environments = {"rna": LOCK}
    return build


def test_a_locked_course_has_both_files_and_an_unlocked_one_none(tmp_path: Path) -> None:
    build = make_build(tmp_path)
    write_environment(build)
    assert build.tree.files.keys() == {"rna/environment/environment.yml", "rna/environment/requirements.txt"}
    requirements = build.tree.read("rna/environment/requirements.txt").decode()
    assert f"torch==2.9.0 \\\n    --hash=sha256:{LOCK.server[1].sha256[0]}" in requirements
    assert "- torch==2.9.0" in build.tree.read("rna/environment/environment.yml").decode()


def test_a_course_taken_over_whole_is_left_alone(tmp_path: Path) -> None:
    build = make_build(tmp_path)
    build.reused.add("rna")
    write_environment(build)
    assert not build.tree.files


def test_a_lock_without_a_server_side_writes_nothing(tmp_path: Path) -> None:
    build = make_build(tmp_path)
    build.environments = {"rna": replace(LOCK, server=())}
    write_environment(build)
    assert not build.tree.files
    assert environment_as_json(build.courses[0], build.environments["rna"]) is None
    assert environment_as_json(build.courses[0], None) is None


def test_what_course_json_says_follows_its_schema(tmp_path: Path) -> None:
    described = environment_as_json(course_in(tmp_path, *LOCK.declared), LOCK)
    assert described is not None
    assert (described["lock_sha256"], described["python"]) == ("ab" * 32, "3.11")
    schema = json.loads(Path(str(lite_site.steps.__file__)).with_name("course-json.schema.json").read_bytes())
    Draft202012Validator({"$ref": "#/$defs/environment", "$defs": schema["$defs"]}).validate(described)
    told = json.dumps(described["differences"])
    assert [one["meaning"] for one in json.loads(told)] == ["version", "server-only"]
    assert all({"fr", "en"} == one["text"].keys() for one in json.loads(told))
