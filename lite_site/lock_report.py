"""What `passerelle lock` tells: a table of changes for people, values for programs."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from lite_site.environment.changes import Change, Versions
from lite_site.environment.server.words import text_of
from lite_site.locking import Locked

Row = tuple[str, ...]
CHANGES: Row = ("Package", "Browser", "Server")
DIFFERENCES: Row = ("Package", "Browser", "Server", "What it means")


def lines_about(locked: Locked, *, rich: bool) -> Iterator[str]:
    """What became of a course's lock, line by line; tables are drawn with `rich`, else they are plain columns."""
    draw = _drawn if rich else _plain
    lock = locked.lock
    if lock is None:
        yield f"{locked.folder}: nothing to lock, no package is declared or imported."
        return
    browser = f"{len(lock.browser)} package{'' if len(lock.browser) == 1 else 's'} for the browser"
    counts = f"{browser}, {len(lock.server)} for the server (Python {lock.python})"
    if not locked.is_changed:
        yield f"{locked.folder}: nothing to change: {counts}."
    else:
        yield f"{locked.folder}: environment.lock {'made' if locked.is_new else 'changed'}: {counts}."
    rows = [_change(change, locked) for change in locked.changes if not locked.is_new or change.package in locked.asked]
    if rows:
        yield ""
        yield from draw(CHANGES, rows)
    if others := len(locked.changes) - len(rows):
        yield f"and {others} more that these need."
    if locked.differences:
        yield ""
        yield "The two sides differ:"
        told = ((one, text_of(one).in_language("en")) for one in locked.differences)
        yield from draw(DIFFERENCES, [(one.package, one.browser or "–", one.server or "–", text) for one, text in told])


def as_json(locked: Locked) -> dict[str, object]:
    """The same for programs."""
    return {
        "course": str(locked.folder),
        "locked": locked.lock is not None,
        "changed": locked.is_changed,
        "python": locked.lock and locked.lock.python,
        "changes": [asdict(change) for change in locked.changes],
        "differences": [{**asdict(one), "text": dict(text_of(one).by_language)} for one in locked.differences],
        "problems": [problem.as_dict() for problem in locked.remarks],
    }


def _change(change: Change, locked: Locked) -> Row:
    return change.package, *(_side(versions, first=locked.is_new) for versions in (change.browser, change.server))


def _side(versions: Versions, *, first: bool) -> str:
    if not versions.differ:
        return versions.new or "–"
    if versions.old is None:
        return versions.new or "–" if first else f"new: {versions.new}"
    return f"{versions.old} → {versions.new or 'gone'}"


def _plain(titles: Row, rows: Sequence[Row]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(titles, *rows, strict=True)]
    for row in (titles, *rows):
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _drawn(titles: Row, rows: Sequence[Row]) -> Iterator[str]:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 - a pipe must not wait for it
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(*titles, box=SIMPLE_HEAD)
    for row in rows:
        table.add_row(*map(Text, row))
    console = Console()
    with console.capture() as captured:
        console.print(table)
    yield captured.get().strip("\n")
