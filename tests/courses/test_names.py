import random
import re
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.courses.names import (
    RESERVED_LESSONS,
    language_suffix,
    lesson_slug,
    natural_key,
    path_key,
    readable,
    slug_of,
    twin_slug,
    unportable,
)

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
file_names = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1).filter(
    lambda name: name not in {".", ".."}
)


@given(st.text())
def test_slugs_are_url_safe_and_idempotent(text: str) -> None:
    slug = slug_of(text)
    assert not slug or SLUG.fullmatch(slug)
    assert slug_of(slug) == slug


@given(st.lists(file_names, min_size=1, max_size=4))
def test_every_lesson_has_a_slug_of_its_kind(parts: list[str]) -> None:
    slug = lesson_slug(PurePosixPath(*parts))
    assert SLUG.fullmatch(slug)
    assert slug not in RESERVED_LESSONS


@given(file_names, file_names)
def test_no_lesson_can_take_a_twins_slug(one: str, other: str) -> None:
    assert twin_slug(lesson_slug(PurePosixPath(one)), "en") != lesson_slug(PurePosixPath(other))


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("01-Variables.ipynb", "01-variables"),
        ("pour aller plus loin/étude de cas.ipynb", "pour-aller-plus-loin-etude-de-cas"),
        ("Œuvre & cœur.md", "oeuvre-coeur"),
        ("x.v2.ipynb", "x-v2"),
        ("Straße.py", "strasse"),
        ("index.ipynb", "lesson-index"),
        ("γενετική.ipynb", "lesson-47002131"),
    ],
)
def test_lesson_slugs(path: str, slug: str) -> None:
    assert lesson_slug(PurePosixPath(path)) == slug


@given(st.lists(file_names), st.randoms())
def test_natural_order_is_a_total_order(names: list[str], chance: random.Random) -> None:
    ordered = sorted(names, key=natural_key)
    chance.shuffle(names)
    assert sorted(names, key=natural_key) == ordered


@given(st.integers(0, 10**6), st.integers(0, 10**6), file_names)
def test_numbers_are_ordered_by_value(one: int, other: int, name: str) -> None:
    if one < other and not name[0].isdigit():
        assert natural_key(f"lesson {one}{name}") < natural_key(f"lesson {other}{name}")


def test_files_come_before_folders_and_2_before_10() -> None:
    paths = ["a/1.ipynb", "10.ipynb", "2.ipynb", "a/b/1.ipynb", "B.ipynb", "a2/1.ipynb", "a10/1.ipynb"]
    ordered = sorted(map(PurePosixPath, paths), key=path_key)
    assert list(map(str, ordered)) == [
        "2.ipynb", "10.ipynb", "B.ipynb", "a/1.ipynb", "a/b/1.ipynb", "a2/1.ipynb", "a10/1.ipynb",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "base", "language"),
    [
        ("x.en.ipynb", "x", "en"),
        ("a/x.FR.md", "a/x", "fr"),
        ("x.ipynb", "x", None),
        ("x.de.ipynb", "x.de", None),
        (".en.ipynb", ".en", None),
    ],
)
def test_language_suffixes(path: str, base: str, language: str | None) -> None:
    assert language_suffix(PurePosixPath(path)) == (base, language)


@pytest.mark.parametrize(
    ("name", "title"),
    [("02-gc_content", "Gc content"), ("étude de cas", "Étude de cas"), ("2024", "2024"), ("01", "01"), ("-", "-")],
)
def test_readable_titles(name: str, title: str) -> None:
    assert readable(name) == title


@pytest.mark.parametrize(
    "name", ["con", "NUL.txt", "com1.tar.gz", "aux ", "a?.csv", "a:b", "back\\slash", "tab\t", "end.", "end "]
)
def test_names_windows_cannot_hold(name: str) -> None:
    assert unportable(name)


@pytest.mark.parametrize("name", ["console.txt", "com10", "é à.csv", "nul-hypothesis.ipynb", "a.b.c"])
def test_names_every_computer_can_hold(name: str) -> None:
    assert unportable(name) is None
