"""The directive `list-table`: a list of lists becomes the rows of a table."""

from collections.abc import Mapping
from itertools import groupby

from markdown_it.token import Token

_LISTS = ("bullet_list_open", "bullet_list_close", "ordered_list_open", "ordered_list_close")


def arrange_rows(tokens: list[Token], options: Mapping[str, str]) -> list[Token]:
    """A table's tokens for those of the nested list; what isn't one stays as it is."""
    rows = _rows_of(tokens)
    if not rows:
        return tokens
    headers, stubs = (_number(options.get(name, "")) for name in ("header-rows", "stub-columns"))
    arranged = [Token("table_open", "table", 1, block=True)]
    for in_head, part in groupby(enumerate(rows), lambda row: row[0] < headers):
        tag = "thead" if in_head else "tbody"
        arranged.append(Token(f"{tag}_open", tag, 1, block=True))
        for _, row in part:
            arranged += _row(row, len(row) if in_head else stubs, "col" if in_head else "row")
        arranged.append(Token(f"{tag}_close", tag, -1, block=True))
    return [*arranged, Token("table_close", "table", -1, block=True)]


def _row(cells: list[list[Token]], heads: int, scope: str) -> list[Token]:
    row = [Token("tr_open", "tr", 1, block=True)]
    for at, cell in enumerate(cells):
        tag = "th" if at < heads else "td"
        attrs: dict[str, str | int | float] = {"scope": scope} if at < heads else {}
        row += [Token(f"{tag}_open", tag, 1, attrs=attrs, block=True), *cell]
        row.append(Token(f"{tag}_close", tag, -1, block=True))
    return [*row, Token("tr_close", "tr", -1, block=True)]


def _rows_of(tokens: list[Token]) -> list[list[list[Token]]]:
    """The cells of each row; nothing unless all is one list of lists."""
    items = _items_of(tokens)
    rows = [_items_of(item) for item in items or []]
    return [row for row in rows if row is not None] if rows and all(row is not None for row in rows) else []


def _items_of(tokens: list[Token]) -> list[list[Token]] | None:
    """The contents of the items of a list; None if the tokens aren't one list from end to end."""
    if len(tokens) < len(_LISTS) or tokens[0].type not in _LISTS or tokens[-1].type not in _LISTS:
        return None
    items: list[list[Token]] = []
    depth = 0
    for token in tokens[1:-1]:
        if depth == 0 and token.type != "list_item_open":
            return None
        depth += token.nesting
        if depth == 1 and token.type == "list_item_open":
            items.append([])
        elif depth:
            items[-1].append(token)
    return items


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < len(_LISTS) else 0
