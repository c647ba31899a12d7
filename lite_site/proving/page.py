"""A lesson open in the browser, its cells run one by one."""

import asyncio
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, TypedDict

from playwright.async_api import BrowserContext, ConsoleMessage, Error, Page, Request

from lite_site.proving.outcome import Failure, one_line
from lite_site.proving.trap import BROWSERS_OWN

OPEN_MS = 90_000  # a page and its kernel, on a busy machine
ASKED_AT_MOST = 50  # questions in one cell: after so many, it waits for an answer it likes
_CLASS = re.compile(r"^<class '(?:[\w.]*\.)?(\w+)'>$")  # pyodide-kernel's way to name an exception
ON_THE_SITE = ("data:", "blob:", "about:", "file:")


class _Told(TypedDict):
    errors: list[dict[str, str]]
    asked: int
    replied: bool
    state: Literal["done", "waiting", "dead"]


class _Described(TypedDict):
    index: int
    source: str
    tags: list[str]
    answers: list[str]


@dataclass(frozen=True, slots=True)
class CodeCell:
    """A code cell: `number` counts all cells from 1; `answers` are what its author types where it asks."""

    number: int
    source: str
    tags: frozenset[str]
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CellRun:
    """What running a cell showed: its first error if any, how often it asked, whether it waits or its kernel died."""

    failure: Failure | None
    asked: int
    state: Literal["done", "waiting", "dead", "lost"]


class LessonPage:
    """A lesson's page in a window of its own; `notes` is what it said and asked for that it shouldn't."""

    def __init__(self, page: Page, origin: str) -> None:
        self._page, self._origin = page, origin
        self._notes: dict[str, None] = {}
        page.context.on("request", self._note_request)
        page.context.on("console", self._note_console)
        page.on("pageerror", lambda error: self._note(f"uncaught: {error}"))
        page.on("crash", self._note_crash)
        self._crashed = asyncio.Event()

    @property
    def notes(self) -> tuple[str, ...]:
        """What was seen besides, each once, in order."""
        return tuple(self._notes)

    async def open(self, address: str) -> None:
        """Load the lesson and wait for its kernel; Playwright's Error where that doesn't come about."""
        await self._page.add_init_script(script())
        await self._page.goto(address)
        await self._page.wait_for_function("window.passerelleProving.isOpen()", timeout=OPEN_MS)
        await self._page.wait_for_function("window.passerelleProving.isReady()", timeout=OPEN_MS)

    async def code_cells(self) -> tuple[CodeCell, ...]:
        """Its code cells, in order."""
        told: list[_Described] = await self._page.evaluate("window.passerelleProving.codeCells()")
        return tuple(map(_code_cell, told))

    async def run(self, cell: CodeCell, seconds: float) -> CellRun:
        """Run a cell to its end; TimeoutError where that takes longer than `seconds`."""
        asked = {"index": cell.number - 1, "answers": list(cell.answers), "most": ASKED_AT_MOST}
        running = asyncio.ensure_future(self._page.evaluate("asked => window.passerelleProving.runCell(asked)", asked))
        crashed = asyncio.ensure_future(self._crashed.wait())
        try:
            await asyncio.wait({running, crashed}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if self._crashed.is_set():
                return CellRun(None, 0, "dead")
            if not running.done():
                raise TimeoutError
            return _cell_run(running.result(), cell)
        except Error:  # the cell broke its own page, or left it
            return CellRun(None, 0, "dead")
        finally:
            running.cancel()
            crashed.cancel()
            await asyncio.gather(running, crashed, return_exceptions=True)

    def _note(self, text: str) -> None:
        self._notes.setdefault(one_line(text))

    def _note_crash(self, _page: Page) -> None:
        self._crashed.set()

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self._origin}/", *ON_THE_SITE, *BROWSERS_OWN)):
            self._note(f"asked for {request.url}")

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._note(f"console: {message.text}")


async def open_lesson(context: BrowserContext, origin: str, address: str) -> LessonPage:
    """The lesson at `address` in a new page of the context, its kernel ready."""
    opened = LessonPage(await context.new_page(), origin)
    await opened.open(address)
    return opened


@cache
def script() -> str:
    """What drives the lesson from within its page."""
    return (files("lite_site.proving") / "page.js").read_text(encoding="utf-8")


def _code_cell(told: _Described) -> CodeCell:
    return CodeCell(told["index"] + 1, told["source"], frozenset(told["tags"]), tuple(told["answers"]))


def _cell_run(told: _Told, cell: CodeCell) -> CellRun:
    first = told["errors"][0] if told["errors"] else None
    failure = Failure(_CLASS.sub(r"\1", str(first["name"])), str(first["text"])) if first else None
    lost = told["state"] == "done" and not told["replied"] and failure is None and cell.source.strip()
    return CellRun(failure, told["asked"], "lost" if lost else told["state"])
