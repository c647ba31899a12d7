"""Parses a cell's Python; of what doesn't parse, tells why: blanks to fill, Python 2, newer Python, or a slip."""

import ast
import re
import warnings
from collections.abc import Callable
from typing import Literal, NamedTuple

from lite_site.notebooks.code.cells import Cell, bare_command, python_body, without_lines

Why = Literal["", "blanks", "python2", "newer", "other"]

_LISTING = ("ls", "ll", "pwd")  # commands that Python reads as names
_LONG = 2_000
_MENDED = 20_000  # characters: a longer cell that doesn't parse isn't mended
_EMPTY = re.compile(r"(=|\breturn|\bin|\()[ \t]*(#[^\n]*)?$")
_HOLES = re.compile(r"…|\?{1,3}(?=[\s,):\]]|$)|<[^<>=\n()]{3,60}>|\.{4,}|_{2,} +_{2,}|(?<![\w.])\.{2}(?![\w.])")
_AFTER_OPERATOR = re.compile(r"(?:[-+*/%<>=]=?|\b(?:in|if|elif|while|and|or|not|return))[ \t]*(?=#|\)|,|:|$)")
_OPENS_BLOCK = re.compile(
    r"([ \t]*)(?:def|class|if|elif|else|for|while|try|except|finally|with|match|case)\b.*:\s*(#.*)?$"
)
_PRINT = re.compile(
    r"^([ \t]*|.*[:;][ \t]*)print(?:[ \t]+(?![=(.])|[ \t]*(?=\"|'|$))(?:>>[^,\n]*,)?([^\n#;]*?),?[ \t]*$"
)
_PRINT_OF = re.compile(r"^([ \t]*|.*[:;][ \t]*)print[ \t]*(\(.*\)[ \t]*[%,].*)$")
_OLD_EXCEPT = re.compile(r"(\bexcept[ \t]+[\w.]+|\bexcept[ \t]*\([^()\n]*\))[ \t]*,[ \t]*([a-z_]\w*)[ \t]*:")
_OLD_RAISE = re.compile(r"(\braise[ \t]+[\w.]+)[ \t]*,[ \t]*([^\n]+)$")
_OLD_EXEC = re.compile(r"^([ \t]*)exec[ \t]+([^\n(].*)$")
_OLD_TEXT = re.compile(r"\b[uU][rR](?=['\"])")
_OLD_NUMBER = re.compile(r"(?<![\w.])0([0-7]+)\b(?![.\w])|(?<![\w.])(0[xX][\da-fA-F]+|\d+)[lL]\b")
_BACKTICKS = re.compile(r"`([^`\n]+)`")
_TYPE = re.compile(r"^([ \t]*)type[ \t]+(\w+)[ \t]*(?:\[[^\n=]*\])?[ \t]*=")
_GENERIC = re.compile(r"^([ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+\w+)[ \t]*\[[^\n()]*?\](?=[ \t]*[(:])")
_EXCEPT_TWO = re.compile(r"(\bexcept\*?)[ \t]+((?:[A-Z][\w.]*[ \t]*,[ \t]*)+[A-Z][\w.]*)[ \t]*:")
_TEMPLATE = re.compile(r"(?<![\w'\"])(?:[rR]?[tT]|[tT][rR])(?=['\"])")
_FORMATTED = re.compile(r"(?i)(?<![\w'\"])(?:fr?|rf)(\"|')")


class Reading(NamedTuple):
    """A cell as Python: `tree` is None where nothing could be made of it; `message` says what is wrong, and where."""

    cell: Cell
    tree: ast.Module | None
    why: Why = ""
    message: str = ""
    line: int = 0


def read_python(source: str) -> Reading:
    """The cell's tree, its magics aside; a cell of blanks or of another Python is mended first, and says so."""
    body, magic = python_body(source)
    if magic is not None:
        return Reading(Cell("", (), magic), ast.Module([], []))
    tree = _parse(body)
    alone = not isinstance(tree, ast.Module) or body.startswith(_LISTING)
    if alone and "\n" not in body.strip("\n") and (command := bare_command(body.strip("\n"))):
        body, tree = command, SyntaxError()
    if isinstance(tree, ast.Module):
        return Reading(Cell(body), tree)
    cell = without_lines(body) if any(sign in body for sign in "!%?") else Cell(body)
    if cell.lines or cell.python != body:
        tree = _parse(cell.python)
        if isinstance(tree, ast.Module):
            return Reading(cell, tree)
    return _mended(cell, tree)


def parses(source: str) -> bool:
    """Whether the cell is Python, magics aside; a cell of another language's magic counts as Python's."""
    return read_python(source).why == ""


