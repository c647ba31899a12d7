"""What runs on the cluster is found again: after a reload, in another tab, over a broken line, under a new hub."""

import pytest
from playwright.sync_api import expect

from tests.bridge.conftest import OpenBridge
from tests.bridge.driving import BridgePage
from tests.bridge.world import World

pytestmark = pytest.mark.browser

COURSE, LESSON, CELL = "python-premiers-pas", "01-variables.ipynb", 2
LONG = """import time
marque = 41
for tour in range({tours}):
    print("tour", tour, flush=True)
    time.sleep(1)
"""


@pytest.fixture(scope="module")
def person(world: World) -> str:
    """One person for these tests: their server runs on from one to the next."""
    return world.newcomer("zoe")


@pytest.fixture
def lesson(open_bridge: OpenBridge, person: str) -> BridgePage:
    """A light lesson, on the cluster."""
    return open_bridge(person).open(COURSE, LESSON).cross_from_toolbar()


def kernel_id(lesson: BridgePage) -> str:
    found: str = lesson.page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.id")
    return found


def test_a_reload_finds_the_kernel_and_what_it_said(lesson: BridgePage) -> None:
    before = kernel_id(lesson)
    lesson.start_cell(LONG.format(tours=12), CELL)
    lesson.expect_output(CELL, "tour 1")
    lesson.page.reload()
    lesson.wait_until_open()
    lesson.expect_bar("bridge.remembered")
    lesson.cross_signed_in("bridge.action.find")
    assert kernel_id(lesson) == before
    assert lesson.words("bridge.found") in lesson.told
    lesson.expect_output(CELL, "tour 11")
    lesson.await_idle()
    assert lesson.execute("assert marque == 41") == "ok"
    assert lesson.output_of(CELL).strip().split("\n") == [f"tour {tour}" for tour in range(12)]


def test_a_second_tab_has_the_same_kernel(lesson: BridgePage) -> None:
    lesson.do_cell("cote = 7", CELL)
    other = lesson.window.open(COURSE, LESSON)
    other.expect_bar("bridge.remembered")
    other.cross_signed_in("bridge.action.find")
    assert kernel_id(other) == kernel_id(lesson)
    assert other.execute("assert cote == 7") == "ok"
    lesson.do_cell("print(cote + 1)", CELL)
    lesson.expect_output(CELL, "8")


def test_a_reload_beside_a_second_tab_misses_nothing_and_says_nothing_of_it(lesson: BridgePage) -> None:
    other = lesson.window.open(COURSE, LESSON)
    other.cross_signed_in("bridge.action.find")
    lesson.start_cell(LONG.format(tours=12), CELL)
    lesson.expect_output(CELL, "tour 1")
    lesson.page.reload()
    lesson.wait_until_open()
    lesson.cross_signed_in("bridge.action.find")
    lesson.expect_output(CELL, "tour 11")
    lesson.await_idle()
    assert lesson.output_of(CELL).strip().split("\n") == [f"tour {tour}" for tour in range(12)]
    lesson.page.wait_for_timeout(3000)
    assert [text for text in lesson.told if lesson.words("missed.lostOne") in text] == []
    assert other.execute("assert marque == 41") == "ok"


def test_a_cut_line_is_told_and_mended(lesson: BridgePage, world: World) -> None:
    lesson.start_cell(LONG.format(tours=16), CELL)
    lesson.expect_output(CELL, "tour 1")
    world.cable.cut()
    try:
        expect(lesson.bar).to_contain_text("Ton noyau continue")
    finally:
        world.cable.mend()
    expect(lesson.bar).to_have_count(0, timeout=60_000)
    lesson.await_idle()
    lesson.expect_output(CELL, "tour 15")
    assert lesson.output_of(CELL).strip().split("\n") == [f"tour {tour}" for tour in range(16)]
    assert lesson.execute("assert marque == 41") == "ok"


def test_lines_that_were_on_the_wire_when_it_broke_are_shown(lesson: BridgePage, world: World) -> None:
    lesson.start_cell(LONG.format(tours=16), CELL)
    lesson.expect_output(CELL, "tour 1")
    world.cable.lose()
    lesson.page.wait_for_timeout(3500)
    shown = lesson.output_of(CELL)
    world.cable.mend()
    lesson.expect_output(CELL, "tour 15", timeout=40_000)
    lesson.await_idle()
    assert "tour 4" not in shown
    assert lesson.output_of(CELL).strip().split("\n") == [f"tour {tour}" for tour in range(16)]
    assert [text for text in lesson.told if lesson.words("missed.lostOne") in text] == []


def test_lines_that_were_on_the_wire_at_a_reload_are_shown(lesson: BridgePage, world: World) -> None:
    lesson.start_cell(LONG.format(tours=12), CELL)
    lesson.expect_output(CELL, "tour 1")
    world.cable.lose()
    lesson.page.wait_for_timeout(3500)
    lesson.page.reload()
    world.cable.mend()
    lesson.wait_until_open()
    lesson.cross_signed_in("bridge.action.find")
    lesson.expect_output(CELL, "tour 11")
    lesson.await_idle()
    assert lesson.output_of(CELL).strip().split("\n") == [f"tour {tour}" for tour in range(12)]
    lesson.page.wait_for_timeout(3000)
    assert [text for text in lesson.told if lesson.words("missed.lostOne") in text] == []


def test_a_hub_that_restarts_disturbs_nobody(lesson: BridgePage, world: World) -> None:
    lesson.start_cell(LONG.format(tours=8), CELL)
    world.hub.restart_hub()
    lesson.expect_output(CELL, "tour 7", timeout=60_000)
    lesson.do_cell("print(marque + 1)", CELL)
    lesson.expect_output(CELL, "42")
    expect(lesson.place).to_contain_text(lesson.words("bridge.place.here"))
    other = lesson.window.open(COURSE, LESSON)
    other.cross_signed_in("bridge.action.find")
    assert kernel_id(other) == kernel_id(lesson)
