"""Where the paths written in a lesson lead."""

import unicodedata
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.notebooks.facts import Fact
from lite_site.placement.paths import left_by
from lite_site.placement.place import place
from lite_site.placement.rules.memory import times
from tests.placement.samples import a_lesson, codes, surroundings, the_reason

FILES = {"data/table.csv": 900, "notes.txt": 20, "week1/here.csv": 5, "données/mesures été.csv": 7}
TEMPORARY = "/tmp"  # noqa: S108 - the place lessons write to
AROUND = surroundings(FILES)


def verdict(*facts: Fact, path: str = "lesson.ipynb") -> list[str]:
    return codes(place(a_lesson(*facts, path=path), AROUND))


@pytest.mark.parametrize(
    "written",
    [
        "data/table.csv", "./data/table.csv", "data", "data/", ".", "", "week1/../notes.txt", "données/mesures été.csv",
        unicodedata.normalize("NFD", "données/mesures été.csv"), "*.csv", "nothing/*.csv", f"{TEMPORARY}/x",
        "/dev/null", "/", "file://notes.txt", " notes.txt",
    ],
)  # fmt: skip
def test_these_are_there(written: str) -> None:
    assert verdict(Fact(1, "reads", written, "open")) == ["fits"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("table.csv", "file-missing"),
        ("../x.csv", "file-outside"),
        ("data/../../x.csv", "file-outside"),
        ("..", "file-outside"),
        ("../*.csv", "file-outside"),
        ("..x.csv", "file-missing"),
        (f"{TEMPORARY}/../shared/x", "file-absolute"),
        (f"{TEMPORARY}x", "file-absolute"),
        ("~prof/x", "file-absolute"),
        ("\\\\serveur\\partage\\x.csv", "file-absolute"),
        ("/shared/*.fastq", "file-absolute"),
    ],
)
def test_these_are_not(written: str, code: str) -> None:
    assert verdict(Fact(1, "reads", written, "open")) == [code]


def test_paths_start_in_the_lessons_folder() -> None:
    here, above = Fact(1, "reads", "here.csv", "open"), Fact(1, "reads", "../data/table.csv", "open")
    assert verdict(here, above, path="week1/a.ipynb") == ["fits"]
    assert verdict(here, path="week2/a.ipynb") == ["file-missing"]


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("Data/Table.CSV", "data/table.csv"),
        ("data\\table.csv", "data/table.csv"),
        ("table.csv", "data/table.csv"),
        ("donnees/Mesures Été.csv", "données/mesures été.csv"),
    ],
)
def test_the_right_spelling_is_named(written: str, near: str) -> None:
    reason = the_reason(place(a_lesson(Fact(1, "reads", written, "open")), AROUND), "file-missing")
    assert reason.change is not None
    assert f"“{near}”" in reason.change.in_language("en")


@pytest.mark.parametrize(
    "before",
    [
        Fact(2, "writes", "out.csv", "DataFrame.to_csv"),
        Fact(2, "writes", "./out.csv", "open"),
        Fact(3, "writes", "out.csv", "open"),
        Fact(2, "writes", "**", "extractall"),
        Fact(2, "program", "unzip archive.zip", "!"),
        Fact(2, "address", "https://a.org/out.csv", "!wget"),
    ],
)
def test_what_the_lesson_makes_isnt_missing(before: Fact) -> None:
    read = Fact(3, "reads", "out.csv", "pandas.read_csv")
    assert "file-missing" not in verdict(before, read)
    assert "file-missing" in verdict(Fact(4, before.kind, before.subject, before.manner), read)


def test_numpy_adds_the_ending_it_reads() -> None:
    assert verdict(Fact(1, "writes", "grid", "numpy.save"), Fact(2, "reads", "grid.npy", "numpy.load")) == ["fits"]


def test_an_empty_folder_holds_nothing() -> None:
    assert "file-missing" in verdict(Fact(1, "writes", "out", "os.makedirs"), Fact(2, "reads", "out/x.csv", "open"))
    assert verdict(Fact(1, "writes", "out", "os.makedirs"), Fact(2, "reads", "out", "os.listdir")) == ["fits"]


def test_a_command_that_only_shows_makes_no_file() -> None:
    assert "file-missing" in verdict(Fact(1, "program", "tree", "!"), Fact(2, "reads", "x.csv", "open"))


@pytest.mark.parametrize("written", [f"{TEMPORARY}/x.csv", "/x.csv", "~/x.csv", "out.csv", "out/x.csv"])
def test_these_can_be_written(written: str) -> None:
    assert verdict(Fact(1, "writes", written, "open")) == ["fits"]


def test_an_absolute_folder_has_to_be_made_first() -> None:
    write = Fact(2, "writes", "/results/x.csv", "open")
    assert verdict(write) == ["file-absolute"]
    assert verdict(Fact(1, "writes", "/results", "os.makedirs"), write) == ["fits"]


def test_what_another_lesson_leaves_is_there() -> None:
    writer = a_lesson(Fact(1, "writes", "clean.csv", "open"), Fact(1, "writes", "/x", "open"), path="week1/one.ipynb")
    left = left_by([writer])
    assert left == {PurePosixPath("week1/clean.csv"): PurePosixPath("week1/one.ipynb")}
    around = surroundings(left={str(path): str(lesson) for path, lesson in left.items()})
    read = Fact(1, "reads", "clean.csv", "open")
    assert place(a_lesson(read, path="week1/two.ipynb"), around).where == "browser"
    assert place(a_lesson(read, path="week1/one.ipynb"), around).where == "cluster"


def test_memory_is_what_the_data_take_once_read() -> None:
    around = surroundings({"big.csv": 45_000_000, "big.xlsx": 45_000_000, "reads.fastq": 45_000_000})
    table = Fact(1, "reads", "big.csv", "pandas.read_csv")
    sheet = Fact(2, "reads", "big.xlsx", "pandas.read_excel")
    lines = Fact(3, "reads", "reads.fastq", "open")
    assert "memory" not in codes(place(a_lesson(lines), around))
    assert the_reason(place(a_lesson(sheet), around), "memory").argues is None
    assert "memory" not in codes(place(a_lesson(table), around))
    arrays = [Fact(cell, "memory", "400000000", "numpy.ones") for cell in (4, 5)]
    placement = place(a_lesson(table, sheet, lines, *arrays), around)
    assert the_reason(placement, "memory").argues == "cluster"
    assert the_reason(placement, "memory").subject == "big.xlsx"


def test_the_larger_the_packing_the_larger_the_data() -> None:
    assert (
        times("x.csv.gz", "pandas.read_csv") > times("x.xlsx", "pandas.read_excel") > times("x.csv", "pandas.read_csv")
    )
    assert times("x.csv", "os.listdir") == 0
    assert times("x.csv.gz", "gzip.open") == 1


@given(st.text(max_size=60), st.sampled_from(("reads", "writes")), st.sampled_from(("lesson.ipynb", "a/b/c.ipynb")))
def test_any_text_leads_somewhere(written: str, kind: str, path: str) -> None:
    fact = Fact(1, "reads" if kind == "reads" else "writes", written, "open")
    assert place(a_lesson(fact, path=path), AROUND).reasons
