"""Prepares a teacher's text for the page: spaces that don't break, no characters that turn or break the line."""

import re

from lite_site.language import Language

NARROW_SPACE = "\u202f"
SPACE = "\u00a0"

# Control characters, those that turn the direction of text among them (Unicode Standard Annex 9).
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+")


def plain(text: str) -> str:
    """Make `text` one line without control characters, for titles and attributes."""
    return UNPRINTABLE.sub(" ", text).strip()


def typeset(text: str, language: Language) -> str:
    """Keep French punctuation on the line of its word: its plain spaces become no-break ones, no sign is added."""
    if language != "fr":
        return text
    narrow = re.sub(r" (?=[;!?])", NARROW_SPACE, text)
    return re.sub(r" (?=[:»])|(?<=«) ", SPACE, narrow)
