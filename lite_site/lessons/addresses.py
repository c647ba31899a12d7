"""Where the links of a lesson lead from its page: other lessons' pages, files of the course, other sites."""

import posixpath
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urlsplit

FILES = "../files"
_ELSEWHERE = {"http", "https", "mailto"}


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the course has on the site: its lessons' pages by the paths of their notebooks, and its other files."""

    pages: Mapping[str, str]
    files: frozenset[str]

    def address(self, target: str, folder: PurePosixPath) -> str | None:
        """The address, from a lesson's page, of a target in a notebook of `folder`; None where nothing is there."""
        try:
            parts = urlsplit(target.strip())
        except ValueError:
            return None
        if parts.scheme or parts.netloc:
            return target.strip() if parts.scheme.lower() in _ELSEWHERE else None
        anchor = f"#{quote(unquote(parts.fragment))}" if parts.fragment else ""
        if not parts.path:
            return anchor or None
        path = unicodedata.normalize("NFC", posixpath.normpath(str(folder / unquote(parts.path))))
        if path in self.pages:
            return quote(self.pages[path]) + anchor
        return f"{FILES}/{quote(path)}{anchor}" if path in self.files else None
