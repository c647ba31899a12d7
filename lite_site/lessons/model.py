"""A lesson's notebook as its page shows it: everything judged, every `html` safe to put into a page as it is."""

import re
from dataclasses import dataclass
from html import unescape

from lite_site.lessons.pictures import Picture
from lite_site.markdown.model import Heading

_NARROW = 30  # characters of code that fit on 320 px
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Passage:
    """A cell of prose; `number` is its place in the notebook, from 1; `folded` shows it on demand only."""

    number: int
    html: str
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Output:
    """One thing a cell left; `note` says what of it the page can't show, "" where it shows all."""

    html: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class CodeCell:
    """A cell of code with what it left; its number and `folded…` as in `Passage`.

    `source` is "" where the teacher leaves the code out; `count` is the kernel's, None where the cell hasn't been run.
    """

    number: int
    source: str
    count: int | None = None
    outputs: tuple[Output, ...] = ()
    source_folded: bool = False
    outputs_folded: bool = False

    @property
    def source_scrolls(self) -> bool:
        """Whether the code is wider than a phone, so that a keyboard must be able to scroll it."""
        return is_wide(unescape(_TAG.sub("", self.source)))


@dataclass(frozen=True, slots=True)
class Content:
    """A lesson's cells in order, its headings, its list of notes, its opening words, and pictures kept as files."""

    cells: tuple[Passage | CodeCell, ...]
    headings: tuple[Heading, ...] = ()
    footnotes: str = ""
    summary: str = ""
    pictures: tuple[Picture, ...] = ()


def is_wide(text: str) -> bool:
    """Whether the text, in letters of one width, is wider than a phone."""
    return any(len(line) > _NARROW for line in text.splitlines())
