from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.courses.schema import COURSE
from lite_site.courses.tomlfile import read_toml
from lite_site.problems import Problem


def read(tmp_path: Path, content: str | bytes) -> tuple[dict[str, object], list[Problem]]:
    path = tmp_path / "course.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    file, problems = read_toml(path, "course.toml", COURSE)
    return file.data, problems


@pytest.mark.parametrize(
    ("content", "place", "code", "remedy"),
    [
        ('title = "A"\nlicence = CC-BY', "course.toml, line 2", "toml-broken", "quotes"),
        ('\n\ntilte = "A"', "course.toml, line 3", "config-unknown-key", "`title`"),
        ("nothing_like_it = 1", "course.toml, line 1", "config-unknown-key", "`authors`"),
        ("title = 3", "course.toml, line 1", "config-wrong-type", "text in quotes"),
        ("title = {}", "course.toml, line 1", "config-empty", "Fill it in"),
        ('language = "de"', "course.toml, line 1", "config-unknown-value", '"fr" or "en"'),
        ("minutes = 0", "course.toml, line 1", "config-out-of-range", "from 1 to 600"),
        ("minutes = nan", "course.toml, line 1", "config-wrong-type", "whole number"),
        ("minutes = true", "course.toml, line 1", "config-wrong-type", "whole number"),
        ("# é\n[budget]\nfile = '50'", "course.toml, line 3", "config-malformed", '"50 MB"'),
        (
            "[[lessons]]\npath='a'\n[[lessons]]\npath='b'\nminutes=-1",
            "course.toml, line 5",
            "config-out-of-range",
            "600",
        ),
        ("[[lessons]]\nminutes = 3", "course.toml, line 1", "config-missing-key", "`path`"),
        ("lessons = ['/etc/passwd']", "course.toml, line 1", "path-leads-out", "within the course"),
        ("data = [\n '../other/x.csv']", "course.toml, line 1", "path-leads-out", "within the course"),
        ("interfaces = ['voila']", "course.toml, line 1", "config-unknown-value", '"lab"'),
        (b"title = '\xff'", "course.toml", "toml-broken", "UTF-8"),
        ("x = " + "[" * 5000, "course.toml", "toml-broken", "simpler"),
        ("x = " + "9" * 5000, "course.toml", "toml-broken", "simpler"),
        (b" " * 2_000_000, "course.toml", "file-unreadable", ""),
    ],
)
def test_each_fault_has_place_code_and_remedy(
    tmp_path: Path, content: str | bytes, place: str, code: str, remedy: str
) -> None:
    _, (problem,) = read(tmp_path, content)
    assert (problem.place, problem.code) == (place, code)
    assert remedy in problem.remedy


def test_a_byte_order_mark_and_crlf_are_fine(tmp_path: Path) -> None:
    assert read(tmp_path, b'\xef\xbb\xbftitle = "A"\r\n') == ({"title": "A"}, [])


def test_no_file_is_an_empty_one(tmp_path: Path) -> None:
    file, problems = read_toml(tmp_path / "none.toml", "none.toml", COURSE)
    assert (file.data, problems) == ({}, [])


def test_faulty_values_are_left_out_and_the_others_stay(tmp_path: Path) -> None:
    data, problems = read(
        tmp_path, 'title = 3\nlicence = "MIT"\n[[lessons]]\npath = "a.ipynb"\nminutes = "long"\n[budget]\nfile = 1\n'
    )
    assert len(problems) == 3
    assert data == {"licence": "MIT", "lessons": [{"path": "a.ipynb"}], "budget": {}}


def test_a_faulty_item_takes_its_list_along(tmp_path: Path) -> None:
    data, problems = read(tmp_path, 'data = ["a", 3]\nlessons = ["a.ipynb", {title = "B"}]\n')
    assert len(problems) == 2
    assert data == {}


@given(st.binary(max_size=80) | st.text(st.sampled_from("ab[]{}=\"'.\n#, 1-T:"), max_size=60))
def test_any_file_is_survived(tmp_path_factory: pytest.TempPathFactory, content: str | bytes) -> None:
    read(tmp_path_factory.mktemp("toml"), content)


@given(st.dictionaries(st.text(min_size=1, max_size=8), st.integers(), min_size=1, max_size=4))
def test_every_unknown_key_is_named(data: dict[str, int]) -> None:
    unknown = {key: value for key, value in data.items() if key not in COURSE.keys}
    faults = list(COURSE.faults(unknown, ()))
    assert [fault.path for fault in faults] == [(key,) for key in unknown]
