import json
import os
from pathlib import Path

import pytest

from lite_site.notebooks.cache import InspectionCache
from lite_site.notebooks.read import Limits

from .samples import markdown, notebook, write

SECOND = 1_000_000_000
CHANGED = 1_700_000_000 * SECOND


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    return touch(write(tmp_path / "a.ipynb", notebook(markdown("# One"))))


def touch(path: Path, at: int = CHANGED) -> Path:
    os.utime(path, ns=(at, at))
    return path


def recorded(path: Path, age: int) -> object:
    cache = InspectionCache(clock=lambda: CHANGED + age)
    cache.inspect(path, "a")
    return json.loads(json.dumps(cache.as_dict()))


def test_an_unchanged_notebook_is_not_opened(lesson: Path) -> None:
    cache = InspectionCache(recorded(lesson, 10 * SECOND))
    lesson.write_bytes(b"x" * lesson.stat().st_size)  # same size and time: only opening it would tell
    touch(lesson)
    assert cache.inspect(lesson, "a").title == "One"
    assert cache.opened == []


def test_a_record_of_the_moment_of_change_is_not_trusted(lesson: Path) -> None:
    record = recorded(lesson, SECOND)
    write(lesson, notebook(markdown("# Two")))
    cache = InspectionCache(record)
    assert cache.inspect(touch(lesson), "a").title == "Two"
    assert cache.opened == [lesson]


def test_a_change_of_time_size_place_or_limits_is_seen(lesson: Path) -> None:
    record = recorded(lesson, 10 * SECOND)
    assert InspectionCache(record).inspect(lesson, "b", Limits()) == InspectionCache().inspect(lesson, "b")
    limited = InspectionCache(record).inspect(lesson, "a", Limits(notebook_bytes=10))
    assert [problem.code for problem in limited.problems] == ["notebook-over-budget"]
    touch(lesson, CHANGED + 1)
    cache = InspectionCache(record)
    cache.inspect(lesson, "a")
    assert cache.opened == [lesson]


@pytest.mark.parametrize("record", [None, 3, {}, {"format": -1}, {"format": 1, "notebooks": []}])
def test_a_record_of_another_kind_is_left_aside(lesson: Path, record: object) -> None:
    assert InspectionCache(record).inspect(lesson, "a").title == "One"


@pytest.mark.parametrize(
    "damage",
    [
        {"size": "many"},
        {"title": 3},
        {"problems": [1]},
        {"references": None},
        {"facts": [[1, "wish"]]},
        {"placement": 3},
    ],
)
def test_a_damaged_entry_is_left_aside(lesson: Path, damage: dict[str, object]) -> None:
    record = json.loads(json.dumps(recorded(lesson, 10 * SECOND)))
    record["notebooks"][str(lesson)]["inspection"].update(damage)
    assert InspectionCache(record).inspect(lesson, "a").title == "One"


def test_a_notebook_that_could_not_be_read_is_tried_again(lesson: Path) -> None:
    lesson.write_bytes(b"")
    record = recorded(touch(lesson), 10 * SECOND)
    cache = InspectionCache(record)
    cache.inspect(lesson, "a")
    assert cache.opened == [lesson]


def test_notebooks_not_met_again_are_forgotten(lesson: Path) -> None:
    cache = InspectionCache(recorded(lesson, 10 * SECOND))
    assert cache.as_dict()["notebooks"] == {}


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    (problem,) = InspectionCache().inspect(tmp_path / "gone.ipynb", "gone.ipynb").problems
    assert (problem.place, problem.code) == ("gone.ipynb", "file-unreadable")
