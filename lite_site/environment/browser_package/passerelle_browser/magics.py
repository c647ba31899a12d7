"""The Python inside magics that time, repeat or capture it: what IPython hides in a string."""

import re

CELLS = re.compile(r"\A(?:\s*%%(?:capture|debug|memit|mprun|prun|python3?|time|timeit)\b[^\n]*\n)+")
LINES = re.compile(r"^([ \t]*)%(?:memit|prun|time|timeit)[ \t]+(?:-\w+(?:[ \t]+\d+)?[ \t]+)*(?=\S)", re.MULTILINE)


def unwrapped(cell: str) -> str:
    """The cell without the magics around its Python; its other magics stay."""
    return LINES.sub(r"\1", CELLS.sub("", cell))
