"""Rule: a table's cells have headers, and say in words or signs what their colours say."""

from collections import defaultdict
from collections.abc import Iterator

from lite_site.notebooks.accessibility.page import Page, quoted
from lite_site.notebooks.accessibility.styles import UNKNOWN, Look, Paint, look_of
from lite_site.notebooks.accessibility.tree import Node
from lite_site.problems import Problem

_LAYOUT = frozenset(["none", "presentation"])
_HEADER_ROLES = frozenset(["columnheader", "rowheader"])
_NO_DATA = ("img", "ul", "ol", "pre", "iframe", "video", "svg", *(f"h{level}" for level in range(1, 7)))
_SPANS = ("colspan", "rowspan")


def problems_in_tables(page: Page) -> Iterator[Problem]:
    """Tables of data without headers, and tables whose colours say what nothing else does."""
    for table in page.find("table"):
        if table.attrs.get("role") in _LAYOUT:
            continue
        rows = [[cell for cell in row.children if cell.tag in {"td", "th"}] for row in table.find("tr")]
        if not _has_headers(table) and _is_data(table, rows):
            yield Problem(
                page.place_of(table),
                "The table's columns and rows have no header, so a cell read alone means nothing.",
                "Write the headers in its first row, above the dashes."
                if table.written == "markdown"
                else "Make the cells of its first row, or the first of each row, <th> instead of <td>.",
                "table-no-headers",
                "warning",
            )
        yield from _colour_problems(page, table, rows)


def _has_headers(table: Node) -> bool:
    """Whether any cell is a header, as HTML tells it, with words in it."""
    return any(
        cell.said() or any(cell.find("img", "svg", "input"))
        for cell in table.find("td", "th")
        if cell.tag == "th" or "scope" in cell.attrs or cell.attrs.get("role") in _HEADER_ROLES
    )


def _is_data(table: Node, rows: list[list[Node]]) -> bool:
    """Whether it is certainly a table of data: several columns and rows, words or numbers in its cells.

    Tables that place images, whole parts of a page or names alone side by side are left alone.
    """
    filled = [[cell for cell in row if cell.said()] for row in rows]
    names = all(_is_name(cell) for row in filled for cell in row)
    return sum(len(row) > 1 for row in filled) > 1 and not names and not any(table.find(*_NO_DATA)) and _is_alone(table)


def _is_name(cell: Node) -> bool:
    """Whether the cell is nothing but a piece of code or a link."""
    parts = [child for child in cell.children if not child.is_blank]
    return len(parts) == 1 and parts[0].tag in {"code", "a"}


def _is_alone(table: Node) -> bool:
    """Whether it neither holds a table nor stands in one."""
    return not table.is_in("table") and sum(1 for _ in table.find("table")) == 1


def _colour_problems(page: Page, table: Node, rows: list[list[Node]]) -> Iterator[Problem]:
    """Cells that say the same, or nothing, and differ by their colour.

    A colour that a whole row or column has is taken for decoration, as is one in a table whose cells span others.
    """
    if any(name in cell.attrs for row in rows for cell in row for name in _SPANS) or not _is_alone(table):
        return
    for text, cells in _alike(_painted(rows)).items():
        coloured = [cell for paint, cell in cells if paint != _BARE]
        if coloured and len({paint for paint, _ in cells}) > 1:
            what = f"that say {quoted(text)}" if text else "with nothing in them"
            yield Problem(
                page.place_of(coloured[0]),
                f"Cells {what} are told apart by their colour alone.",
                "Say in the cells what the colour means, with a word or a sign.",
                "table-colour-only",
                "warning",
            )
            return


_Painted = tuple[Paint, Paint]
_BARE: _Painted = (None, None)


def _painted(rows: list[list[Node]]) -> list[list[tuple[_Painted, Node]]]:
    """The cells with their own colours, those of a whole row or column left out."""
    grid = [[(_own(cell), cell) for cell in row] for row in rows]
    columns: defaultdict[int, list[_Painted]] = defaultdict(list)
    for row in grid:
        for number, (paint, cell) in enumerate(row):
            if cell.tag == "td":
                columns[number].append(paint)
    striped = {number for number, paints in columns.items() if len(paints) > 1 and len(set(paints)) == 1}
    return [
        [
            (_BARE if number in striped or (len(row) > 1 and len({one for one, _ in row}) == 1) else paint, cell)
            for number, (paint, cell) in enumerate(row)
        ]
        for row in grid
    ]


def _own(cell: Node) -> _Painted:
    """Ground and text colour of a cell, or of the one element that holds all it says."""
    looks = [_look(cell)]
    node = cell
    while len(seen := [child for child in node.children if not child.is_blank]) == 1 and seen[0].attrs:
        node = seen[0]
        looks.append(_look(node))
    ground = next((look.ground for look in looks if look.ground is not None), None)
    text = next((look.text for look in reversed(looks) if look.text is not None), None)
    return (None if ground == UNKNOWN else ground, None if text == UNKNOWN else text)


def _look(node: Node) -> Look:
    return look_of(node) if node.attrs else Look()


def _alike(grid: list[list[tuple[_Painted, Node]]]) -> dict[str, list[tuple[_Painted, Node]]]:
    """The data cells by what they say; those whose text is said in another way aside."""
    groups: defaultdict[str, list[tuple[_Painted, Node]]] = defaultdict(list)
    for row in grid:
        for paint, cell in row:
            named = any(node.attrs.get(name) for node in cell.walk() for name in ("aria-label", "title"))
            if cell.tag == "td" and not named and not any(cell.find("img", "svg", "input")):
                groups[cell.said()].append((paint, cell))
    return groups
