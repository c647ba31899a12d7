"""A browser kernel that meets its limit offers the cluster, and then the cells above."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from lite_site.language import Language
from tests.bridge.conftest import OpenBridge
from tests.bridge.driving import CROSS_MS, BridgePage
from tests.bridge.faults import expect_untouched, open_and_write
from tests.bridge.world import World, build_environments, running_world

pytestmark = pytest.mark.browser

COURSE, LESSON, ABOVE, CELL = "python-premiers-pas", "01-variables.ipynb", 2, 4
HUNGRY = "import sys\nif sys.platform == 'emscripten':\n    raise MemoryError\nprint('place :', marque)"

HEAVY_COURSE, HEAVY, HEAVY_TEXT = "genomique", "data/lectures.fastq", "ACGTACGTACGT\n"
"""A file of the course that is on the hub's machine and too big for the site."""
ENDLESS = (
    "import sys, time\nprint('va', flush=True)\nwhile sys.platform == 'emscripten':\n    time.sleep(1)\nprint(mien)"
)
MINE = "ce que j’ai écrit"
"""What `open_and_write` puts into the variable `mien`."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """A cell of a lesson that runs on the cluster only: what it lacks here, and what it says `there`."""

    kind: str
    subject: str
    text: str
    there: str
    path: str
    cell: int
    language: Language = "fr"


LACKING = (
    # Every server's kernel needs psutil, and nobody makes a wheel of it for browsers.
    Lacking("module", "psutil", "import psutil\nprint(mien, psutil.cpu_count() > 0)", "True", "01-fasta.ipynb", 5),
    Lacking("file", HEAVY, f"print(mien, open('{HEAVY}').read())", HEAVY_TEXT, "02-gc.ipynb", 3, "en"),
    Lacking("program", "bowtie2 --version", "!bowtie2 --version\nprint(mien)", "bowtie2-align", "03-orf.ipynb", 4),
)


@pytest.fixture(scope="module")
def world(built_site: Path) -> Iterator[World]:
    """A hub with a file of the course that its site hasn't."""
    with running_world(built_site, toml=f'courses.{HEAVY_COURSE}.data = "lourd"\n') as world:
        heavy = world.folder / "hub" / "lourd" / HEAVY
        heavy.parent.mkdir(parents=True)
        heavy.write_text(HEAVY_TEXT)
        described = world.home_of_site / HEAVY_COURSE / "course.json"
        course = json.loads(described.read_text())
        course["heavy_files"] = [{"path": HEAVY, "bytes": len(HEAVY_TEXT)}]
        described.unlink()
        described.write_text(json.dumps(course))
        build_environments(world, [COURSE, HEAVY_COURSE])
        yield world


@pytest.fixture(scope="module")
def pupil(world: World) -> str:
    """One person for lessons of one course: their server runs on from one test to the next."""
    return world.newcomer("noe")


def test_a_cell_too_big_for_the_browser_is_offered_the_cluster_and_the_cells_above(
    open_bridge: OpenBridge, person: str
) -> None:
    lesson = open_bridge(person).open(COURSE, LESSON)
    lesson.do_cell("marque = 41", ABOVE)
    lesson.do_cell(HUNGRY, CELL)
    offer = offer_of(lesson, "memory")
    cross_from(lesson, offer)
    lesson.run_cell(CELL)
    lesson.expect_output(CELL, "place : 41")


@pytest.mark.parametrize("lacking", LACKING, ids=lambda lacking: lacking.kind)
def test_what_the_browser_lacks_is_on_the_cluster(open_bridge: OpenBridge, pupil: str, lacking: Lacking) -> None:
    lesson = open_and_write(open_bridge(pupil, language=lacking.language), HEAVY_COURSE, lacking.path)
    lesson.run_cell(ABOVE)
    lesson.do_cell(lacking.text, lacking.cell)
    offer = offer_of(lesson, lacking.kind, lacking.subject)
    cross_from(lesson, offer)
    lesson.run_cell(lacking.cell)
    lesson.expect_output(lacking.cell, MINE)
    lesson.expect_output(lacking.cell, lacking.there)
    assert lesson.source(lacking.cell) == lacking.text
    expect_untouched(lesson, lacking.path)


def test_a_cell_that_runs_for_long_goes_on_where_the_page_may_be_closed(open_bridge: OpenBridge, pupil: str) -> None:
    window = open_bridge(pupil)
    window.context.clock.install()
    path, number = "04-kmers.ipynb", 3
    lesson = open_and_write(window, HEAVY_COURSE, path)
    lesson.run_cell(ABOVE)
    lesson.start_cell(ENDLESS, number)
    lesson.expect_output(number, "va")
    lesson.page.clock.fast_forward("09:30")
    expect(region_of(lesson)).to_have_count(0)
    lesson.page.clock.fast_forward("00:40")
    offer = offer_of(lesson, "long", "10")
    cross_from(lesson, offer)
    lesson.run_cell(number)
    lesson.expect_output(number, MINE)
    assert lesson.source(number) == ENDLESS
    expect_untouched(lesson, path)


def test_a_name_that_is_nowhere_isnt_promised_on_the_cluster(open_bridge: OpenBridge, pupil: str) -> None:
    path = "05-expression-acp.ipynb"
    lesson = open_and_write(open_bridge(pupil), HEAVY_COURSE, path)
    lesson.do_cell("import panadas", 4)
    offer = offer_of(lesson, "module.nowhere", "panadas")
    expect(offer.get_by_role("button", name=lesson.words("limits.run"))).to_have_count(0)
    offer.get_by_role("button", name=lesson.words("limits.close")).click()
    expect(offer).to_have_count(0)
    expect_untouched(lesson, path)


def region_of(lesson: BridgePage) -> Locator:
    """Where the browser's limits are told."""
    return lesson.page.get_by_role("region", name=lesson.words("limits.name"))


def offer_of(lesson: BridgePage, kind: str, subject: str = "") -> Locator:
    """The bar that offers the cluster, once it says why."""
    offer = region_of(lesson)
    expect(offer).to_contain_text(lesson.words(f"limits.{kind}", name=subject))
    return offer


def cross_from(lesson: BridgePage, offer: Locator) -> None:
    """Take the offer, sign in, and have the cells above run again there."""
    with lesson.page.expect_popup() as opened:
        offer.get_by_role("button", name=lesson.words("limits.run")).click()
    lesson.window.fill_form(opened.value)
    lesson.await_crossed()
    expect(offer).to_contain_text(lesson.words("limits.rerun.said"), timeout=CROSS_MS)
    offer.get_by_role("button", name=lesson.words("limits.rerun.run")).click()
    expect(offer).to_have_count(0)
    lesson.await_idle()
