"""From a press to the first result on a running server, and from a key to a result, beside JupyterLab on the same hub.

`click`: `ours` is *Start on the cluster* in an open lesson until its first cell shows its result; `peer` is the
address of the hub's JupyterLab for the same notebook, signed in, until the same cell shows the same result. Both with
a kernel that isn't there yet. `round_trip`: Ctrl-Enter in a cell until the page shows the new result, in both pages.
"""

import json
import statistics
import tempfile
import time
from pathlib import Path

import httpx
from bridging import COURSE, LESSON, Crossing, crossing
from measure import parse_options, print_figure
from playwright.sync_api import Error, Page

from tests.bridge.driving import BridgeWindow

CELL = ".jp-CodeCell"
TAKEN = f"/\\[[*\\d]/.test(document.querySelector('{CELL} .jp-InputPrompt')?.textContent ?? '')"
# When the key went down, and when the number before the cell's result became another, on the page's own clock.
WATCH = """() => {
  window.trips = [];
  addEventListener('keydown', (event) => {
    if (event.ctrlKey && event.key === 'Enter') {
      const prompt = () => document.querySelector('.jp-CodeCell .jp-OutputPrompt')?.textContent ?? '';
      const [begun, before] = [performance.now(), prompt()];
      const watcher = new MutationObserver(() => {
        if (prompt() !== before && /\\d/.test(prompt())) {
          watcher.disconnect();
          window.trips.push(performance.now() - begun);
        }
      });
      watcher.observe(document.body, { subtree: true, childList: true, characterData: true });
    }
  }, { capture: true });
}"""


def run_cell(page: Page) -> None:
    """Ctrl-Enter in the first code cell."""
    page.locator(f"{CELL} .cm-content").first.click()
    page.keyboard.press("Control+Enter")


def first_result(page: Page) -> None:
    """Run the first code cell and wait for its result; JupyterLab loses a key that comes while it still connects."""
    for _ in range(20):
        run_cell(page)
        try:
            page.wait_for_function(TAKEN, timeout=1000)
            break
        except Error:
            continue
    page.locator(f"{CELL} .jp-OutputArea-output").first.get_by_text("2", exact=True).wait_for(timeout=120_000)


def forget_kernels(there: Crossing, token: str) -> None:
    """End the pupil's kernels, so that each run starts its own."""
    with httpx.Client(headers={"Authorization": f"Bearer {token}"}, trust_env=False, timeout=60) as client:
        for session in client.get(f"{there.server}api/sessions").raise_for_status().json():
            client.delete(f"{there.server}api/sessions/{session['id']}").raise_for_status()


def round_trips(page: Page, times: int) -> list[float]:
    """Milliseconds from the key to the result, each time."""
    page.evaluate(f"({WATCH})()")
    for done in range(1, times + 1):
        run_cell(page)
        page.wait_for_function("done => window.trips.length >= done", arg=done)
    trips: list[float] = page.evaluate("window.trips")
    return trips


def by_bridge(there: Crossing, window: BridgeWindow, times: int) -> tuple[float, list[float]]:
    """Seconds from the press to the result, and the round trips."""
    lesson = window.open(COURSE, LESSON)
    lesson.page.locator(CELL).first.wait_for()
    begun = time.perf_counter()
    lesson.cross_signed_in()
    first_result(lesson.page)
    first = time.perf_counter() - begun
    trips = round_trips(lesson.page, times)
    lesson.page.evaluate("localStorage.clear()")  # the next run presses Start too
    lesson.page.close()
    return first, trips


def by_jupyterlab(there: Crossing, window: BridgeWindow, times: int) -> tuple[float, list[float]]:
    """The same in the hub's JupyterLab."""
    page = window.context.new_page()
    begun = time.perf_counter()
    page.goto(f"{there.server}lab/tree/{COURSE}/peer.ipynb?reset")
    page.locator(f"{CELL} .cm-content").first.wait_for(timeout=120_000)
    page.locator(
        '.jp-Toolbar-kernelStatus[data-status="idle"], .jp-Notebook-ExecutionIndicator[data-status="idle"]'
    ).first.wait_for(state="attached", timeout=120_000)
    first_result(page)
    first = time.perf_counter() - begun
    trips = round_trips(page, times)
    page.close()
    return first, trips


def write_peer(there: Crossing, token: str) -> None:
    """The lesson beside itself, without results, for JupyterLab to open."""
    lesson = json.loads((there.world.home_of_site / COURSE / "files" / LESSON).read_bytes())
    headers = {"Authorization": f"Bearer {token}"}
    body = {"type": "notebook", "format": "json", "content": lesson}
    address = f"{there.server}api/contents/{COURSE}/peer.ipynb"
    httpx.put(address, json=body, headers=headers, trust_env=False, timeout=60).raise_for_status()


def main() -> None:
    """Print both figures."""
    options = parse_options(__doc__)
    runs, times = (1, 3) if options.quick else (7, 30)
    clicks: tuple[list[float], list[float]] = ([], [])
    trips: tuple[list[float], list[float]] = ([], [])
    with tempfile.TemporaryDirectory() as scratch, crossing(Path(scratch), {}) as there:
        window = there.open_window()
        lesson = window.open(COURSE, LESSON).cross()
        lesson.page.evaluate("localStorage.clear()")
        lesson.page.close()
        token = there.world.hub.token(there.person)
        sides = (by_bridge, by_jupyterlab)
        for _ in range(runs):
            for number, side in enumerate(sides):
                forget_kernels(there, token)
                write_peer(there, token)
                first, took = side(there, window, times)
                clicks[number].append(first)
                trips[number].append(statistics.median(took))
    print_figure("bridge_click.first_result", "s", *clicks)
    print_figure("bridge_click.round_trip", "ms", *trips)


if __name__ == "__main__":
    main()
