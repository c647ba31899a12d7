"""Every shipped lesson that a browser can run: from the portal to its last cell, as its author left it, at home."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Browser, Locator, expect

from lite_site.courses.model import Course, Lesson
from lite_site.courses.read import read_site
from lite_site.steps.place_lessons import place_courses
from tests.browser.comparing import differences, read_authored, read_outputs
from tests.browser.conftest import make_window
from tests.browser.driving import LessonPage, RunCell, Window
from tests.browser.hosting import Recording, StaticHost
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

CONTENTS = ROOT / "contents"
DRAWN = "canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean)"
# What Python finds beside a lesson: above a nested one, a module, a file that its cells wrote.
READINGS = {
    "python-premiers-pas/pour aller plus loin/étude de cas.ipynb": "assert open('../data/manchots.csv').read()",
    "statistics/02-bootstrap.ipynb": "import plots; assert 'plots.py' in plots.__file__",
    "python-premiers-pas/07-fichiers.ipynb": "assert 'Rennes' in open('bretagne.csv', encoding='utf-8').read()",
}
FILE_MENU = {"fr": "Fichier", "en": "File"}


def shipped_lessons() -> dict[str, tuple[Course, Lesson]]:
    """The lessons to run, by course and source."""
    courses, _ = place_courses(read_site(CONTENTS)[0].courses)
    return {
        f"{course.slug}/{lesson.path}": (course, lesson)
        for course in courses
        for lesson in course.lessons
        if lesson.placement.where == "browser"
    }


LESSONS = shipped_lessons()


@dataclass(frozen=True, slots=True)
class Opening:
    """A lesson whose page is on its way, in a window of its own."""

    window: Window
    opened: LessonPage
    stack: ExitStack


@dataclass(frozen=True, slots=True)
class Run:
    """A lesson that was run to its end, its page still open."""

    course: Course
    lesson: Lesson
    window: Window
    opened: LessonPage
    cells: list[RunCell]

    @property
    def name(self) -> str:
        return f"{self.course.slug}/{self.lesson.path}"


class Queue:
    """Opens each lesson while the one before it runs: a kernel takes a core to itself for ten seconds or more.

    What is missed or leaves the origin is told of both.
    """

    def __init__(self, names: list[str], open_lesson: Callable[[str], Opening]) -> None:
        self._next = dict(pairwise([*names, None]))
        self._open_lesson = open_lesson
        self._ahead: dict[str, Opening] = {}

    def take(self, name: str) -> Opening:
        """The lesson of that name, opened ahead or now; the next is opened behind it."""
        opening = self._ahead.pop(name, None) or self._open_lesson(name)
        following = self._next.get(name)
        if following is not None:
            self._ahead[following] = self._open_lesson(following)
        return opening

    def close(self) -> None:
        for opening in self._ahead.values():
            opening.stack.close()


@pytest.fixture(scope="module")
def queue(
    request: pytest.FixtureRequest, chromium: Browser, host: StaticHost, trap: Recording, site: str
) -> Iterator[Queue]:
    """The lessons that this session's tests ask for, in their order."""

    def open_lesson(name: str) -> Opening:
        course, lesson = LESSONS[name]
        stack = ExitStack()
        window = make_window(chromium, host, trap, stack)
        page = window.visit(f"{site}index.html")
        page.locator(f'main a[href^="{course.slug}/"]').click()
        page.locator(f'main a[href*="notebooks/index.html?path={quote_plus(str(lesson.published))}"]').click()
        return Opening(window, LessonPage(page), stack)

    asked = (item.callspec.params.get("run") for item in request.session.items if hasattr(item, "callspec"))
    queue = Queue(list(dict.fromkeys(filter(None, asked))), open_lesson)
    yield queue
    queue.close()


@pytest.fixture(scope="module", params=LESSONS)
def run(request: pytest.FixtureRequest, queue: Queue) -> Iterator[Run]:
    """Go from the portal to the lesson by its links, and run all its cells."""
    course, lesson = LESSONS[request.param]
    opening = queue.take(request.param)
    with opening.stack:
        opening.opened.wait_until_open()
        authored = read_authored(course.folder / lesson.path) or []
        cells = opening.opened.run_all([answer for cell in authored for answer in cell.answers])
        yield Run(course, lesson, opening.window, opening.opened, cells)


