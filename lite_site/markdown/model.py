"""What goes into the Markdown room, and what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prose:
    """One Markdown cell, with its attachments: their names, and the `data:` URLs of those that are images."""

    source: str
    attachments: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its level, 1 to 6, as authored; its plain text; the `id` it has in the page."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """The cells in their order, the headings in theirs, and the list of notes, "" if there are none: safe HTML."""

    cells: tuple[str, ...]
    headings: tuple[Heading, ...]
    footnotes: str
