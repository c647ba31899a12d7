"""The browser's side of a lock: what is locked stays, then the tables, then the index; the rest is the server's."""

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lite_site.environment.catalogue import catalogue, kernel_names
from lite_site.environment.choose import BrowserSide, choose_wheels
from lite_site.environment.requirements import Wish, parse_wish
from lite_site.environment.wheels import WheelEntry, wheel_of, write_entries
from lite_site.problems import BuildError

from .samples import FakeIndex

TABLES = catalogue().by_name
KERNEL = kernel_names(TABLES)


def wishes(*texts: str) -> list[tuple[Wish, str]]:
    found = [parse_wish(text, "course.toml") for text in texts]
    return [(wish, "course.toml") for wish in found if isinstance(wish, Wish)]


def choose(
    index: FakeIndex,
    *texts: str,
    imported: Sequence[str] = (),
    earlier: Sequence[WheelEntry] = (),
    keep: bool = True,
) -> BrowserSide:
    return choose_wheels(wishes(*texts), imported, earlier, keep=keep, run=index)


def versions(side: BrowserSide) -> dict[str, str]:
    return {entry["name"]: entry["version"] for entry in side.entries}


def test_what_the_tables_know_is_taken_with_all_it_needs_and_nothing_is_asked(index: FakeIndex) -> None:
    side = choose(index, "pandas>=2", "networkx", imported=["scipy"])
    assert versions(side).items() >= {"pandas": "3.0.2", "numpy": "2.4.3", "scipy": "1.18.0"}.items()
    assert {"python-dateutil", "networkx"} <= versions(side).keys()
    assert not versions(side).keys() & KERNEL
    assert index.runs == []
    assert {entry.get("source") for entry in side.entries if entry["name"] == "numpy"} == {"pyodide"}


def test_what_no_table_knows_is_found_with_what_it_needs(index: FakeIndex) -> None:
    path = index.add("flye", "2.0", "minimap>=1", "numpy", 'winonly; sys_platform == "win32"', modules=["flye", "fly2"])
    index.add("minimap", "1.5")
    index.add("minimap", "0.5")
    side = choose(index, "flye")
    entry = next(entry for entry in side.entries if entry["name"] == "flye")
    assert entry["depends"] == ["minimap", "numpy"]
    assert entry["imports"] == ["fly2", "flye"]
    assert entry["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert entry["licence"] == "MIT"
    assert versions(side) == {"flye": "2.0", "minimap": "1.5", "numpy": "2.4.3"}
    assert index.runs == [["flye"], ["minimap>=1"]], "what the tables know is not looked up"


def test_what_is_locked_stays_though_there_is_newer(index: FakeIndex) -> None:
    index.add("flye", "2.0")
    first = choose(index, "flye")
    index.add("flye", "3.0")
    index.add("spades", "1.0")
    assert versions(choose(index, "flye", "spades", earlier=first.entries)) == {"flye": "2.0", "spades": "1.0"}
    assert index.runs[-1] == ["spades"], "what is locked is not looked up"
    assert versions(choose(index, "flye", earlier=first.entries, keep=False)) == {"flye": "3.0"}


def test_what_is_locked_gives_way_to_a_new_need(index: FakeIndex) -> None:
    index.add("minimap", "1.0")
    first = choose(index, "minimap")
    index.add("minimap", "2.0")
    index.add("flye", "2.0", "minimap>=2")
    assert versions(choose(index, "minimap", "flye", earlier=first.entries)) == {"flye": "2.0", "minimap": "2.0"}
    assert versions(choose(index, "minimap>=2", earlier=first.entries)) == {"minimap": "2.0"}


def test_a_pure_package_of_the_tables_may_be_had_in_another_version(index: FakeIndex) -> None:
    index.add("networkx", "3.3")
    side = choose(index, "networkx==3.3")
    assert versions(side) == {"networkx": "3.3"}
    assert versions(choose(index, "networkx", earlier=side.entries)) == {"networkx": "3.3"}


def test_what_a_browser_cannot_have_is_the_servers(index: FakeIndex) -> None:
    index.add("flye", "2.0", "compiled>=1")
    index.add("old", "1.0", "numpy<2")
    side = choose(index, "flye", "compiled", "scipy<1", "old", "ipython<9", "pandas")
    assert side.refused.keys() == {"compiled", "flye", "ipython", "old", "scipy"}
    assert {problem.severity for problem in side.refused.values()} == {"warning"}
    assert "no browser can load compiled" in side.refused["flye"].problem
    assert "the browser has scipy 1.18.0" in side.refused["scipy"].problem
    assert '"numpy<2" is asked for' in side.refused["old"].problem
    assert {"pandas", "numpy"} <= versions(side).keys()
    assert not versions(side).keys() & side.refused.keys()


def test_what_is_not_for_browsers_or_comes_with_python_is_not_looked_up(index: FakeIndex) -> None:
    side = choose(index, 'pysam; sys_platform != "emscripten"', "sqlite3")
    assert (side.entries, side.refused, index.runs) == ((), {}, [])


def test_what_is_written_by_hand_is_kept_for_found_and_known_packages(index: FakeIndex) -> None:
    index.add("flye", "2.0", "heavy")
    index.add("heavy", "1.0")
    index.add("extra", "1.0")
    first = choose(index, "flye", "seaborn")
    hand = {"flye": WheelEntry(without=["heavy"]), "seaborn": WheelEntry(also=["extra"])}
    kept = (entry for entry in first.entries if entry["name"] != "heavy")
    earlier = [entry | hand.get(entry["name"], WheelEntry()) for entry in kept]
    for keep in (True, False):
        side = choose(index, "flye", "seaborn", earlier=earlier, keep=keep)
        assert "heavy" not in versions(side)
        assert versions(side)["extra"] == "1.0"
        assert next(entry for entry in side.entries if entry["name"] == "flye")["without"] == ["heavy"]


def test_an_index_that_does_not_answer_ends_it(index: FakeIndex) -> None:
    index.unreachable = True
    with pytest.raises(BuildError) as caught:
        choose(index, "flye", "spades")
    (problem,) = caught.value.problems
    assert problem.code == "runtime-unreachable"


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.sets(st.sampled_from(sorted(TABLES.keys() - {"pydoc-data"})), max_size=6))
def test_every_choice_is_closed_and_the_same_again(index: FakeIndex, names: set[str]) -> None:
    side = choose(index, *sorted(names))
    held = {*versions(side), *KERNEL}
    assert names - side.refused.keys() <= held
    assert all(set(wheel_of(entry).depends) <= held for entry in side.entries)
    again = choose(index, *sorted(names, reverse=True), earlier=side.entries)
    assert write_entries(again.entries) == write_entries(side.entries)
