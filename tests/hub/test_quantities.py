import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallback_hub.quantities import DURATION_UNITS, SIZE_UNITS, parse_duration, parse_size


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("4 GB", 4 * 10**9),
        ("1.5GB", 1_500_000_000),
        ("512 MiB", 512 * 2**20),
        ("0.001 kB", 1),
        ("2\u202fGB", 2 * 10**9),
    ],
)
def test_sizes_as_people_write_them(text: str, size: int) -> None:
    assert parse_size(text) == size


@pytest.mark.parametrize(
    "text",
    ["", "4", "GB", "-4 GB", "4 gb", "4 Go", "1e3 MB", "4,5 GB", "٤ GB", "0.0001 kB", "9999999999 GB", "4 GB 2 GB"],
)
def test_what_is_no_size(text: str) -> None:
    assert parse_size(text) is None


@pytest.mark.parametrize(("text", "seconds"), [("90 min", 5400), ("1.5 h", 5400), ("10 s", 10), ("1 d", 86_400)])
def test_durations(text: str, seconds: int) -> None:
    assert parse_duration(text) == seconds


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    for parsed in (parse_size(text), parse_duration(text)):
        assert parsed is None or parsed >= 0


@given(st.integers(0, 999_999_999), st.sampled_from(sorted({*SIZE_UNITS})))
def test_a_size_is_its_number_of_units(number: int, unit: str) -> None:
    assert parse_size(f"{number} {unit}") == number * SIZE_UNITS[unit]


@given(st.integers(0, 999_999_999), st.sampled_from(sorted({*DURATION_UNITS})))
def test_a_duration_is_its_number_of_units(number: int, unit: str) -> None:
    assert parse_duration(f"{number} {unit}") == number * DURATION_UNITS[unit]
