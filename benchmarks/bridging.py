"""What benchmarks of the bridge start from: a site, a hub, a Chromium, and a pupil whose server runs."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from measure import run_command
from playwright.sync_api import sync_playwright

from lite_site.proving.browser import FLAGS, PROGRAMS
from tests.bridge.driving import BridgeWindow, make_bridge_window
from tests.bridge.world import World, build_environments, running_world
from tests.browser.hosting import Recording, TrapHandler

ROOT = Path(__file__).parents[1]
COURSE, LESSON = "pont", "mesure.ipynb"


@dataclass(frozen=True, slots=True)
class Crossing:
    """A world with one course, and a pupil of it; `open_window` gives them a fresh browser."""

    world: World
    person: str
    open_window: Callable[[], BridgeWindow]

    @property
    def server(self) -> str:
        """The address of the pupil's server of the course."""
        return f"{self.world.hub.url}user/{self.person}/{COURSE}/"


def write_course(contents: Path, data: dict[str, bytes]) -> None:
    """A course of one lesson that is placed on the cluster, with these files."""
    course = contents / COURSE
    (course / "data").mkdir(parents=True)
    budget = '[budget]\nfile = "1 GB"\n' if data else ""
    words = 'title = "Le pont"\nlanguage = "fr"\n'
    lesson = f'[[lessons]]\npath = "{LESSON}"\nplacement = "cluster"\n'
    (course / "course.toml").write_text(f'{words}data = ["data/*"]\n{budget}{lesson}' if data else f"{words}{lesson}")
    for name, content in data.items():
        (course / "data" / name).write_bytes(content)
    cell: dict[str, object] = {
        "cell_type": "code",
        "execution_count": None,
        "id": "a",
        "metadata": {},
        "outputs": [],
        "source": "1 + 1",
    }
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    heading = {"cell_type": "markdown", "id": "b", "metadata": {}, "source": "# Mesure"}
    notebook = {"cells": [heading, cell], "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    (course / LESSON).write_text(json.dumps(notebook))


@contextmanager
def crossing(folder: Path, data: dict[str, bytes]) -> Iterator[Crossing]:
    """Build, connect, start the hub and a browser; all ended at the end."""
    contents, site = folder / "contents", folder / "_site"
    write_course(contents, data)
    command = [sys.executable, str(ROOT / "build.py")]
    run_command([*command, "build", "--contents", str(contents), "--output", str(site)], folder)
    program = next(filter(None, map(shutil.which, PROGRAMS)))
    with ExitStack() as stack:
        world = stack.enter_context(running_world(site))
        build_environments(world, [COURSE])
        browser = stack.enter_context(sync_playwright()).chromium.launch(
            executable_path=program, args=["--no-sandbox", *FLAGS]
        )
        stack.callback(browser.close)
        trap = stack.enter_context(Recording(TrapHandler))
        person = world.newcomer()
        yield Crossing(world, person, lambda: make_bridge_window(browser, world, trap, stack, person))
