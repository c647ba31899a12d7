"""What axe-core and a keyboard say of the sample pages, in the real browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext

import lite_site

AXE = Path(lite_site.__file__).parent / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
LESSON = "genomique/lessons/04.html"
PATHS = [
    "index.html",
    "index.en.html",
    "genomique/index.html",
    "genomique/index.en.html",
    "404.html",
    "_passerelle/signed-in.html",
    LESSON,
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

pytestmark = pytest.mark.browser


@pytest.fixture(params=["light", "dark"])
def context(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[BrowserContext]:
    scheme: Literal["light", "dark"] = request.param
    opened = chromium.new_context(color_scheme=scheme, viewport={"width": 800, "height": 700})
    yield opened
    opened.close()


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing(context: BrowserContext, site_url: str, path: str) -> None:
    if not AXE.is_file():
        pytest.fail("axe-core is not installed: run `make frontend`")
    page = context.new_page()
    page.goto(site_url + path)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    look = "rules => axe.run({runOnly: rules}).then(found => found.violations.map(v => v.id + ': ' + v.nodes[0].html))"
    assert page.evaluate(look, RULES) == []
    page.evaluate("document.querySelectorAll('details').forEach((box) => { box.open = true; })")
    assert page.evaluate(look, RULES) == []
    if path.startswith(("index", "genomique/index")):
        page.click("#erase-open")
        assert page.evaluate(look, RULES) == []


@pytest.mark.parametrize("width", [320, 390, 800, 1280])
@pytest.mark.parametrize("path", PATHS)
def test_no_sideways_scrolling(chromium: Browser, site_url: str, path: str, width: int) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 700})
    page.goto(site_url + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_keyboard_skips_to_the_content_and_shows_where_it_is(context: BrowserContext, site_url: str) -> None:
    page = context.new_page()
    page.goto(site_url + "genomique/index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Tous les cours"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_page_reads_without_script(chromium: Browser, site_url: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + "genomique/index.html")
    assert page.get_by_role("heading", name="Aligner des lectures").is_visible()
    assert page.locator("noscript").is_visible()
    assert not page.locator("#erase-open").is_visible()
    assert not page.locator("dialog").is_visible()
    context.close()
