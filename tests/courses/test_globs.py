from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.courses.globs import matches


@pytest.mark.parametrize(
    ("glob", "path", "yes"),
    [
        ("data/*", "data/a.csv", True),
        ("data/*", "data/deep/a.csv", True),
        ("data/*.csv", "data/deep/a.csv", False),
        ("data", "data/deep/a.csv", True),
        ("data/", "data/a.csv", True),
        ("./data", "data/a.csv", True),
        ("data", "database/a.csv", False),
        ("**/*.png", "a.png", True),
        ("**/*.png", "x/y/a.png", True),
        ("images/**", "images/x/a.png", True),
        ("*.csv", "x/a.csv", False),
        ("a?.csv", "ab.csv", True),
        ("a[bc].csv", "ac.csv", True),
        ("a[!bc].csv", "ac.csv", False),
        ("a.csv", "abcsv", False),
        ("donne\u0301es/*", "données/a.csv", True),
    ],
)
def test_what_a_glob_names(glob: str, path: str, yes: bool) -> None:
    assert matches(PurePosixPath(path), glob) is yes


@given(st.text(st.sampled_from("ab*?[]!^-/\\.(+$|"), max_size=12))
def test_any_glob_is_survived(glob: str) -> None:
    matches(PurePosixPath("a/b"), glob)
