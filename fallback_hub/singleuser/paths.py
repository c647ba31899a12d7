"""Which paths of a course folder a page may name, and the files they lead to: never anything outside it."""

import os
import re
import stat
import unicodedata
from pathlib import Path, PurePosixPath

MOST_PARTS = 32
MOST_BYTES = 255
"""Of one name: what file systems take (pathconf, NAME_MAX)."""
CACHES = frozenset({"__pycache__"})

_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\\]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)


class PathError(ValueError):
    """No page may name this path."""


def parse_path(text: str, *, everywhere: bool = False) -> PurePosixPath:
    """The path a page named, below the course folder; `PathError` for any other.

    With `everywhere` the names have to be good on Windows too (Microsoft, "Naming Files, Paths, and Namespaces"):
    what pages upload is downloaded again somewhere.
    """
    parts = text.split("/")
    if not text or len(parts) > MOST_PARTS or unicodedata.normalize("NFC", text) != text:
        raise PathError(text)
    for part in parts:
        if not _is_plain(part) or (everywhere and not _is_plain_everywhere(part)):
            raise PathError(text)
    return PurePosixPath(*parts)


def is_carried(name: str) -> bool:
    """Whether a file or folder of that name is one that pages see: not hidden, no cache."""
    return _is_plain(unicodedata.normalize("NFC", name))


def _is_plain(part: str) -> bool:
    try:
        encoded = part.encode()
    except UnicodeEncodeError:
        return False
    hidden = not part or part.startswith(".") or part in CACHES
    return not hidden and len(encoded) <= MOST_BYTES and not _CONTROLS.search(part) and "/" not in part


def _is_plain_everywhere(part: str) -> bool:
    return not _NOT_ON_WINDOWS.search(part) and not _DEVICES.fullmatch(part) and part == part.rstrip(" .")


def find_file(folder: Path, path: PurePosixPath) -> Path:
    """Where the file is or would be; `PathError` where a link or a file stands on the way.

    A name written in another form of Unicode is the same name (macOS and some programs decompose).
    """
    place = folder
    for index, part in enumerate(path.parts):
        place = _spelled(place, part)
        try:
            kind = os.lstat(place).st_mode
        except FileNotFoundError:
            return place.joinpath(*path.parts[index + 1 :])
        except OSError as error:
            raise PathError(str(path)) from error
        is_last = index == len(path.parts) - 1
        if not (stat.S_ISREG(kind) if is_last else stat.S_ISDIR(kind)):
            raise PathError(str(path))
    return place


def _spelled(folder: Path, name: str) -> Path:
    if os.path.lexists(folder / name) or name.isascii():
        return folder / name
    try:
        entries = [entry.name for entry in folder.iterdir()]
    except OSError:
        return folder / name
    return folder / next((entry for entry in entries if unicodedata.normalize("NFC", entry) == name), name)
