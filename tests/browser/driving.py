"""A browser window as a pupil has it, and a lesson opened in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request

from tests.browser.hosting import Recording, StaticHost

# Chromium asks its maker how to fill in forms, from wherever a page has a field: no page can prevent it.
BROWSERS_OWN = "content-autofill.googleapis.com:443"
OPEN_MS, RUN_MS, SOON_MS = 90_000, 240_000, 40_000
PANEL = "window.jupyterapp.shell.currentWidget"
READY = "window.jupyterapp?.shell?.currentWidget?.context?.isReady === true"
# `status` is idle once the kernel is attached; a command sent before is lost without a word.
KERNEL_READY = "window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
UNANSWERED = ".jp-Stdin-input:not([data-answered])"
START = """async () => {
  window.runs = { done: false, failed: null };
  window.jupyterapp.commands.execute('notebook:run-all-cells')
    .then(() => { window.runs.done = true; }, (error) => { window.runs.failed = String(error); });
}"""
# Cells out of sight are not in the page: a pupil scrolls to the one that waits.
DONE_OR_ASKING = """() => {
  if (window.runs.done || window.runs.failed) return true;
  const notebook = window.jupyterapp.shell.currentWidget.content;
  const running = notebook.widgets.findIndex((cell) => cell.model.executionState === 'running');
  if (running >= 0 && running !== window.runs.seen) { window.runs.seen = running; void notebook.scrollToItem(running); }
  return document.querySelector('.jp-Stdin-input:not([data-answered])') !== null;
}"""
CODE_CELLS = """() => window.jupyterapp.shell.currentWidget.content.widgets
  .filter((cell) => cell.model.type === 'code')
  .map(({ model }) => ({
    source: model.sharedModel.getSource(), count: model.executionCount, outputs: model.outputs.toJSON(),
  }))"""
RUN_CELL = """async number => {
  window.jupyterapp.shell.currentWidget.content.activeCellIndex = number;
  await window.jupyterapp.commands.execute('notebook:run-cell');
}"""
EXECUTE = """code => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel
  .requestExecute({ code }).done.then((reply) => reply.content.status)"""
BASE = "new URL(JSON.parse(document.getElementById('jupyter-config-data').textContent).baseUrl, location).pathname"
KEPT = """name => new Promise((resolve, reject) => {
  const request = indexedDB.open(name);
  request.onupgradeneeded = () => request.transaction.abort();
  request.onerror = () => resolve({});
  request.onsuccess = () => {
    const database = request.result;
    const files = database.transaction('files').objectStore('files');
    const [keys, values] = [files.getAllKeys(), files.getAll()];
    values.onsuccess = () => {
      database.close();
      resolve(Object.fromEntries(keys.result.map((key, at) => [key, values.result[at].content])));
    };
  };
})"""


class Window:
    """A browser context with everything it asked for and said on record."""

    def __init__(self, context: BrowserContext, host: StaticHost, trap: Recording) -> None:
        self.context = context
        context.set_default_timeout(OPEN_MS)
        self.said: list[str] = []
        self._asked: list[str] = []
        self._host, self._trap = host, trap
        self._since = len(host.visits), len(trap.visits)
        context.on("request", self._note_request)
        context.on("console", self._note_console)
        context.on("weberror", lambda error: self.said.append(f"uncaught: {error.error}"))

    def _note_request(self, request: Request) -> None:
        self._asked.append(request.url)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.said.append(f"{message.text} ({message.location['url']})")

    @property
    def off_origin(self) -> list[str]:
        """Requests off the origin, those included that the page's policy refused."""
        own = (f"{self._host.origin}/", "data:", "blob:", "about:", "file:")
        return [address for address in self._asked if not address.startswith(own)] + self.left

    @property
    def left(self) -> list[str]:
        """Requests that did leave the origin, from whatever thread: they came as far as the trap."""
        return [visit.address for visit in self._trap.visits[self._since[1] :] if visit.address != BROWSERS_OWN]

    @property
    def missed(self) -> list[str]:
        """What the site was asked for and didn't have."""
        return self._host.missed(self._since[0])

    def visit(self, address: str) -> Page:
        """Open `address` in a new tab."""
        page = self.context.new_page()
        page.goto(address)
        return page

    def open_lesson(self, course: str, path: str, app: str = "notebooks") -> "LessonPage":
        """Open a lesson of the course at address `course` (ending in /); its kernel may still be starting."""
        opened = LessonPage(self.visit(f"{course}{app}/index.html?path={quote(path)}"))
        opened.wait_until_open()
        return opened


