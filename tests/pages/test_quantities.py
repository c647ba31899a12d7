import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.language import LANGUAGES, Language
from lite_site.pages.quantities import duration, language_name, own_name, size


@pytest.mark.parametrize(
    ("minutes", "language", "written"),
    [
        (0, "fr", "0 min"),
        (45, "fr", "45 min"),
        (60, "fr", "1 h"),
        (65, "fr", "1 h 05"),
        (65, "en", "1 h 05 min"),
        (600, "en", "10 h"),
    ],
)
def test_duration(minutes: int, language: Language, written: str) -> None:
    assert duration(minutes, language) == written.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("megabytes", "language", "written"),
    [
        (0.003, "fr", "0,1 Mo"),
        (8.24, "fr", "8,2 Mo"),
        (8.24, "en", "8.2 MB"),
        (9.0, "en", "9 MB"),
        (12.31, "fr", "12 Mo"),
        (2100.0, "fr", "2\u202f100 Mo"),
        (2100.0, "en", "2,100 MB"),
    ],
)
def test_size(megabytes: float, language: Language, written: str) -> None:
    assert size(megabytes, language) == written.replace(" ", "\u00a0")


@given(st.integers(min_value=0, max_value=10**6), st.sampled_from(LANGUAGES))
def test_duration_loses_no_minute(minutes: int, language: Language) -> None:
    written = duration(minutes, language)
    numbers = [int(part) for part in written.split("\u00a0") if part.isdigit()]
    assert " " not in written
    if "min" in written and len(numbers) == 1:
        assert numbers == [minutes]
    else:
        assert numbers[0] * 60 + (numbers[1] if len(numbers) > 1 else 0) == minutes


def test_languages_are_named_in_each_other_and_in_themselves() -> None:
    assert language_name("en", "fr") == "anglais"
    assert language_name("fr", "en") == "French"
    assert [own_name(language) for language in LANGUAGES] == ["Français", "English"]
