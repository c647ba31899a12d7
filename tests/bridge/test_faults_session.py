"""When a session ends, the hub says no, or its proxy dies: said, with a next step, and nothing lost."""

import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, Request, Route, expect

from fallback_hub.hub.identity import LOOK_SECONDS
from tests.bridge.conftest import OpenBridge
from tests.bridge.driving import BridgePage, BridgeWindow, make_bridge_window
from tests.bridge.faults import (
    CLOSED,
    COURSE,
    end_server,
    expect_told,
    expect_untouched,
    open_and_write,
)
from tests.bridge.world import World, build_environments, running_world
from tests.browser.hosting import Recording
from tests.hub.operating import Operator

pytestmark = pytest.mark.browser

RUNNING, TYPED = 4, 6
"""Cells that tests write into."""
SESSION_SECONDS = 80
BRIEF = f"""
import dataclasses
from jupyterhub.oauth import provider
for _, _, given in c.JupyterHub.extra_handlers:
    if "rules" in given:
        given["rules"] = dataclasses.replace(given["rules"], token_seconds=40, session_seconds={SESSION_SECONDS})
provider.JupyterHubRequestValidator.keywords["token_seconds"] = 40
c.JupyterHub.cookie_max_age_days = {SESSION_SECONDS} / 86_400
"""
"""Hours are as short as tests: hub.toml's `session_hours` and `token_minutes`, and the hub's cookie with them."""
ENDS_WITHIN = (SESSION_SECONDS + 30) * 1000
LONG = """import time
ici = 'kept'
for tour in range({tours}):
    print('tour', tour, flush=True)
    time.sleep({pause})"""
AUTHORIZE = "**/hub/api/oauth2/authorize?*"
NO_POPUPS = "() => { window.open = () => null; }"
LOOK_NOW = "() => window.dispatchEvent(new Event('online'))"


@pytest.fixture(scope="module")
def world(built_site: Path) -> Iterator[World]:
    """A hub whose sessions are brief, and where one course is for members only."""
    with running_world(built_site, toml=f"courses.{CLOSED}.open = false\n", extra_config=BRIEF) as world:
        build_environments(world, [COURSE, CLOSED])
        yield world


@pytest.fixture
def operated(built_site: Path) -> Iterator[tuple[World, Operator]]:
    """A hub as `passerelle hub start` runs it: a supervisor keeps proxy and hub."""
    with running_world(built_site) as world:
        build_environments(world, [COURSE])
        world.hub.end()
        operator = Operator(world.folder / "hub", world.hub.url, "admin")
        try:
            operator.do("start")
            yield world, operator
        finally:
            operator.run("stop")


@pytest.fixture
def open_operated(
    chromium: Browser, operated: tuple[World, Operator], trap: Recording
) -> Iterator[Callable[[str], BridgeWindow]]:
    """Opens browsers of people of that hub."""
    with ExitStack() as stack:
        yield lambda person: make_bridge_window(chromium, operated[0], trap, stack, person)


def test_a_session_comes_to_its_end(open_bridge: OpenBridge, world: World, ended: str) -> None:
    world.hub.start(ended, COURSE, world.hub.token(ended))
    window = open_bridge(ended)
    lesson = open_and_write(window).cross()
    lesson.start_cell(LONG.format(tours=SESSION_SECONDS, pause=1), RUNNING)
    lesson.expect_output(RUNNING, "tour 1")
    lesson.edit("typed = 'meanwhile'", TYPED)
    lesson.expect_bar("bridge.line.signed-out", timeout=ENDS_WITHIN)
    asked = len(_renewals(window.to_hub))
    assert asked > 1, "it was never renewed"
    lesson.page.wait_for_timeout(3000)
    assert len(_renewals(window.to_hub)) == asked, "it asks again and again"
    expect_untouched(lesson)
    lesson.sign_in("bridge.action.sign-in")
    expect(lesson.bar).to_have_count(0)
    expect(lesson.place).to_contain_text(lesson.words("bridge.place.here"))
    lesson.expect_output(RUNNING, f"tour {SESSION_SECONDS - 1}", timeout=ENDS_WITHIN)
    assert lesson.output_of(RUNNING).strip().split("\n") == [f"tour {tour}" for tour in range(SESSION_SECONDS)]
    lesson.do_cell("print(ici)", RUNNING)
    lesson.expect_output(RUNNING, "kept")
    assert lesson.source(TYPED) == "typed = 'meanwhile'"
    expect_untouched(lesson)


