"""Lessons of one name: in two folders of a course, and in two courses. What is one's stays its own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from lite_site.pipeline import build_site
from lite_site.report import SilentReport
from lite_site.settings import make_settings
from tests.bridge.conftest import OpenBridge
from tests.bridge.driving import CROSS_MS, KERNEL_NAME, BridgePage
from tests.bridge.world import World, build_environments, running_world
from tests.browser.driving import PANEL
from tests.conftest import ROOT
from tests.small import write_lesson

pytestmark = pytest.mark.browser

FIRST, SECOND = "TP 1/séance.ipynb", "TP 2/séance.ipynb"
COURSES = ("chimie", "physique")
LOCKED = ROOT / "contents" / "python-premiers-pas"
CELL = 1
WHERE = "import os\nprint(os.getcwd())"
OPEN = """path => {
  const { commands, shell } = window.jupyterapp;
  const there = [...shell.widgets('main')].find(({ context }) => context?.localPath === path);
  if (there) shell.activateById(there.id); else void commands.execute('docmanager:open', { path });
}"""
KERNEL_ID = f"{PANEL}.sessionContext.session.kernel.id"


def write_same_names(contents: Path) -> Path:
    """Two courses, each with two lessons of one name, with packages that another test's servers have as well."""
    for course in COURSES:
        folder = contents / course
        folder.mkdir(parents=True)
        described = f'title = "{course}"\nlanguage = "fr"\nlicence = "CC0-1.0"\npackages = ["matplotlib"]\n'
        (folder / "course.toml").write_text(described)
        shutil.copy(LOCKED / "environment.lock", folder)
        for lesson in (FIRST, SECOND):
            (folder / lesson).parent.mkdir()
            write_lesson(folder / lesson, WHERE)
    return contents


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A hub for these courses."""
    folder = tmp_path_factory.mktemp("same-names")
    build_site(make_settings(contents=write_same_names(folder / "contents"), output=folder / "_site"), SilentReport())
    with running_world(folder / "_site") as world:
        build_environments(world, COURSES)
        yield world


def bring_to_front(lesson: BridgePage, path: str) -> None:
    """Have that lesson in front in the same page of JupyterLab, opened if it wasn't."""
    lesson.page.evaluate(OPEN, path)
    lesson.page.wait_for_function(f"path => {PANEL}?.context?.localPath === path", arg=path)
    lesson.wait_until_open()


def test_two_lessons_of_one_name_in_one_course(open_bridge: OpenBridge, world: World, person: str) -> None:
    lesson = open_bridge(person).open(COURSES[0], FIRST, "lab").cross_from_toolbar()
    bring_to_front(lesson, SECOND)
    lesson.page.locator(".passerelle-Place button:visible").click()
    lesson.page.wait_for_function(f"({KERNEL_NAME})?.startsWith('hub:')", timeout=CROSS_MS)
    folder = world.course_folder(person, COURSES[0])
    kernels = []
    for path in (SECOND, FIRST):
        bring_to_front(lesson, path)
        kernels.append(lesson.page.evaluate(KERNEL_ID))
        lesson.run_cell(CELL)
        expect(lesson.page.locator(".jp-Cell-outputArea:visible")).to_have_text(f"{(folder / path).parent}\n")
        assert lesson.execute(f"assert 'tour' not in dir()\ntour = {path!r}") == "ok"
    assert len(set(kernels)) == 2
    for path in (SECOND, FIRST):
        bring_to_front(lesson, path)
        assert lesson.execute(f"assert tour == {path!r}, tour") == "ok"
    assert lesson.window.said == []


def test_two_lessons_of_one_name_in_two_courses(open_bridge: OpenBridge, world: World, person: str) -> None:
    window = open_bridge(person)
    lessons = {course: window.open(course, FIRST) for course in COURSES}
    first, second = lessons.values()
    first.cross_from_toolbar()
    second.place.click()  # the hub knows who it is: the window opens and closes by itself
    second.await_crossed()
    for course, lesson in lessons.items():
        lesson.do_cell(f"{WHERE}\ntour = {course!r}\nopen('note.txt', 'w').write(tour)", CELL)
        lesson.expect_output(CELL, str((world.course_folder(person, course) / FIRST).parent))
    for course, lesson in lessons.items():
        assert lesson.execute(f"assert (tour, open('note.txt').read()) == ({course!r}, {course!r})") == "ok"
        assert ((world.course_folder(person, course) / FIRST).parent / "note.txt").read_text() == course

    first.choose("bridge.menu.stop")
    confirm = first.words("bridge.stop.confirm")
    first.page.get_by_role("dialog").get_by_role("button", name=confirm, exact=True).click()
    first.expect_bar("bridge.line.server-gone")
    world.await_no_server(person, COURSES[0])
    first.close()
    assert world.server(person, COURSES[1]) is not None
    second.do_cell("print(tour, os.path.basename(os.getcwd()))", CELL)
    second.expect_output(CELL, f"{COURSES[1]} TP 1")
    expect(second.bar).to_have_count(0)
