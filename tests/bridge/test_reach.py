"""The bar by keyboard, for screen readers, at all widths; other ways to the hub; and a site that knows no hub."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.bridge.conftest import OpenBridge
from tests.bridge.driving import BridgePage, make_bridge_window
from tests.bridge.world import SUB_PATH, World
from tests.browser.conftest import make_window
from tests.browser.hosting import Recording, StaticHost
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

COURSE, LESSON = "genomique", "07-alignement.ipynb"
AXE = ROOT / "lite_site" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
# JupyterLab's own parts are not ours to mend.
WRONG = """(inside) => axe.run({ include: inside }, { rules: { region: { enabled: false } } })
  .then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`))"""
NO_POPUPS = "window.open = () => null;"


@pytest.fixture(scope="module")
def settled(chromium: Browser, world: World, trap: Recording) -> Iterator[BridgePage]:
    """A heavy lesson on the cluster, with a file that a cell made."""
    with ExitStack() as stack:
        window = make_bridge_window(chromium, world, trap, stack, world.newcomer("mia"), language="en")
        lesson = window.open(COURSE, LESSON).cross()
        lesson.execute("open('made.csv', 'w').write('a,b')")
        yield lesson


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_has_nothing_to_say(
    open_bridge: OpenBridge, settled: BridgePage, width: int, theme: Literal["light", "dark"]
) -> None:
    lesson = open_bridge(settled.window.person, viewport={"width": width, "height": 700}).open(COURSE, LESSON)
    use_theme(lesson, theme)
    lesson.expect_bar("bridge.needs")
    assert_fine(lesson.page, [".passerelle-Banner"])
    box = lesson.bar.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width + 1

    page = settled.page
    page.set_viewport_size({"width": width, "height": 700})
    use_theme(settled, theme)
    settled.command("passerelle:server-files")
    expect(page.get_by_role("dialog").get_by_text("made.csv")).to_be_visible()
    assert_fine(page, [".jp-Dialog"])
    page.keyboard.press("Escape")
    settled.command("passerelle:stop-server")
    expect(page.get_by_role("dialog")).to_contain_text(settled.words("bridge.stop.question"))
    assert_fine(page, [".jp-Dialog"])
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def use_theme(lesson: BridgePage, theme: Literal["light", "dark"]) -> None:
    """Have the system light or dark; the page follows."""
    lesson.page.emulate_media(color_scheme=theme)
    lesson.page.wait_for_function(
        "light => document.body.dataset.jpThemeLight === light", arg=str(theme == "light").lower()
    )


def assert_fine(page: Page, inside: list[str]) -> None:
    # The page's policy lets no script in but the site's own.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(WRONG, inside) == []


def test_all_of_it_by_keyboard(open_bridge: OpenBridge, person: str) -> None:
    lesson = open_bridge(person).open(COURSE, LESSON)
    words = lesson.words
    start = lesson.bar.get_by_role("button", name=words("bridge.action.start"))
    start.focus()
    with lesson.page.expect_popup() as opened:
        lesson.page.keyboard.press("Enter")
    popup = opened.value
    popup.locator("#username_input").wait_for()
    popup.keyboard.type(person)
    popup.keyboard.press("Tab")
    popup.keyboard.type(lesson.window.world.hub.passwords[person])
    popup.keyboard.press("Enter")
    expect(lesson.bar.get_by_role("status")).to_contain_text(words("bridge.stage.starting"), timeout=60_000)
    expect(lesson.bar.get_by_role("button", name=words("bridge.action.cancel"))).to_be_focused()
    lesson.await_crossed()
    expect(lesson.bar.get_by_role("status")).to_contain_text(words("bridge.ready"))
    lesson.page.keyboard.press("Enter")
    expect(lesson.bar).to_have_count(0)
    lesson.place.focus()
    lesson.page.keyboard.press("Enter")
    expect(lesson.page.locator(".lm-Menu").last).to_be_focused()
    lesson.page.keyboard.press("Escape")
    expect(lesson.place).to_be_focused()


def test_a_blocked_window_leads_through_the_page_itself(open_bridge: OpenBridge, person: str) -> None:
    window = open_bridge(person)
    window.context.add_init_script(NO_POPUPS)
    lesson = window.open(COURSE, LESSON)
    lesson.edit("marque = 'la mienne'", 2)
    lesson.press("bridge.action.start")
    lesson.sign_in_instead().await_crossed()
    assert lesson.source(2) == "marque = 'la mienne'"
    assert lesson.execute("1") == "ok"


def test_the_hubs_jupyterlab_has_notebook_and_data(settled: BridgePage) -> None:
    settled.edit("print('de la page')", 2)
    with settled.page.expect_popup() as opened:
        settled.command("passerelle:open-in-hub")
    lab = opened.value
    expect(lab.locator(".jp-NotebookPanel")).to_contain_text("de la page", timeout=60_000)
    lab.close()


def test_the_hub_opens_a_lesson_for_whoever_comes_without_the_page(
    open_bridge: OpenBridge, person: str, world: World
) -> None:
    window = open_bridge(person)
    page = window.visit(f"{world.hub.url}hub/passerelle/open/{COURSE}?lesson={LESSON}")
    window.fill_form(page)
    page.wait_for_url(f"**/lab/tree/{COURSE}/{LESSON}", timeout=90_000)
    expect(page.locator(".jp-NotebookPanel")).to_contain_text("FASTQ", timeout=60_000)
    assert (world.course_folder(person, COURSE) / "data" / "lambda.fa").exists()


def test_a_site_without_a_hub_shows_no_trace_of_one(built_site: Path, chromium: Browser, trap: Recording) -> None:
    with StaticHost({SUB_PATH: built_site}) as host, ExitStack() as stack:
        window = make_window(chromium, host, trap, stack)
        lesson = window.open_lesson(f"{host.origin}{SUB_PATH}{COURSE}/", LESSON)
        expect(lesson.banner).to_contain_text("cluster")
        assert lesson.page.locator(".passerelle-Place").count() == 0
        assert lesson.page.evaluate("window.jupyterapp.commands.hasCommand('passerelle:run-on-cluster')") is False
        assert window.off_origin == []
