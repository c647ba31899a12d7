import json
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from lite_site.courses.schema import COURSE, SCHEMA_FILE, course_schema

SHIPPED = Path(__file__).parents[2] / "contents"
SCHEMA = Draft202012Validator(course_schema())

words = st.sampled_from(
    ["", "x", "fr", "en", "de", "lab", "repl", "cluster", "browser", "a.ipynb", "/etc/x", "../x", "a/../b", "C:\\x",
     "50 MB", "1.5GB", "50", "a..b", "~/x", "é à.md", "numpy>=2"]
)  # fmt: skip
scalars = words | st.integers(-5, 700) | st.floats() | st.booleans() | st.dates() | st.text(max_size=3)
keys = st.sampled_from(
    ["title", "description", "language", "authors", "licence", "lessons", "minutes", "packages", "data", "interfaces",
     "budget", "profiles", "profile", "cpus", "gpu", "path", "placement", "programs", "reason", "file",
     "notebook", "fr", "en", "tilte"]
)  # fmt: skip
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3), max_leaves=6
)
texts = words | st.dictionaries(st.sampled_from(["fr", "en", "de"]), words, max_size=2)
lessons = words | st.fixed_dictionaries(
    {},
    optional={
        "path": words, "title": texts, "minutes": scalars, "placement": words, "reason": texts, "language": words,
    },
)  # fmt: skip
plausible = st.fixed_dictionaries(
    {},
    optional={
        "title": texts, "language": words, "authors": st.lists(words, max_size=2), "licence": words,
        "lessons": st.lists(lessons, max_size=2), "minutes": scalars, "data": st.lists(words, max_size=2),
        "interfaces": st.lists(words, max_size=2),
        "profiles": st.dictionaries(words | keys, st.dictionaries(keys, scalars, max_size=2), max_size=2),
        "budget": st.dictionaries(st.sampled_from(["file", "notebook", "fiel"]), words, max_size=2),
    },
)  # fmt: skip


@given(st.dictionaries(keys, values, max_size=4) | plausible)
def test_the_schema_and_the_reader_refuse_the_same(config: dict[str, object]) -> None:
    assert SCHEMA.is_valid(config) == (not list(COURSE.faults(config, ())))


def test_the_schema_is_sound_and_the_file_holds_it() -> None:
    Draft202012Validator.check_schema(course_schema())
    text = (files("lite_site.courses") / SCHEMA_FILE).read_text("utf-8")
    assert text == json.dumps(course_schema(), indent=2, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*/course.toml")), ids=lambda path: path.parent.name)
def test_shipped_courses_are_valid(path: Path) -> None:
    SCHEMA.validate(tomllib.loads(path.read_text("utf-8")))
