"""The portal and the course pages of the real site: reading, keyboard, languages, policy, accessibility."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import lite_site
from tests.browser.conftest import OpenWindow
from tests.browser.driving import LessonPage, Window

pytestmark = pytest.mark.browser

AXE = Path(lite_site.__file__).parent / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOK = """rules => axe.run({ runOnly: rules })
  .then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`))"""
PAGES = ["index.html", "index.en.html", "genomique/index.html", "genomique/index.en.html", "404.html"]
TABS = 60


def tab_to(page: Page, href: str) -> None:
    """Press Tab until the focus is on the link to `href`."""
    for _ in range(TABS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href')") == href:
            return
    pytest.fail(f"{TABS} times Tab, and never on {href}")


def test_portal_and_course_page_read_without_script(open_window: OpenWindow, site: str) -> None:
    window = open_window(java_script_enabled=False)
    page = window.visit(f"{site}index.html")
    cards = page.locator("main .card")
    assert cards.count() == 3
    page.get_by_role("link", name="Lire un génome avec Python").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lire un génome avec Python")
    titles = page.locator("main .lesson h3")
    expect(titles).to_have_count(7)
    expect(titles.first).to_have_text("Lire un fichier FASTA")
    assert page.locator("#erase-open").is_hidden()
    page.get_by_role("link", name="Le taux de GC").first.click()
    expect(page.locator("noscript p")).to_be_visible()
    assert window.off_origin == window.missed == []


def test_a_keyboard_goes_from_portal_to_lesson(window: Window, site: str) -> None:
    page = window.visit(f"{site}index.html")
    tab_to(page, "python-premiers-pas/index.html")
    page.keyboard.press("Enter")
    page.wait_for_url("**/python-premiers-pas/index.html")
    tab_to(page, "notebooks/index.html?path=03-conditions.ipynb")
    page.keyboard.press("Enter")
    page.wait_for_url("**/notebooks/index.html?path=03-conditions.ipynb")
    LessonPage(page).wait_until_open()


def test_the_language_switches_and_switches_back(window: Window, site: str) -> None:
    page = window.visit(f"{site}index.html")
    for course, french, english in (
        (None, "Les cours de Passerelle", "Passerelle's courses"),
        ("genomique", "Lire un génome avec Python", "Reading a genome with Python"),
    ):
        if course:
            page.locator(f'main a[href^="{course}/"]').click()
        expect_language_and_title(page, "fr", french)
        page.get_by_role("link", name="English", exact=True).first.click()
        expect_language_and_title(page, "en", english)
        page.get_by_role("link", name="Français", exact=True).click()
        expect_language_and_title(page, "fr", french)
    page.locator('a[hreflang="en"]', has_text="English").last.click()
    LessonPage(page).wait_until_open()
    assert page.locator("html").get_attribute("lang") == "en"


def expect_language_and_title(page: Page, language: str, title: str) -> None:
    """Wait until the page is in that language, and its title and its heading say the same."""
    expect(page.locator("html")).to_have_attribute("lang", language)
    words = title.replace("'", "['\N{RIGHT SINGLE QUOTATION MARK}]")
    expect(page).to_have_title(re.compile(rf"^{words}( · |$)"))
    expect(page.get_by_role("heading", level=1)).to_have_text(page.title().partition(" · ")[0])


@pytest.mark.parametrize("path", PAGES)
def test_axe_and_narrow_screens_have_nothing_to_say(open_window: OpenWindow, site: str, path: str) -> None:
    page = open_window(bypass_csp=True).visit(site + path)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.emulate_media(color_scheme="dark")
        assert page.evaluate(LOOK, RULES) == []
        page.emulate_media(color_scheme="light")
        assert page.evaluate(LOOK, RULES) == []


def test_a_page_opened_as_a_file_says_what_to_do(open_window: OpenWindow, built_site: Path) -> None:
    page = open_window().visit((built_site / "index.html").as_uri())
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Les cours de Passerelle"))
    page.goto((built_site / "genomique" / "notebooks" / "index.html").as_uri() + "?path=01-fasta.ipynb")
    expect(page.locator("body")).to_contain_text("python -m http.server")
    expect(page.locator("body")).to_contain_text("Cette page ne fonctionne pas")
    page.goto((built_site / "statistics" / "notebooks" / "index.html").as_uri())
    expect(page.locator("body")).to_contain_text("This page does not work when opened as a file")


def test_a_lesson_for_the_cluster_reads_and_says_why(window: Window, site: str) -> None:
    page = window.visit(f"{site}genomique/index.en.html")
    why = "This lesson runs bowtie2 and samtools, two programs that cannot run in a browser."
    lesson = page.locator("main .lesson", has_text=why)
    assert lesson.count() == 1
    assert lesson.locator("h3 a").count() == 0
    page.get_by_role("link", name="Français", exact=True).click()
    page.get_by_role("link", name="Lire la leçon – Aligner des lectures sur un génome").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Aligner des lectures sur un génome")
    page.get_by_text("Pourquoi elle a besoin du cluster").click()
    expect(page.locator("main")).to_contain_text("Cette leçon lance bowtie2 et samtools")
    page.get_by_role("link", name="Ouvrir cette leçon").first.click()
    opened = LessonPage(page)
    opened.wait_until_open()
    expect(opened.banner).to_contain_text("besoin du cluster")
    expect(opened.banner).to_contain_text("Cette leçon lance bowtie2 et samtools")
    expect(page.get_by_role("heading", name="Aligner des lectures sur un génome")).to_be_visible()
    assert window.off_origin == window.said == []
