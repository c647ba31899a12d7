"""One line of shell, read as far as it is simple: words with quotes, variables and patterns; no pipes, no lists.

Follows the POSIX Shell Command Language, sections 2.2 (quoting) and 2.6 (word expansions).
"""

import glob
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass

PIECES = re.compile(
    r"""
    (?P<blank>[ \t]+)
  | '(?P<single>[^']*)'
  | "(?P<double>(?:[^"\\`]|\\.)*)"
  | \\(?P<escaped>.)
  | (?P<redirect>>>?)
  | (?P<plain>[^\s'"\\|&;<>()`]+)
    """,
    re.VERBOSE | re.DOTALL,
)
VARIABLE = re.compile(r"\$(?:\{(\w+)\}|(\w+))")
TOO_CLEVER = re.compile(r"\$[({?!*@#$\d-]|\{[^}]*(?:,|\.\.)[^}]*\}")
NAMED_VARIABLE = re.compile(r"\$\{\w+\}")
IN_DOUBLE_QUOTES = re.compile(r'\\([$`"\\])')
IN_PATTERN = re.compile(r"[*?[]")


class NotSimpleError(ValueError):
    """The line asks for more than one command with its words."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a word: where `quoted`, its stars are no pattern; where `fixed`, its dollars are no variable."""

    text: str
    quoted: bool = False
    fixed: bool = False

    def expanded(self) -> str:
        """With its variables' values."""
        if self.fixed:
            return self.text
        return VARIABLE.sub(lambda found: os.environ.get(found[1] or found[2], ""), self.text)


Word = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A command as written: its words, and where its output goes (`>` or `>>` and a word), if to a file."""

    words: tuple[Word, ...]
    redirect: str = ""
    target: Word = ()

    def arguments(self) -> list[str]:
        """The words as the command gets them: variables and patterns expanded, in this folder."""
        return [argument for word in self.words for argument in expand(word)]


def parse_line(text: str) -> Line:
    """Read a command; `NotSimpleError` where it has pipes, lists, substitutions, or quotes that don't end."""
    words: list[Word] = []
    word: list[Piece] = []
    redirects: list[tuple[str, int]] = []
    for kind, piece in pieces_of(text.strip()):
        if kind in {"blank", "redirect"} and word:
            words.append(tuple(word))
            word = []
        if kind == "redirect":
            redirects.append((piece.text, len(words)))
        elif kind != "blank":
            word.append(piece)
    if word:
        words.append(tuple(word))
    if not redirects:
        return Line(tuple(words))
    ((sign, at), *more) = redirects
    if more or at != len(words) - 1 or (at and words[at - 1] in {(Piece("1"),), (Piece("2"),)}):
        raise NotSimpleError(text)
    return Line(tuple(words[:at]), sign, words[at])


def pieces_of(text: str) -> Iterator[tuple[str, Piece]]:
    """The line's pieces with their kinds, up to a comment."""
    at = 0
    before = "blank"
    while at < len(text):
        found = PIECES.match(text, at)
        if found is None or found.lastgroup is None:
            raise NotSimpleError(text)
        kind, piece = found.lastgroup, found[found.lastgroup]
        if kind == "plain" and piece.startswith("#") and before == "blank":
            return
        if kind in {"plain", "double"} and TOO_CLEVER.search(NAMED_VARIABLE.sub("", piece)):
            raise NotSimpleError(text)
        if kind == "double":
            yield kind, Piece(IN_DOUBLE_QUOTES.sub(r"\1", piece), quoted=True, fixed=r"\$" in piece)
        else:
            yield kind, Piece(piece, quoted=kind in {"single", "escaped"}, fixed=kind in {"single", "escaped"})
        at, before = found.end(), kind


def expand(word: Word) -> list[str]:
    """A word's arguments: none where it is an unset variable alone, the files where it is a pattern that has any."""
    parts = [(piece, piece.expanded()) for piece in word]
    first, text = parts[0]
    if not first.quoted and re.match(r"~(?:/|$)", text):
        parts[0] = (first, os.path.expanduser(text))  # noqa: PTH111 - text, not a path yet
    whole = "".join(text for _, text in parts)
    if any(not piece.quoted and IN_PATTERN.search(text) for piece, text in parts):
        pattern = "".join(glob.escape(text) if piece.quoted else text for piece, text in parts)
        if files := sorted(glob.glob(pattern)):  # noqa: PTH207 - keeps "./" and "../" as they are written
            return files
    return [whole] if whole or any(piece.quoted for piece in word) else []
