"""Rule: text that an author coloured can be told from what is behind it."""

from collections.abc import Iterator
from dataclasses import dataclass

from lite_site.notebooks.accessibility.contrast import (
    BLACK,
    ENOUGH,
    ENOUGH_FOR_LARGE,
    LARGE_BOLD_PIXELS,
    LARGE_PIXELS,
    WHITE,
    Colour,
    contrast,
    readable,
)
from lite_site.notebooks.accessibility.page import Page, quoted
from lite_site.notebooks.accessibility.styles import UNKNOWN, Look, Paint, look_of
from lite_site.notebooks.accessibility.tree import TEXT, Node
from lite_site.problems import Problem

_BOLD = frozenset(["b", "strong", "th"])
_LARGE = frozenset(["h1", "h2", "h3"])
# Elements that pages colour themselves: what they look like isn't written in the notebook.
_OWN_TEXT = frozenset(["a", "blockquote", "summary"])
_OWN_BOTH = frozenset(["button", "code", "input", "kbd", "mark", "pre", "samp", "select", "svg", "textarea"])


@dataclass(frozen=True, slots=True)
class _Seen:
    """How text looks at one point: colours as far as they are known, which of them an author chose, size, weight."""

    text: Paint = BLACK
    ground: Paint = WHITE
    own_text: bool = False
    own_ground: bool = False
    size: float = 16.0
    bold: bool = False

    @property
    def is_large(self) -> bool:
        return self.size >= LARGE_PIXELS or (self.bold and self.size >= LARGE_BOLD_PIXELS)


def problems_in_contrast(page: Page) -> Iterator[Problem]:
    """Coloured text with too little contrast, each pair of colours once a cell.

    Pages are taken as white, their text as black, where an author chose one of the two colours only.
    """
    if not page.has_html or page.find("style"):  # a style sheet may colour anything
        return
    for cell in page.cells:
        told: set[tuple[str, str]] = set()
        for node, text, ground, seen in _coloured(cell, _Seen()):
            ratio, enough = contrast(text, ground), ENOUGH_FOR_LARGE if seen.is_large else ENOUGH
            if ratio < enough and (str(text), str(ground)) not in told:
                told.add((str(text), str(ground)))
                yield _too_faint(page, node, text, ground, seen)


def _coloured(node: Node, seen: _Seen) -> Iterator[tuple[Node, Colour, Colour, _Seen]]:
    """Each coloured text in the node, with both colours, where both can be told."""
    stack = [(node, seen)]
    while stack:
        node, seen = stack.pop()
        if node.tag == TEXT:
            text, ground = seen.text, seen.ground
            chosen = (seen.own_text or seen.own_ground) and _has_letters(node.text)
            if chosen and isinstance(text, Colour) and isinstance(ground, Colour):
                yield node, text.over(ground), ground, seen
            continue
        look = look_of(node) if node.attrs else _PLAIN
        if not look.hidden:
            inside = _inside(node, look, seen)
            stack += [(child, inside) for child in reversed(node.children)]


_PLAIN = Look()


def _inside(node: Node, look: Look, seen: _Seen) -> _Seen:
    """How text in the element looks, from how it looks around it."""
    tag = node.tag
    if look == _PLAIN and "class" not in node.attrs and tag not in _SPECIAL:
        return seen
    text, ground = seen.text, seen.ground
    if "class" in node.attrs or tag in _OWN_BOTH:
        text = ground = UNKNOWN
    elif tag in _OWN_TEXT:
        text = UNKNOWN
    text, ground = _paint(look.text, text), _laid(look.ground, ground)
    bold = look.bold if look.bold is not None else seen.bold or tag in _BOLD or tag in _LARGE
    size = look.size if look.size is not None else max(seen.size, LARGE_PIXELS) if tag in _LARGE else seen.size
    own_text, own_ground = seen.own_text or look.text is not None, seen.own_ground or look.ground is not None
    return _Seen(text, ground, own_text, own_ground, size, bold)


_SPECIAL = _BOLD | _LARGE | _OWN_TEXT | _OWN_BOTH


def _paint(said: Paint, around: Paint) -> Paint:
    if isinstance(said, Colour) and said.alpha == 0:  # hidden on purpose
        return UNKNOWN
    return around if said is None else said


def _laid(said: Paint, around: Paint) -> Paint:
    """The ground's colour, seen through to the one around."""
    if not isinstance(said, Colour) or said.alpha == 1:
        return around if said is None else said
    return said.over(around) if isinstance(around, Colour) else UNKNOWN


def _has_letters(text: str) -> bool:
    return any(sign.isalnum() for sign in text)


def _too_faint(page: Page, node: Node, text: Colour, ground: Colour, seen: _Seen) -> Problem:
    enough = ENOUGH_FOR_LARGE if seen.is_large else ENOUGH
    behind = str(ground) if seen.own_ground else "the page's white"
    ratio = int(contrast(text, ground) * 100) / 100  # rounded down: 4.499 isn't enough
    return Problem(
        page.place_of(node),
        f"{quoted(' '.join(node.text.split()))} is written in {text} on {behind}: "
        f"a contrast of {ratio:g} to 1, under {enough:g} to 1, so many can't read it.",
        f"Write it in {readable(text if seen.own_text else WHITE, ground, enough)}, or leave the colours to the page.",
        "contrast-low",
        "warning",
    )
