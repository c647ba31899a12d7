"""When the way to the cluster is barred: a sentence, a next step, the notebook untouched."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Route, expect

from tests.bridge.conftest import OpenBridge
from tests.bridge.driving import Words
from tests.bridge.faults import (
    BROKEN,
    CLOSED,
    COURSE,
    HOSTILE,
    end_server,
    expect_told,
    expect_untouched,
    make_teacher,
    open_and_write,
    running_faults,
)
from tests.bridge.world import World

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def world(built_site: Path) -> Iterator[World]:
    """A hub of this module's own, which its tests may break."""
    with running_faults(built_site, at_most=2) as world:
        yield world


@pytest.fixture(autouse=True)
def cable(world: World) -> Iterator[None]:
    """Whole again after each test."""
    yield
    world.cable.mend()


def test_no_hub_before_the_press(open_bridge: OpenBridge, world: World, person: str) -> None:
    lesson = open_and_write(open_bridge(person))
    world.cable.cut()
    with lesson.page.expect_popup() as opened:
        lesson.press("bridge.action.start")
    expect_told(lesson, "bridge.problem.unreachable", "again", "browser")
    if not opened.value.is_closed():  # its own error page says nothing of ours
        opened.value.wait_for_event("close")
    world.cable.mend()
    with lesson.page.expect_popup() as again:
        lesson.press("bridge.action.again")
    expect(again.value.locator("#username_input")).to_be_visible()
    again.value.wait_for_timeout(2000)
    again.value.close()
    expect_told(lesson, "bridge.problem.popup-closed", "again", "browser")


def test_hub_lost_after_the_sign_in(open_bridge: OpenBridge, world: World, ended: str) -> None:
    window = open_bridge(ended, language="en")
    lesson = open_and_write(window)

    def lose(route: Route) -> None:
        world.cable.cut()
        route.continue_()

    window.context.route("**/services/passerelle/courses", lose)
    lesson.sign_in()
    expect_told(lesson, "bridge.problem.unreachable", "again", "browser")
    window.context.unroute("**/services/passerelle/courses")
    world.cable.mend()
    lesson.press("bridge.action.again")
    lesson.expect_bar("bridge.stage.starting")
    world.cable.cut()
    lesson.page.wait_for_timeout(1000)
    world.cable.mend()
    lesson.await_crossed()


@pytest.mark.parametrize("comes_back", [True, False], ids=["comes back", "is given up"])
def test_hub_away_during_a_start(open_bridge: OpenBridge, world: World, ended: str, *, comes_back: bool) -> None:
    lesson = open_and_write(open_bridge(ended)).sign_in()
    lesson.expect_bar("bridge.stage.starting")
    world.cable.cut()
    lesson.expect_bar("bridge.stage.unanswered")
    expect_untouched(lesson)
    if comes_back:
        lesson.page.wait_for_timeout(20_000)
        lesson.expect_bar("bridge.stage.unanswered")
        world.cable.mend()
        lesson.await_crossed()
    else:
        lesson.press("bridge.action.cancel")
        lesson.expect_bar("bridge.needs")
        world.cable.mend()


@pytest.mark.parametrize("seen", [True, False], ids=["seen to be away", "back at once"])
def test_a_hub_that_restarts_during_a_start_is_asked_again(
    open_bridge: OpenBridge, world: World, ended: str, *, seen: bool
) -> None:
    lesson = open_and_write(open_bridge(ended)).sign_in()
    lesson.expect_bar("bridge.stage.starting")
    if seen:
        world.cable.cut()
    world.hub.restart_hub()
    if seen:
        lesson.expect_bar("bridge.stage.unanswered")
        world.cable.mend()
    lesson.await_crossed()
    lesson.do_cell("print('there')", 4)
    lesson.expect_output(4, "there")


