"""The shipped lessons as pages to read: without a script, by keyboard, on a phone, at night, on paper."""

import json
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenWindow
from tests.browser.driving import Window
from tests.browser.test_pages import AXE, LOOK, RULES

pytestmark = pytest.mark.browser

COURSES = ("genomique", "python-premiers-pas", "statistics")
LOOKS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((320, "dark"), (1280, "light"))
GC = "genomique/lessons/02-gc.html"
# A picture that can't be shown has no width of its own.
BROKEN = "[...document.images].filter((image) => !image.naturalWidth).map((image) => image.src.slice(0, 60))"
NAMELESS = "[...document.querySelectorAll('[tabindex=\"0\"]')].filter((box) => !box.ariaLabel).length"


def pages_of(built_site: Path, course: str) -> dict[str, list[dict[str, Any]]]:
    """The pages of a course's lessons, and the cells of code they were made of."""
    lessons = json.loads((built_site / course / "course.json").read_bytes())["lessons"]
    return {
        f"{course}/{lesson['page']}": [
            cell
            for cell in json.loads((built_site / course / "files" / lesson["published"]).read_bytes())["cells"]
            if cell["cell_type"] == "code"
        ]
        for lesson in lessons
    }


def shows(cell: dict[str, Any]) -> bool:
    """Whether the cell left something to see."""
    return any("data" in output or "".join(output["text"]).strip() for output in cell["outputs"])


@pytest.mark.parametrize("course", COURSES)
def test_every_lesson_reads_without_a_script(open_window: OpenWindow, site: str, built_site: Path, course: str) -> None:
    window = open_window(java_script_enabled=False)
    for path, cells in pages_of(built_site, course).items():
        page = window.visit(site + path)
        expect(page.locator("article h1")).to_have_count(1)
        expect(page.locator("article .code:visible")).to_have_count(sum(bool(cell["source"]) for cell in cells))
        expect(page.locator("article .outputs:visible")).to_have_count(sum(map(shows, cells)))
        assert page.locator("script").count() == 0
    assert window.off_origin == window.missed == window.said == []


@pytest.mark.parametrize("course", COURSES)
def test_axe_and_narrow_screens_have_nothing_to_say(
    open_window: OpenWindow, site: str, built_site: Path, course: str
) -> None:
    window = open_window(bypass_csp=True)
    for path in pages_of(built_site, course):
        page = window.visit(site + path)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        for width, theme in LOOKS:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=theme)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert page.evaluate(LOOK, RULES) == [], (path, width, theme)
        assert page.evaluate(BROKEN) == [], path
        assert page.evaluate(NAMELESS) == 0, path


def test_text_twice_as_large_still_fits(window: Window, site: str) -> None:
    page = window.visit(site + GC)
    page.set_viewport_size({"width": 640, "height": 512})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_a_keyboard_reads_the_lesson_and_goes_on_to_run_it(window: Window, site: str) -> None:
    page = window.visit(site + GC)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    reached = walk(page)
    assert reached.index("Exécuter cette leçon") < reached.index("Cellule de code 3") < reached.index("Leçon suivante")
    page.get_by_role("group", name="Cellule de code 3").focus()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.locator("a.run").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/notebooks/index.html?path=02-gc.ipynb")


def walk(page: Page) -> list[str]:
    """What Tab stops at from here on: names of groups, texts of links; of a link to another lesson which one it is."""
    stops: list[str] = []
    for _ in range(120):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "((at) => at.ariaLabel ?? (at.rel === 'next' ? 'Leçon suivante' : at.textContent.trim()))"
            "(document.activeElement)"
        )
        stops.append(name)
        if name == "Leçon suivante":
            break
    return stops


def test_contents_lead_to_their_sections_wide_and_narrow(window: Window, site: str) -> None:
    page = window.visit(site + GC)
    page.set_viewport_size({"width": 1280, "height": 800})
    link = page.get_by_role("navigation", name="Dans cette leçon").get_by_role("link", name="À retenir")
    link.click()
    expect(page.get_by_role("heading", name="À retenir")).to_be_in_viewport()
    page.set_viewport_size({"width": 320, "height": 800})
    expect(link).to_be_hidden()
    page.locator(".contents summary").click()
    link.click()
    expect(page.get_by_role("heading", name="À retenir")).to_be_in_viewport()


def test_lessons_follow_each_other_and_change_language(window: Window, site: str) -> None:
    page = window.visit(f"{site}genomique/index.html")
    page.get_by_role("link", name="Lire la leçon – Lire un fichier FASTA").click()
    page.get_by_role("link", name="Le taux de GC le long du génome").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Le taux de GC le long du génome")
    page.locator('a[rel="prev"]').click()
    page.get_by_role("link", name="English", exact=True).click()
    page.wait_for_url("**/lessons/01-fasta.en.html")
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Reading a genome with Python").click()
    page.wait_for_url("**/genomique/index.en.html")
    assert window.off_origin == window.missed == window.said == []


def test_paper_holds_the_outputs_and_not_the_ways(window: Window, site: str) -> None:
    page = window.visit(site + GC)
    page.emulate_media(media="print")
    assert page.locator("article .outputs").first.is_visible()
    for left_out in (".contents", ".lesson-end", "a.run", ".skip"):
        assert page.locator(left_out).first.is_hidden()
    assert page.locator(".code").first.evaluate("box => box.scrollWidth <= box.clientWidth")
