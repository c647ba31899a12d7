import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.notebooks.accessibility.contrast import BLACK, WHITE, Colour, contrast, luminance, readable

parts = st.integers(0, 255).map(lambda eight_bits: eight_bits / 255)
colours = st.builds(Colour, parts, parts, parts, st.just(1.0))


def colour(text: str) -> Colour:
    red, green, blue = (int(text[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return Colour(red, green, blue)


@pytest.mark.parametrize(
    ("text", "ground", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),  # the well-known near misses: one step darker passes
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.00),
        ("#0000ff", "#ffffff", 8.59),
        ("#ffff00", "#0000ff", 8.00),
    ],
)
def test_ratios_that_other_tools_give(text: str, ground: str, expected: float) -> None:
    assert contrast(colour(text), colour(ground)) == pytest.approx(expected, abs=0.006)


@given(colours, colours)
def test_a_ratio_is_the_same_both_ways_and_within_bounds(one: Colour, other: Colour) -> None:
    assert 1 <= contrast(one, other) == contrast(other, one) <= 21.000001
    assert 0 <= luminance(one) <= 1.000001


@given(colours, colours, st.sampled_from([3.0, 4.5]))
def test_a_readable_colour_is_found_for_any_pair(text: Colour, ground: Colour, enough: float) -> None:
    assert contrast(readable(text, ground, enough), ground) >= enough


@given(colours)
def test_what_is_seen_through(behind: Colour) -> None:
    assert str(Colour(0.2, 0.4, 0.6, 0.0).over(behind)) == str(behind)
    assert str(Colour(0.2, 0.4, 0.6).over(behind)) == "#336699"
    assert str(Colour(1, 1, 1, 0.5).over(BLACK)) == "#808080"
    assert str(WHITE) == "#ffffff"