@dataclass(frozen=True, slots=True)
class RunCell:
    """A code cell after a run: its number in [brackets] and its outputs (nbformat 4)."""

    source: str
    count: int | None
    outputs: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class LessonPage:
    """A lesson that stands open."""

    page: Page

    def wait_until_open(self) -> None:
        self.page.wait_for_function(READY, timeout=OPEN_MS)

    def wait_for_kernel(self) -> None:
        self.page.wait_for_function(KERNEL_READY, timeout=OPEN_MS)

    def run_all(self, answers: Sequence[str] = ()) -> list[RunCell]:
        """Run all cells, typing `answers` as input() asks; the code cells with what they gave."""
        self.wait_for_kernel()
        self.page.evaluate(START)
        waiting = list(answers)
        while True:
            self.page.wait_for_function(DONE_OR_ASKING, timeout=RUN_MS)
            if self.page.evaluate("window.runs.done || window.runs.failed !== null"):
                break
            self.type_answer(waiting.pop(0))
        assert self.page.evaluate("window.runs.failed") is None
        assert waiting == [], "input() asked less often than the lesson says"
        return [RunCell(**cell) for cell in self.page.evaluate(CODE_CELLS)]

    def type_answer(self, answer: str) -> None:
        box = self.page.locator(UNANSWERED).element_handle(timeout=SOON_MS)
        box.fill(answer)
        box.evaluate("box => { box.dataset.answered = ''; }")
        box.press("Enter")

    def scroll_to(self, number: int) -> Locator:
        """Bring a cell into sight: those that aren't have no outputs in the page."""
        self.page.evaluate(f"number => {PANEL}.content.scrollToItem(number)", number)
        return self.page.locator(f'.jp-Cell[data-windowed-list-index="{number}"]')

    def run_cell(self, number: int) -> None:
        """Run one cell to its end."""
        self.wait_for_kernel()
        self.page.evaluate(RUN_CELL, number)

    def execute(self, code: str) -> str:
        """Run `code` in the lesson's kernel, outside its cells; "ok" or "error"."""
        self.wait_for_kernel()
        return str(self.page.evaluate(EXECUTE, code))

    def source(self, number: int = 0) -> str:
        return str(
            self.page.evaluate(f"number => {PANEL}.content.model.cells.get(number).sharedModel.getSource()", number)
        )

    def edit(self, text: str, number: int = 0, *, save: bool = True) -> None:
        """Put `text` in a cell, and save as the page does."""
        self.page.evaluate(
            f"([text, number]) => {PANEL}.content.model.cells.get(number).sharedModel.setSource(text)", [text, number]
        )
        if save:
            self.page.evaluate(f"() => {PANEL}.context.save()")

    def wait_for_source(self, text: str, number: int = 0) -> None:
        self.page.wait_for_function(
            f"([text, number]) => {PANEL}.content.model?.cells.get(number)?.sharedModel.getSource() === text",
            arg=[text, number],
            timeout=SOON_MS,
        )

    @property
    def banner(self) -> Locator:
        return self.page.locator(".passerelle-Banner")

    @property
    def storage(self) -> str:
        """The name of the database that keeps the course's files in this browser."""
        return f"JupyterLite Storage - {self.page.evaluate(BASE)}"

    def kept(self) -> dict[str, Any]:
        """What this browser keeps of the course: contents by path."""
        kept: dict[str, Any] = self.page.evaluate(f"name => ({KEPT})(name)", self.storage)
        return kept

    def wait_until_kept(self, path: str, text: str) -> None:
        """Wait until this browser keeps a notebook at `path` with `text` as a cell's source."""
        self.page.wait_for_function(
            "async ([name, path, text]) => "
            f"(await ({KEPT})(name))[path]?.cells.some(({{ source }}) => source === text)",
            arg=[self.storage, path, text],
            timeout=SOON_MS,
        )

    def close(self) -> None:
        self.page.close()