def test_a_session_ends_where_no_window_opens(open_bridge: OpenBridge, world: World, ended: str) -> None:
    lesson = open_and_write(open_bridge(ended)).cross()
    lesson.do_cell("ici = 'kept'", RUNNING)
    _end_session(world, lesson)
    lesson.page.evaluate(NO_POPUPS)
    lesson.edit("typed = 'meanwhile'", TYPED)
    lesson.press("bridge.action.sign-in")
    lesson.page.wait_for_url(f"{world.hub.url}**")
    lesson.window.fill_form(lesson.page)
    lesson.page.wait_for_url(f"{world.site}**")
    lesson.wait_until_open()
    lesson.await_crossed()
    assert lesson.words("bridge.found") in lesson.told
    lesson.do_cell("print(ici)", RUNNING)
    lesson.expect_output(RUNNING, "kept")
    assert lesson.source(TYPED) == "typed = 'meanwhile'"
    expect_untouched(lesson)


def test_the_hub_says_no(open_bridge: OpenBridge, ended: str) -> None:
    window = open_bridge(ended)
    window.context.route(AUTHORIZE, _deny)
    lesson = open_and_write(window)
    with lesson.page.expect_popup() as opened:
        lesson.press("bridge.action.start")
    expect_told(lesson, "bridge.problem.sign-in-failed", "again", "browser")
    if not opened.value.is_closed():
        opened.value.wait_for_event("close")
    window.context.unroute(AUTHORIZE)
    lesson.sign_in("bridge.action.again").await_crossed()
    expect_untouched(lesson)


def test_the_hub_says_no_to_a_page_that_was_left_for_it(open_bridge: OpenBridge, ended: str) -> None:
    window = open_bridge(ended, language="en")
    window.context.add_init_script(f"({NO_POPUPS})()")
    window.context.route(AUTHORIZE, _deny)
    lesson = open_and_write(window)
    lesson.press("bridge.action.start")
    expect_told(lesson, "bridge.problem.sign-in-failed", "again", "browser")
    window.context.unroute(AUTHORIZE)
    lesson.press("bridge.action.again")
    lesson.sign_in_instead().await_crossed()
    expect_untouched(lesson)


def test_an_account_put_out_while_the_window_is_open(open_bridge: OpenBridge, world: World, ended: str) -> None:
    window = open_bridge(ended)
    lesson = open_and_write(window)
    with lesson.page.expect_popup() as opened:
        lesson.press("bridge.action.start")
    opened.value.locator("#username_input").wait_for()
    _let_in_or_put_out(world, ended)
    window.fill_form(opened.value)
    expect(opened.value.get_by_role("alert")).to_be_visible()
    lesson.expect_bar("bridge.stage.signing-in")
    expect(lesson.bar.get_by_role("button", name=lesson.words("bridge.action.cancel"))).to_be_visible()
    opened.value.wait_for_timeout(2000)
    opened.value.close()
    expect_told(lesson, "bridge.problem.popup-closed", "again", "browser")
    _let_in_or_put_out(world, ended)
    lesson.sign_in("bridge.action.again").await_crossed()
    expect_untouched(lesson)


def test_an_account_put_out_in_the_middle_of_the_work(open_bridge: OpenBridge, world: World, ended: str) -> None:
    lesson = open_and_write(open_bridge(ended)).cross()
    lesson.do_cell("ici = 'kept'", RUNNING)
    _let_in_or_put_out(world, ended)
    lesson.expect_bar("bridge.line.signed-out", timeout=ENDS_WITHIN)
    lesson.page.wait_for_timeout(LOOK_SECONDS * 1000)  # the hub's own cookie is out as well
    with lesson.page.expect_popup() as opened:
        lesson.press("bridge.action.sign-in")
    lesson.window.fill_form(opened.value)
    expect(opened.value.get_by_role("alert")).to_be_visible()
    opened.value.wait_for_timeout(2000)
    opened.value.close()
    lesson.expect_bar("bridge.problem.popup-closed")
    lesson.expect_bar("bridge.line.signed-out")
    expect_untouched(lesson)
    _let_in_or_put_out(world, ended)
    lesson.window.context.clear_cookies()  # the hub's, whether it has ended by now or not
    lesson.sign_in("bridge.action.sign-in")
    expect(lesson.bar).to_have_count(0)
    lesson.do_cell("print(ici)", RUNNING)
    lesson.expect_output(RUNNING, "kept")


