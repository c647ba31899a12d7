"""The text of a declaration's file: inside the folder, of a sane size, in whatever encoding it was saved."""

import codecs
import os
from pathlib import Path

from lite_site.courses.listing import is_inside
from lite_site.problems import Problem

_LARGEST = 1_000_000
_SIXTEEN_BITS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_text(path: Path, place: str, outermost: Path) -> tuple[str | None, list[Problem]]:
    """The file's text and what is wrong with the file; None where it can't be read at all."""
    if not lies_inside(path, outermost):
        remedy = "Put a copy of the file beside the course's notebooks."
        return None, [Problem(place, "The file lies outside the course's folder.", remedy, "declaration-outside")]
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        problem = f"The file can't be read ({error.strerror or 'unknown reason'})."
        return None, [Problem(place, problem, "Give yourself the right to read it.", "declaration-unreadable")]
    if len(data) > _LARGEST:
        remedy = "Name only the packages that the lessons import."
        return None, [Problem(place, "The file is over 1 MB, too large for a list.", remedy, "declaration-size")]
    return _decoded(data, place)


def lies_inside(path: Path, outermost: Path) -> bool:
    """Whether the path, links followed, is in the folder."""
    return is_inside(Path(os.path.realpath(path)), Path(os.path.realpath(outermost)))


def _decoded(data: bytes, place: str) -> tuple[str | None, list[Problem]]:
    if data.startswith(_SIXTEEN_BITS):
        text = data.decode("utf-16", "replace")
        problem = "The text is in UTF-16, as Windows PowerShell writes it."
        remedy = "It is read all the same; save it as UTF-8 for other programs."
        return text, [Problem(place, problem, remedy, "declaration-encoding", "warning")]
    if b"\0" in data:
        return None, [Problem(place, "The file isn't text.", "Save it as text, in UTF-8.", "declaration-encoding")]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        problem, remedy = "The text isn't in UTF-8.", "It is read all the same; save it as UTF-8."
        return data.decode("latin-1"), [Problem(place, problem, remedy, "declaration-encoding", "warning")]