def test_wrong_password_and_a_code_that_was_used_already(open_bridge: OpenBridge, world: World, person: str) -> None:
    window = open_bridge(person)
    lesson = open_and_write(window)

    def spend(route: Route) -> None:
        route.fetch()
        route.continue_()

    window.context.route("**/bridge/token", spend, times=1)
    with lesson.page.expect_popup() as opened:
        lesson.press("bridge.action.start")
    opened.value.locator("#username_input").fill(person)
    opened.value.locator("#password_input").fill("not it")
    opened.value.locator("#login_submit").click()
    expect(opened.value.get_by_role("alert")).to_be_visible()
    lesson.expect_bar("bridge.stage.signing-in")
    window.fill_form(opened.value)
    expect_told(lesson, "bridge.problem.sign-in-failed", "again", "browser")


def test_a_start_that_fails_shows_its_log_to_a_teacher_only(open_bridge: OpenBridge, world: World) -> None:
    pupil, teacher = world.newcomer("falls"), world.newcomer("falls")
    make_teacher(world, teacher)
    lesson = open_and_write(open_bridge(pupil)).sign_in()
    expect_told(lesson, "bridge.problem.failed", "again", "browser")
    expect(lesson.bar).to_contain_text("s’est arrêté avant d’être prêt")
    expect(lesson.bar.locator("details")).to_have_count(0)
    assert "cannot start" not in lesson.page.content()

    lesson = open_and_write(open_bridge(teacher)).sign_in()
    expect_told(lesson, "bridge.problem.failed", "again", "browser")
    lesson.bar.get_by_text(lesson.words("bridge.log")).click()
    expect(lesson.bar.locator("pre")).to_contain_text(f"cannot start: {HOSTILE}")
    expect_told(lesson, "bridge.problem.failed")


def test_a_start_that_takes_too_long(open_bridge: OpenBridge, world: World) -> None:
    pupil, teacher = world.newcomer("mute"), world.newcomer("mute")
    make_teacher(world, teacher)
    lessons = [open_and_write(open_bridge(person)).sign_in() for person in (pupil, teacher)]
    for lesson in lessons:
        expect_told(lesson, "bridge.problem.failed", "again", "browser")
        expect(lesson.bar).to_contain_text("trop de temps")
    expect(lessons[0].bar.locator("details")).to_have_count(0)
    expect(lessons[1].bar.locator("pre")).to_contain_text("waiting for a disk")
    for person in (pupil, teacher):
        world.await_no_server(person, COURSE)


def test_packages_that_cant_be_had(open_bridge: OpenBridge, world: World, person: str) -> None:
    window = open_bridge(person)
    lesson = window.open(BROKEN, "01-simulation.ipynb")
    window.words = Words("en")  # the course's own language
    with lesson.page.expect_popup() as opened:
        lesson.place.click()
    lesson.window.fill_form(opened.value)
    lesson.expect_bar("bridge.problem.failed", timeout=60_000)
    expect(lesson.bar).to_contain_text("packages can’t be installed")
    expect(lesson.bar.locator("details")).to_have_count(0)
    lesson.press("bridge.action.browser")
    assert lesson.execute("1 + 1") == "ok"


def test_somebody_elses_course(open_bridge: OpenBridge, world: World, person: str) -> None:
    lesson = open_bridge(person).open(CLOSED, "01-variables.ipynb")
    with lesson.page.expect_popup() as opened:
        lesson.place.click()
    lesson.window.fill_form(opened.value)
    lesson.expect_bar("bridge.problem.refused")
    expect(lesson.bar).to_contain_text(lesson.words("bridge.untouched"))
    assert world.server(person, CLOSED) is None
    lesson.press("bridge.action.browser")
    assert lesson.execute("1 + 1") == "ok"


def test_no_room_for_another_server(open_bridge: OpenBridge, world: World, person: str) -> None:
    others = [world.newcomer("waits"), world.newcomer("waits")]
    for other in others:
        threading.Thread(target=_ask_for_server, args=(world, other), daemon=True).start()
        world.await_server(other, COURSE)
    lesson = open_and_write(open_bridge(person)).sign_in()
    expect_told(lesson, "bridge.problem.busy", "again", "browser")
    for other in others:
        end_server(world, other)


def _ask_for_server(world: World, person: str) -> None:
    with suppress(httpx.TransportError):
        world.hub.api("POST", f"users/{person}/servers/{COURSE}", world.hub.token(person), json={})