def test_somebody_is_taken_into_the_course_after_all(open_bridge: OpenBridge, world: World, person: str) -> None:
    path = "01-variables.ipynb"
    lesson = open_and_write(open_bridge(person), CLOSED, path)
    with lesson.page.expect_popup() as opened:
        lesson.place.click()
    lesson.window.fill_form(opened.value)
    lesson.expect_bar("bridge.problem.refused")
    expect(lesson.bar).to_contain_text(lesson.words("bridge.untouched"))
    expect_untouched(lesson, path)
    _take_in(world, person)
    lesson.press("bridge.action.again")
    lesson.await_crossed()
    expect_untouched(lesson, path)
    end_server(world, person, CLOSED)


def test_the_proxy_alone_is_killed(
    open_operated: Callable[[str], BridgeWindow], operated: tuple[World, Operator]
) -> None:
    world, operator = operated
    lesson = open_and_write(open_operated(world.newcomer())).cross()
    lesson.start_cell(LONG.format(tours=400, pause=0.05), RUNNING)
    lesson.expect_output(RUNNING, "tour 9")
    supervisor = operator.record.supervisor
    os.kill(supervisor, signal.SIGSTOP)  # a busy machine: nobody starts it again for a while
    try:
        os.kill(operator.pid("proxy"), signal.SIGKILL)
        expect(lesson.bar).to_contain_text(re.compile(f"{_told(lesson, 'reconnecting')}|{_told(lesson, 'hub-away')}"))
        lesson.edit("typed = 'meanwhile'", TYPED)
        lesson.page.wait_for_timeout(6000)
        assert "tour 200" not in lesson.output_of(RUNNING)
        expect_untouched(lesson)
    finally:
        os.kill(supervisor, signal.SIGCONT)
    operator.await_standing(proxy=1)
    expect(lesson.bar).to_have_count(0, timeout=60_000)
    lesson.expect_output(RUNNING, "tour 399", timeout=60_000)
    assert lesson.output_of(RUNNING).strip().split("\n") == [f"tour {tour}" for tour in range(400)]
    lesson.do_cell("print(ici)", RUNNING)
    lesson.expect_output(RUNNING, "kept")
    assert lesson.source(TYPED) == "typed = 'meanwhile'"
    expect_untouched(lesson)


def _told(lesson: BridgePage, line: str) -> str:
    return re.escape(lesson.words(f"bridge.line.{line}"))


def _renewals(asked: list[str]) -> list[str]:
    return [address for address in asked if address.endswith("passerelle/renew")]


def _end_session(world: World, lesson: BridgePage) -> None:
    """Have the hub forget the page's token; the page notices at its next look."""
    with lesson.page.expect_request(lambda request: bool(_token_in(request))) as asked:
        lesson.page.evaluate(LOOK_NOW)
    answer = world.hub.api("POST", "passerelle/revoke", _token_in(asked.value))
    assert answer.status_code == httpx.codes.NO_CONTENT
    lesson.page.evaluate(LOOK_NOW)
    lesson.expect_bar("bridge.line.signed-out")


def _token_in(request: Request) -> str:
    return request.headers.get("authorization", "").removeprefix("Bearer ")


def _deny(route: Route) -> None:
    """Answer as RFC 6749, 4.1.2.1 has it where the person, or who is in charge, says no."""
    query = parse_qs(urlsplit(route.request.url).query)
    refused = urlencode({"error": "access_denied", "state": query["state"][0]})
    route.fulfill(status=302, headers={"Location": f"{query['redirect_uri'][0]}?{refused}"})


def _let_in_or_put_out(world: World, person: str) -> None:
    """Have the administrator press the button of the hub's page of accounts, which does the one or the other."""
    admin = world.hub.sign_in("admin")
    admin.get("hub/authorize")
    pressed = admin.get(f"hub/authorize/{person}", headers={"Sec-Fetch-Site": "same-origin"})
    assert pressed.status_code == httpx.codes.FOUND


def _take_in(world: World, person: str) -> None:
    """Have the administrator put the person among the members of the closed course."""
    admin = world.hub.sign_in("admin")
    admin.get("hub/home")
    added = admin.post(
        f"hub/api/groups/{CLOSED}:student/users",
        json={"users": [person]},
        params={"_xsrf": admin.cookies.get("_xsrf", path="/hub/") or ""},
        headers={"Referer": f"{world.hub.url}hub/home"},
    )
    assert added.status_code == httpx.codes.OK, added.text