def _parse(text: str) -> ast.Module | Exception:
    if len(text) > _LONG and any(_is_endless(row) for row in text.split("\n")):
        return SyntaxError("a name of a thousand parts")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a lesson's invalid escapes are no news to its builder
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return error


def _is_endless(row: str) -> bool:
    """Whether an import names `a.a.a…`: CPython's parser takes a time that grows with the square of its length."""
    return len(row) > _LONG and "import" in row and row.count(".") > 1_000


def _mended(cell: Cell, error: Exception) -> Reading:
    """The first mending that makes it Python tells what it was."""
    text = cell.python
    line = error.lineno or 0 if isinstance(error, SyntaxError) else 0
    message = error.msg if isinstance(error, SyntaxError) else "nested too deeply, or holds a null character"
    if len(text) > _MENDED:
        return Reading(cell, None, "other", message, line)
    for why, said, mend in _MENDINGS:
        mended = mend(text)
        if mended != text and isinstance(tree := _parse(mended), ast.Module):
            return Reading(cell, tree, why, said, line)
    if _FORMATTED.search(text) and _nests_quotes(text, line):
        return Reading(cell, None, "newer", "f-string of Python 3.12", line)
    filled = _fill_blanks(_modernize(text))
    if isinstance(tree := _parse(filled), ast.Module):
        return Reading(cell, tree, "blanks", message, line)
    return Reading(cell, None, "blanks" if "___" in text else "other", message, line)


def _by_row(mend: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: "\n".join(map(mend, text.split("\n")))


def _newer_row(row: str) -> str:
    row = _TYPE.sub(r"\1\2 =", row) if "type" in row else row
    row = _GENERIC.sub(r"\1", row) if "[" in row else row
    row = _EXCEPT_TWO.sub(r"\1 (\2):", row) if "except" in row else row
    return _TEMPLATE.sub("f", row)


def _python2_row(row: str) -> str:
    if "print" in row:
        row = _PRINT_OF.sub(r"\1print(\2)", row) if _PRINT_OF.match(row) else _PRINT.sub(r"\1print(\2)", row)
    if "except" in row:
        row = _OLD_EXCEPT.sub(r"\1 as \2:", row)
    if "raise" in row:
        row = _OLD_RAISE.sub(r"\1(\2)", row)
    if "exec" in row:
        row = _OLD_EXEC.sub(r"\1exec(\2)", row)
    row = _OLD_TEXT.sub("r", row).replace("<>", "!=")
    row = _OLD_NUMBER.sub(lambda found: f"0o{found[1]}" if found[1] else found[2], row)
    return _BACKTICKS.sub(r"str(\1)", row)


def _fill_blanks(text: str) -> str:
    """The text with something in every hole, and `pass` in every block left empty."""
    rows = text.split("\n")
    filled: list[str] = []
    for number, row in enumerate(rows):
        code = row
        if not row.lstrip().startswith("#"):
            code = _HOLES.sub("None", row)
            code = _EMPTY.sub(_filled_end, code)
            code = _AFTER_OPERATOR.sub(lambda found: f"{found[0]} None ", code) if "None" not in code else code
        filled.append(code)
        opens = _OPENS_BLOCK.match(row)
        if opens and _is_empty_block(rows, number, len(opens[1])):
            filled.append(f"{opens[1]}    pass")
    return "\n".join(filled)


def _filled_end(found: re.Match[str]) -> str:
    return found[0] if found[1] == "(" else f"{found[1]} None {found[2] or ''}"


def _is_empty_block(rows: list[str], number: int, indent: int) -> bool:
    for row in rows[number + 1 : number + 50]:
        written = row.strip()
        if written and not written.startswith("#"):
            return len(row) - len(row.lstrip()) <= indent
    return True


def _nests_quotes(text: str, line: int) -> bool:
    """Whether the row that doesn't parse has an f-string whose braces hold its own quotes, a 3.12 way of writing."""
    rows = text.split("\n")
    row = rows[line - 1] if 0 < line <= len(rows) else ""
    return any(
        re.search(rf"{re.escape(quote)}[^{quote}{{}}]*\{{[^{{}}]*{quote}[^{{}}]*\}}", row)
        for quote in {found[1] for found in _FORMATTED.finditer(row)}
    )


_modernize = _by_row(_python2_row)
_MENDINGS: tuple[tuple[Why, str, Callable[[str], str]], ...] = (
    ("newer", "syntax of Python 3.12 or later", _by_row(_newer_row)),
    ("python2", "syntax of Python 2", _modernize),
    ("blanks", "blanks to fill", _fill_blanks),
)
