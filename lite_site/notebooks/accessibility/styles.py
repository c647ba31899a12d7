"""What the HTML of a cell says about an element's look: colours, size and weight of its text.

Only what is written on the element itself counts; whatever can't be known from there (a class, a variable, a picture
in the background, a keyword that stands for something else) is UNKNOWN, and nobody is warned of it.
"""

import math
import re
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import tinycss2
from tinycss2.color4 import parse_color

from lite_site.notebooks.accessibility.contrast import Colour
from lite_site.notebooks.accessibility.tree import Node

UNKNOWN: Final = "unknown"
Paint: TypeAlias = Colour | Literal["unknown"] | None
"""A colour, one that can't be known, or None where nothing is said."""

_SIZE = re.compile(r"(\d*\.?\d+)(px|pt|em|rem|%)")
_PIXELS = {"px": 1.0, "pt": 96 / 72, "em": 16.0, "rem": 16.0, "%": 0.16}
_SMALL_WORDS = frozenset(["xx-small", "x-small", "small", "medium", "large", "smaller"])
_FONT_SIZES = {"1": 10.0, "2": 13.0, "3": 16.0, "4": 18.0, "5": 24.0, "6": 32.0, "7": 48.0}
_NORMAL_SIZE, _HUGE = 16.0, 1000.0
_CLEAR = frozenset(["none", "transparent", "initial"])
# Anything of these moves, hides or repaints text in ways that two colours don't tell.
_UNTOLD = frozenset(
    [
        "-webkit-text-fill-color",
        "all",
        "background-clip",
        "filter",
        "mix-blend-mode",
        "opacity",
        "position",
        "text-shadow",
    ]
)


@dataclass(frozen=True, slots=True)
class Look:
    """What one element says: the colour of its text and of its ground, its text's size (px) and weight.

    None where it says nothing. `hidden` text isn't seen at all.
    """

    text: Paint = None
    ground: Paint = None
    size: float | None = None
    bold: bool | None = None
    hidden: bool = False


def look_of(node: Node) -> Look:
    """What the element's style and its older attributes (`color`, `bgcolor`, `size`) say."""
    said = declarations_in(node.attrs.get("style", ""))
    text = _colour(said["color"]) if "color" in said else _attribute(node, "color", "font")
    ground = _ground(said) or _attribute(node, "bgcolor", "table", "tr", "td", "th", "thead", "tbody", "tfoot")
    if _UNTOLD & said.keys():
        text = ground = UNKNOWN
    weight = said.get("font-weight")
    bold = None if weight is None else weight in {"bold", "bolder"} or (weight.isdigit() and int(weight) >= 700)
    hidden = said.get("display") == "none" or said.get("visibility") in {"hidden", "collapse"} or "hidden" in node.attrs
    return Look(text, ground, _size(said, node), bold, hidden)


def declarations_in(style: str) -> dict[str, str]:
    """The declarations of a `style` attribute, the last of each property, in lower case."""
    if ":" not in style:
        return {}
    read = tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True)
    return {
        item.lower_name: tinycss2.serialize(item.value).strip().lower() for item in read if item.type == "declaration"
    }


def _ground(said: dict[str, str]) -> Paint:
    """The ground's colour; of `background` and `background-color` the last counts, and None is none."""
    if said.get("background-image", "none") not in _CLEAR:
        return UNKNOWN
    found: Paint = None
    for name in ("background", "background-color"):
        value = said.get(name)
        if value is not None and value not in _CLEAR:
            found = _colour(value)
    if {"background", "background-color"} <= said.keys() and said["background"] != said["background-color"]:
        return UNKNOWN
    return found


def _colour(value: str) -> Paint:
    parsed = parse_color(value)
    if parsed is None or isinstance(parsed, str) or parsed.space not in {"srgb", "hsl", "hwb"}:
        return UNKNOWN
    parts = [part or 0.0 for part in parsed.to("srgb").coordinates]
    if any(map(math.isnan, parts)):  # what numbers without bounds end in
        return UNKNOWN
    red, green, blue = (min(max(part, 0.0), 1.0) for part in parts)
    return Colour(red, green, blue, parsed.alpha)


def _attribute(node: Node, name: str, *tags: str) -> Paint:
    """A colour as HTML had them before style sheets; the odd ones browsers make something of aren't known here."""
    return _colour(node.attrs[name]) if node.tag in tags and name in node.attrs else None


def _size(said: dict[str, str], node: Node) -> float | None:
    """The size of its text in pixels, huge where it can't be told: large text needs less contrast."""
    if "font-size" not in said:
        if "font" in said or node.tag == "big":
            return _HUGE
        return _FONT_SIZES.get(node.attrs["size"], _HUGE) if node.tag == "font" and "size" in node.attrs else None
    value = said["font-size"]
    if measured := _SIZE.fullmatch(value):
        return float(measured[1]) * _PIXELS[measured[2]]
    return _NORMAL_SIZE if value in _SMALL_WORDS else _HUGE
