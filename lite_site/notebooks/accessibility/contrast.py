"""How well a colour can be read on another, by WCAG 2.2's formulas.

Relative luminance and contrast ratio: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance and
https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio; what is large text: https://www.w3.org/TR/WCAG22/#dfn-large-scale.
"""

from typing import NamedTuple

ENOUGH, ENOUGH_FOR_LARGE = 4.5, 3.0
LARGE_PIXELS, LARGE_BOLD_PIXELS = 24.0, 18.66
"""18 and 14 points, at CSS's 96 pixels and 72 points to the inch; rounded down."""


class Colour(NamedTuple):
    """An opaque or translucent colour in sRGB: each part, alpha too, from 0 to 1."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0

    def over(self, ground: "Colour") -> "Colour":
        """What is seen of it on an opaque ground (simple alpha compositing)."""
        return _mix(ground, self, self.alpha)

    def __str__(self) -> str:
        return "#" + "".join(f"{round(part * 255):02x}" for part in self[:3])


BLACK, WHITE = Colour(0, 0, 0), Colour(1, 1, 1)


def luminance(colour: Colour) -> float:
    """The relative luminance of an opaque colour, from 0 (black) to 1 (white)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # the sRGB transfer function
        for part in colour[:3]
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two opaque colours, from 1 to 21, whichever is in front."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: Colour, ground: Colour, enough: float) -> Colour:
    """The nearest to `colour`, towards black or white, whose contrast with the opaque `ground` is enough (≤ 4.5).

    One of the two is always far enough: black and white have a contrast of 21, so any ground has √21 with one.
    """
    end = max(BLACK, WHITE, key=lambda extreme: contrast(extreme, ground))
    steps = (_mix(colour, end, step / 32) for step in range(33))
    return next(shade for shade in map(_rounded, steps) if contrast(shade, ground) >= enough)


def _mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (part * (1 - share) + towards * share for part, towards in zip(one[:3], other[:3], strict=True))
    return Colour(red, green, blue)


def _rounded(colour: Colour) -> Colour:
    """As eight bits a part hold it, so that the colour named is the one measured."""
    red, green, blue = (round(part * 255) / 255 for part in colour[:3])
    return Colour(red, green, blue)
