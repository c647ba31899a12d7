"""Text as programs print it: terminal colours become classes, progress bars their last state."""

import re
from html import escape

from rich.color import ColorSystem
from rich.style import Style
from rich.text import Text

from lite_site.lessons.model import is_wide

LONGEST = 100_000
_TALL = 24
_COLOURS = ("", "red", "green", "yellow", "blue", "magenta", "cyan", "")  # black and white are the page's own
_OVERWRITTEN = re.compile(r"[^\n]*\r(?=[^\r\n])")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")


def cut(text: str) -> str:
    """The text, or its beginning in whole lines where it is longer than a page should carry."""
    if len(text) <= LONGEST:
        return text
    return text[: text.rfind("\n", 0, LONGEST) + 1] or text[:LONGEST]


def overflows(text: str) -> bool:
    """Whether the text is wider than a phone or taller than a screen, so that its reader must be able to scroll it."""
    return text.count("\n") > _TALL or is_wide(text)


def text_as_html(text: str) -> str:
    """The text as safe HTML, in the colours it asks a terminal for."""
    shown = _OVERWRITTEN.sub("", text.replace("\r\n", "\n")) if "\r" in text else text
    if "\x1b" not in shown:
        return _plain(shown)
    decoded = Text.from_ansi(shown)
    parts: list[str] = []
    at = 0
    for start, end, style in decoded.spans:
        classes = _classes(style) if isinstance(style, Style) else ""
        words = _plain(decoded.plain[start:end])
        parts += [_plain(decoded.plain[at:start]), f'<span class="{classes}">{words}</span>' if classes else words]
        at = end
    return "".join([*parts, _plain(decoded.plain[at:])])


def _plain(text: str) -> str:
    return escape(_UNPRINTABLE.sub("", text))


def _classes(style: Style) -> str:
    """Its colour as the nearest of a terminal's first, so that each can be told on both themes."""
    classes = []
    if style.color and not style.color.is_default:
        number = style.color.downgrade(ColorSystem.STANDARD).number or 0
        if name := _COLOURS[number % len(_COLOURS)]:
            classes.append(f"ansi-{name}")
    if style.bgcolor and not style.bgcolor.is_default:
        classes.append("ansi-ground")
    return " ".join([*classes, *(["ansi-bold"] if style.bold else [])])
