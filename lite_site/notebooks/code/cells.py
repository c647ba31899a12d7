"""IPython's part of a cell: magics and shell lines, each put aside and replaced by a call that names it."""

import re
from typing import NamedTuple

PLACEHOLDER = "_passerelle_line_"  # a call of it, with the line's number among `Cell.lines`, stands for the line

# Cell magics whose body is still Python for this kernel.
_PYTHON_MAGICS = frozenset(("time", "timeit", "capture", "prun", "debug", "memit", "mprun", "lprun"))
_CELL_MAGIC = re.compile(r"\s*%%(\w+)([^\n]*)(?:\n|$)")
_CODE_MAGIC = re.compile(r"%(?:time|timeit|prun|memit|lprun|mprun)\b((?:[ \t]+-\w+(?:[ \t]+\d+)?)*)[ \t]*(?=\S)(?!-)")
_SET_IN = (" ", "\t", ">")
_PROMPT = re.compile(r"(?:>>>|\.\.\.)(?: |$)")
_LINE = re.compile(r"([ \t]*)(![^=\n]|!!|%[A-Za-z_]|\?{1,2}\w)")
_HELP = re.compile(r"[ \t]*%?[\w.\[\]()]+\?{1,2}[ \t]*$")
_VALUE = re.compile(r"([ \t]*[\w.]+(?:\[[^\]=\n]*\])?(?:[ \t]*,[ \t]*[\w.]+)*[ \t]*=[ \t]*)([!%](?!=)[\w{\"'./$(~].*)$")
_QUOTED = re.compile(r"'''|\"\"\"|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|#[^\n]*")
# What IPython takes for a magic or a command without its `%` where it is alone in the cell.
_BARE = re.compile(
    r"[ \t]*(pip|conda|mamba|cd|ls|ll|pwd|cat|mkdir|rmdir|rm|cp|mv|man|less|more|run|time|timeit|who|whos|load_ext|"
    r"matplotlib|pylab|env|history|hist|store|reset|sx|system)"
    r"(?:[ \t]+(?![=(+*,:|&<>)]|-[^\w-]|/\W)([^\n]*\S))?[ \t]*\n?$"
)
_ALIASES = frozenset(("ls", "ll", "cat", "mkdir", "rmdir", "rm", "cp", "mv", "man", "less", "more"))


class CellMagic(NamedTuple):
    """A cell magic: `%%name arguments` over a body that isn't Python for the kernel."""

    name: str
    arguments: str
    body: str


class Cell(NamedTuple):
    """A cell taken apart: `python` with placeholders for `lines` (magics and commands, as written)."""

    python: str
    lines: tuple[str, ...] = ()
    magic: CellMagic | None = None


def python_body(source: str) -> tuple[str, CellMagic | None]:
    """The cell without the cell magics that leave it Python; the first that doesn't, with what follows it."""
    while "%%" in source:
        found = _CELL_MAGIC.match(source)
        if not found:
            break
        if found[1] not in _PYTHON_MAGICS:
            return "", CellMagic(found[1], found[2].strip(), source[found.end() :])
        source = source[found.end() :]
    return (_as_typed(source) if source[:1] in _SET_IN else source), None


def _as_typed(source: str) -> str:
    """The cell without the indentation of its first row and the prompts it was copied with, as IPython takes it."""
    rows = source.split("\n")
    indent = rows[0][: len(rows[0]) - len(rows[0].lstrip())]
    if indent and not source.isspace():
        rows = [row.removeprefix(indent) for row in rows]
    if rows[0].startswith(">>>"):
        rows = [_PROMPT.sub("", row) for row in rows]
    return "\n".join(rows)


def bare_command(source: str) -> str | None:
    """The magic or shell line that a cell of one line is to IPython (`pip install x`, `ls data`), else None."""
    if len(source) > 1_000:
        return None
    found = _BARE.match(source)
    if not found:
        return None
    return f"{'!' if found[1] in _ALIASES else '%'}{source.strip()}"


def without_lines(source: str) -> Cell:
    """The cell with every magic and shell line replaced; multi-line strings are left as they are."""
    lines: list[str] = []
    kept: list[str] = []
    inside = ""  # the quotes of the multi-line string we are in
    rows = iter(source.split("\n"))
    for row in rows:
        if inside:
            inside = _still_inside(row, inside)
            kept.append(row)
            continue
        replaced = _replaced(row, lines)
        if replaced is None:
            kept.append(row)
            inside = _still_inside(row, "") if '"""' in row or "'''" in row else ""
            continue
        kept.append(replaced)
        if PLACEHOLDER in replaced and lines[-1].endswith("\\"):
            parts = [lines[-1]]
            while parts[-1].endswith("\\"):
                parts[-1] = parts[-1][:-1]
                parts.append(next(rows, ""))
                kept.append("")
            lines[-1] = "".join(parts)
    return Cell("\n".join(kept), tuple(lines))


def _replaced(row: str, lines: list[str]) -> str | None:
    """The row in Python's words, None where it is Python already."""
    start = _LINE.match(row)
    if start:
        found = _CODE_MAGIC.match(row, start.end(1))
        if found:
            return start[1] + row[found.end() :]
        lines.append(row.strip())
        return f"{start[1]}{PLACEHOLDER}({len(lines) - 1})"
    if "?" in row and _HELP.match(row):
        lines.append(row.strip())
        return f"{row[: len(row) - len(row.lstrip())]}{PLACEHOLDER}({len(lines) - 1})"
    if "=" in row and ("!" in row or "%" in row):
        value = _VALUE.match(row)
        if value:
            lines.append(value[2].strip())
            return f"{value[1]}{PLACEHOLDER}({len(lines) - 1})"
    return None


def _still_inside(row: str, inside: str) -> str:
    """The quotes of the multi-line string that goes on after the row, "" where none does."""
    position = 0
    while True:
        if inside:
            end = row.find(inside, position)
            if end < 0:
                return inside
            position, inside = end + 3, ""
            continue
        found = _QUOTED.search(row, position)
        if not found:
            return ""
        position = found.end()
        inside = found[0] if found[0] in {'"""', "'''"} else ""
