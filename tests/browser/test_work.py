"""What a pupil did stays where they did it until they say so: reloads, updates, starting over, neighbours, erasing."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from lite_site.pipeline import build_site
from lite_site.report import SilentReport
from lite_site.settings import make_settings
from tests.browser.conftest import make_window
from tests.browser.driving import LessonPage, Window
from tests.browser.hosting import Recording, StaticHost
from tests.small import write_course, write_lesson

pytestmark = pytest.mark.browser

LESSON = "01-debut.ipynb"
KEPT_BESIDE = "01-debut (ma version).ipynb"
MINE = "print('à moi')"
UNTOUCHED = "print('tel quel')"
BROUGHT = "La leçon est revenue à la version de ton professeur"
HERE, NEIGHBOUR = "/ecole/", "/ecole/sport/"
DATABASES = "indexedDB.databases().then((found) => found.map(({ name }) => name))"


@dataclass(slots=True)
class School:
    """A site of two courses that have a lesson of one name, and the teacher who may change it."""

    folder: Path
    edition: int = 0

    @property
    def site(self) -> Path:
        return self.folder / "_site"

    @property
    def text(self) -> str:
        """The lesson's code as the teacher has it now."""
        return f"print('édition {self.edition}')"

    def publish(self) -> None:
        """Change the lesson of the first course, and build the site in its place."""
        self.edition += 1
        write_lesson(self.folder / "contents" / "calcul" / LESSON, self.text)
        build_site(make_settings(contents=self.folder / "contents", output=self.site), SilentReport())


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> School:
    folder = tmp_path_factory.mktemp("school")
    for course in ("calcul", "lecture"):
        write_course(folder / "contents", course, text=UNTOUCHED)
    school = School(folder)
    school.publish()
    return school


@pytest.fixture(scope="module")
def school_host(school: School) -> Iterator[StaticHost]:
    """The same site twice on one origin, one below the other's address."""
    with StaticHost({NEIGHBOUR: school.site, HERE: school.site}) as host:
        yield host


@pytest.fixture
def window(chromium: Browser, school_host: StaticHost, trap: Recording) -> Iterator[Window]:
    with ExitStack() as stack:
        yield make_window(chromium, school_host, trap, stack)


@pytest.fixture
def here(school_host: StaticHost) -> str:
    return f"{school_host.origin}{HERE}"


@pytest.fixture
def neighbour(school_host: StaticHost) -> str:
    return f"{school_host.origin}{NEIGHBOUR}"


def open_lesson(window: Window, site: str, course: str = "calcul", path: str = LESSON) -> LessonPage:
    return window.open_lesson(f"{site}{course}/", path)


def leave_edited(window: Window, site: str, text: str = MINE, course: str = "calcul") -> None:
    """Open the lesson, change it, save it, close it."""
    opened = open_lesson(window, site, course)
    opened.edit(text, 1)
    opened.close()


def marked(page: Page) -> list[str]:
    """The lessons that the course page calls changed in this browser."""
    return [mark.get_attribute("data-edited") or "" for mark in page.locator("[data-edited]:visible").all()]