def only(*names: str) -> pytest.MarkDecorator:
    """Run the test for these lessons; they are opened once for all tests of this module."""
    return pytest.mark.parametrize("run", names, indirect=True)


def test_no_lesson_is_left_out(built_site: Path) -> None:
    courses = [json.loads(path.read_bytes()) for path in built_site.glob("*/course.json")]
    there = {
        f"{course['slug']}/{lesson['path']}"
        for course in courses
        for lesson in course["lessons"]
        if lesson["placement"]["where"] == "browser"
    }
    assert there == set(LESSONS)
    assert len(there) > 20


def test_gives_what_its_author_saw(run: Run) -> None:
    authored = read_authored(run.course.folder / run.lesson.path)
    outputs = [read_outputs(cell.outputs) for cell in run.cells]
    assert all(cell.count for cell in run.cells if cell.source.strip()), "a cell was not run"
    if authored is None:
        assert [told.text for output in outputs for told in output if told.kind == "error"] == []
        return
    told = [
        line
        for number, (cell, got) in enumerate(zip(authored, outputs, strict=True), start=1)
        for line in differences(number, cell, got)
    ]
    assert told == []


def test_stays_on_its_origin_and_misses_nothing(run: Run) -> None:
    assert run.window.off_origin == []
    assert run.window.missed == []
    assert run.window.said == []


def test_interface_speaks_the_lessons_language(run: Run) -> None:
    page = run.opened.page
    language = page.locator("html").get_attribute("lang") or ""
    assert language.partition("-")[0] == run.lesson.language
    expect(page.get_by_role("menuitem", name=FILE_MENU[run.lesson.language], exact=True)).to_be_visible()


@only("python-premiers-pas/01-variables.ipynb")
def test_the_tab_is_named_after_the_lesson(run: Run) -> None:
    assert run.opened.page.title() == "Nombres et variables · Python, premiers pas"


@only("statistics/04-distributions.ipynb")
def test_a_slider_moved_changes_the_output(run: Run) -> None:
    cell = run.opened.scroll_to(8)
    told = cell.locator(".widget-output")
    expect(told).to_contain_text("from 2 to 9 successes")
    drawn = image_in(told)
    handle = cell.get_by_role("slider").first
    handle.focus()
    for _ in range(5):
        handle.press("ArrowRight")
    expect(handle).to_have_attribute("aria-valuenow", "25.0")
    expect(told).to_contain_text("from 2 to 11 successes")
    assert image_in(told) != drawn


def image_in(place: Locator) -> str:
    """The address of the one image in a place, once it shows."""
    image = place.locator("img")
    expect(image).to_be_visible()
    return image.get_attribute("src") or ""


@only("genomique/06-reseau-proteines.ipynb")
def test_a_network_is_drawn(run: Run) -> None:
    canvas = run.opened.scroll_to(9).locator('canvas[data-id="layer2-node"]')
    expect(canvas).to_be_visible()
    run.opened.page.wait_for_function(DRAWN, arg=canvas.element_handle())


@only("python-premiers-pas/08-premier-graphique.ipynb")
def test_a_plot_shows(run: Run) -> None:
    image = run.opened.scroll_to(2).locator("img")
    expect(image).to_be_visible()
    expect(image).to_have_js_property("complete", value=True)
    assert image.evaluate("image => image.naturalWidth") > 300


@only(*READINGS)
def test_files_are_where_python_looks(run: Run) -> None:
    assert run.opened.execute(READINGS[run.name]) == "ok"


@only("python-premiers-pas/07-fichiers.ipynb")
def test_lab_opens_the_lesson_and_lists_the_file_it_wrote(run: Run, site: str) -> None:
    lab = run.window.open_lesson(f"{site}{run.course.slug}/", str(run.lesson.published), app="lab")
    expect(lab.page.get_by_role("menuitem", name="Fichier", exact=True)).to_be_visible()
    expect(lab.page.locator(".jp-DirListing-item", has_text="bretagne.csv")).to_be_visible()
    expect(lab.page.get_by_role("link", name="Page du cours")).to_be_visible()
    assert lab.source(0).startswith("# ")
    lab.close()
