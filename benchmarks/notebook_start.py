"""From an address to a notebook's first result: a site whose kernels start from a snapshot, beside the same without it.

`ours` is the site as it is built, `peer` the same contents with `snapshot = false`. Both open a lesson in the Notebook
interface, run its first cell as soon as a kernel is attached, and end when the page shows the result. `cold` is a fresh
browser profile, `warm` a second visit in it; the host is on the same machine, so that the network takes no time.
`bytes.cold` is what the host sent for the cold visit, uncompressed.
"""

import shutil
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bridging import COURSE, LESSON, write_course
from measure import parse_options, print_figure, take_turns
from playwright.sync_api import Browser, sync_playwright
from sides import OurSide

from lite_site.proving.browser import FLAGS, PROGRAMS
from tests.browser.conftest import make_window
from tests.browser.driving import RUN_CELL, LessonPage, Window
from tests.browser.hosting import Recording, StaticHost, TrapHandler

ATTACHED = "window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel != null"
PATIENCE_MS = 240_000


@dataclass(frozen=True, slots=True)
class Visits:
    """Seconds to the first result, and bytes sent, of a first visit and of a second."""

    cold: float
    warm: float
    sent: int


def write_contents(folder: Path, *, snapshot: bool) -> Path:
    """One course of one lesson that runs in the browser."""
    write_course(folder, {})
    course = folder / COURSE / "course.toml"
    course.write_text(course.read_text().replace('placement = "cluster"\n', ""))
    (folder / "site.toml").write_text(f"snapshot = {str(snapshot).lower()}\n")
    return folder


def first_result(window: Window, address: str) -> float:
    """Seconds until a fresh page shows its first result."""
    page = window.context.new_page()
    begun = time.perf_counter()
    page.goto(f"{address}{COURSE}/notebooks/index.html?path={LESSON}")
    LessonPage(page).wait_until_open()
    page.wait_for_function(ATTACHED, timeout=PATIENCE_MS)
    page.evaluate(RUN_CELL, 1)
    page.locator(".jp-OutputArea-executeResult").get_by_text("2", exact=True).wait_for(timeout=PATIENCE_MS)
    took = time.perf_counter() - begun
    page.close()
    return took


def visit_twice(chromium: Browser, host: StaticHost, trap: Recording) -> Visits:
    """Open the lesson in a fresh profile, then again."""
    since = len(host.visits)
    with ExitStack() as stack:
        window = make_window(chromium, host, trap, stack)
        cold = first_result(window, f"{host.origin}/")
        sent = sum(size_of(host, visit.address) for visit in host.visits[since:] if visit.status == 200)
        return Visits(cold, first_result(window, f"{host.origin}/"), sent)


def size_of(host: StaticHost, address: str) -> int:
    """The bytes of a file that was sent."""
    path = host.mounts["/"] / address.partition("?")[0].lstrip("/")
    return path.stat().st_size if path.is_file() else 0


def main(folder: Path, runs: int) -> None:
    """Build both sites in `folder`, and print the figures."""
    sides = [OurSide(folder / name) for name in ("snapshot", "plain")]
    for side, snapshot in zip(sides, (True, False), strict=True):
        side.build_afresh(write_contents(folder / f"contents-{snapshot}", snapshot=snapshot))
    program = next(filter(None, map(shutil.which, PROGRAMS)))
    with (
        sync_playwright() as playwright,
        Recording(TrapHandler) as trap,
        StaticHost({"/": sides[0].site}) as ours,
        StaticHost({"/": sides[1].site}) as peer,
    ):
        chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", *FLAGS])
        mine, theirs = take_turns(
            runs, lambda: visit_twice(chromium, ours, trap), lambda: visit_twice(chromium, peer, trap)
        )
        chromium.close()
    print_figure("notebook_start.cold", "s", [one.cold for one in mine], [one.cold for one in theirs])
    print_figure("notebook_start.warm", "s", [one.warm for one in mine], [one.warm for one in theirs])
    print_figure("notebook_start.bytes.cold", "bytes", [one.sent for one in mine], [one.sent for one in theirs])


if __name__ == "__main__":
    options = parse_options(__doc__)
    with tempfile.TemporaryDirectory(prefix="notebook-start-") as scratch:
        main(Path(scratch), runs=1 if options.quick else 7)