def test_typed_and_saved_stays_after_a_reload_and_shows_on_the_course_page(window: Window, here: str) -> None:
    opened = open_lesson(window, here)
    page = opened.page
    page.locator(".jp-CodeCell .cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(MINE)
    page.keyboard.press("Control+s")
    opened.wait_until_kept(LESSON, MINE)
    page.reload()
    opened.wait_until_open()
    assert opened.source(1) == MINE
    assert opened.banner.count() == 0
    page.get_by_role("link", name="Page du cours").click()
    expect(page.locator("[data-work]")).to_be_visible()
    assert marked(page) == [LESSON]
    assert window.off_origin == window.missed == window.said == []


def test_courses_and_sites_of_one_origin_do_not_mix(window: Window, school: School, here: str, neighbour: str) -> None:
    leave_edited(window, here)
    for opened, text in (
        (open_lesson(window, here, "lecture"), UNTOUCHED),
        (open_lesson(window, neighbour), school.text),
    ):
        assert opened.source(1) == text
        assert opened.kept() == {}


def test_erasing_on_the_portal_takes_this_site_and_leaves_the_neighbour(
    window: Window, here: str, neighbour: str
) -> None:
    leave_edited(window, here)
    leave_edited(window, here, course="lecture")
    leave_edited(window, neighbour)
    page = window.visit(f"{here}index.html")
    page.get_by_role("button", name="Effacer mon travail").click()
    page.get_by_role("dialog").get_by_role("button", name="Effacer", exact=True).click()
    expect(page.locator("#erase-status")).to_have_text(re.compile("C’est fait"))
    left = page.evaluate(DATABASES)
    assert [name for name in left if f"{HERE}calcul/" in name or f"{HERE}lecture/" in name] == []
    assert f"JupyterLite Storage - {NEIGHBOUR}calcul/" in left
    scopes = "navigator.serviceWorker.getRegistrations().then((all) => all.map(({ scope }) => new URL(scope).pathname))"
    assert page.evaluate(scopes) == [NEIGHBOUR]
    page.goto(f"{here}calcul/index.html")
    expect(page.locator("[data-work]")).to_be_hidden()
    page.goto(f"{neighbour}calcul/index.html")
    expect(page.locator("[data-work]")).to_be_visible()


def test_erasing_closes_the_lessons_left_open_and_keeps_nothing_of_them(window: Window, here: str) -> None:
    opened = open_lesson(window, here)
    opened.edit(MINE, 1)
    opened.edit("print('pas enregistré')", 1, save=False)
    page = window.visit(f"{here}calcul/index.html")
    page.get_by_role("button", name="Effacer mon travail").click()
    page.get_by_role("dialog").get_by_role("button", name="Effacer", exact=True).click()
    opened.page.wait_for_url(f"{here}calcul/index.html")
    expect(page.locator("#erase-status")).to_have_text(re.compile("C’est fait"))
    assert [name for name in page.evaluate(DATABASES) if f"{HERE}calcul/" in name] == []


def test_erasing_takes_a_sign_in_that_was_begun_in_the_tab_and_left(window: Window, here: str, neighbour: str) -> None:
    for site, kept in ((here, 0), (neighbour, 1)):
        page = window.visit(f"{here}index.html")
        leave_note = "back => sessionStorage.setItem('passerelle.sign-in', JSON.stringify({ state: 's', back }))"
        page.evaluate(leave_note, f"{site}calcul/notebooks/index.html?path={LESSON}")
        page.get_by_role("button", name="Effacer mon travail").click()
        page.get_by_role("dialog").get_by_role("button", name="Effacer", exact=True).click()
        expect(page.locator("#erase-status")).to_have_text(re.compile("C’est fait"))
        assert page.evaluate("sessionStorage.length") == kept


def test_starting_over_brings_the_teachers_version_and_keeps_mine_if_asked(
    window: Window, school: School, here: str
) -> None:
    opened = open_lesson(window, here)
    opened.edit(MINE, 1)
    start_over(opened.page, keep=False)
    opened.wait_for_source(school.text, 1)
    expect(opened.banner).to_contain_text(BROUGHT)  # until then a second press does nothing: the kernel restarts
    assert set(opened.kept()) == set()
    opened.edit("print('encore')", 1)
    opened.edit("print('pas enregistré')", 1, save=False)
    start_over(opened.page, keep=True)
    opened.wait_for_source(school.text, 1)
    expect(opened.banner).to_contain_text(KEPT_BESIDE)
    assert sources(opened.kept()) == {KEPT_BESIDE: "print('pas enregistré')"}
    assert opened.execute("1 + 1") == "ok"


def start_over(page: Page, *, keep: bool) -> None:
    page.get_by_role("button", name="Recommencer").click()
    dialog = page.locator(".jp-Dialog")
    box = dialog.get_by_role("checkbox")
    expect(box).to_be_checked()
    box.set_checked(keep)
    dialog.get_by_role("button", name="Recommencer").click()
    dialog.wait_for(state="detached")


def sources(kept: dict[str, dict[str, list[dict[str, str]]]]) -> dict[str, str]:
    """The code of kept notebooks by path."""
    return {path: notebook["cells"][1]["source"] for path, notebook in kept.items()}


def test_an_update_is_offered_and_declining_it_keeps_mine(window: Window, school: School, here: str) -> None:
    leave_edited(window, here)
    school.publish()
    opened = open_lesson(window, here)
    expect(opened.banner).to_contain_text("mis cette leçon à jour")
    opened.page.get_by_role("button", name="Garder la mienne").click()
    expect(opened.banner).to_contain_text("Tu gardes ta version")
    assert opened.source(1) == MINE
    opened.page.reload()
    opened.wait_until_open()
    opened.page.wait_for_function("window.jupyterapp.commands.isEnabled('passerelle:see-new-version')")
    assert opened.banner.count() == 0
    assert opened.source(1) == MINE
    opened.page.get_by_role("menuitem", name="Fichier", exact=True).click()
    opened.page.get_by_role("menuitem", name="Voir la nouvelle version de la leçon").click()
    opened.wait_for_source(school.text, 1)
    assert sources(opened.kept())[KEPT_BESIDE] == MINE


def test_an_update_taken_keeps_mine_beside_it(window: Window, school: School, here: str) -> None:
    leave_edited(window, here)
    school.publish()
    opened = open_lesson(window, here)
    opened.page.get_by_role("button", name="Voir la nouvelle version").click()
    opened.wait_for_source(school.text, 1)
    expect(opened.banner).to_contain_text(KEPT_BESIDE)
    assert sources(opened.kept()) == {KEPT_BESIDE: MINE}
    with window.context.expect_page() as mine:
        opened.page.get_by_role("button", name="Ouvrir ma version").click()
    copy = LessonPage(mine.value)
    copy.wait_until_open()
    assert copy.source(1) == MINE


def test_an_update_shows_at_once_where_nothing_was_changed(window: Window, school: School, here: str) -> None:
    opened = open_lesson(window, here)
    assert opened.source(1) == school.text
    opened.close()
    school.publish()
    opened = open_lesson(window, here)
    opened.wait_for_source(school.text, 1)
    assert opened.banner.count() == 0
