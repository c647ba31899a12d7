"""When something breaks under a notebook that runs on the cluster, or on its way: said, mended, nothing lost."""

import os
import pwd
import re
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Request, Route, expect

from tests.bridge.conftest import OpenBridge
from tests.bridge.driving import BridgePage
from tests.bridge.faults import (
    COURSE,
    HOSTILE,
    LARGE,
    LARGE_BYTES,
    MINE,
    end_server,
    expect_told,
    expect_untouched,
    open_and_write,
    running_faults,
)
from tests.bridge.world import World
from tests.disks import mounted

pytestmark = pytest.mark.browser

VARIABLE, TYPED = 4, 6
"""Cells that tests write into."""
DAY_MS = 86_400_000
SKEW = """ms => {
  const Real = Date;
  window.skew = ms;
  window.Date = class extends Real {
    constructor(...parts) { if (parts.length) super(...parts); else super(Real.now() + window.skew); }
    static now() { return Real.now() + window.skew; }
  };
}"""
LOOK_NOW = "() => window.dispatchEvent(new Event('online'))"


@pytest.fixture(scope="module")
def world(built_site: Path) -> Iterator[World]:
    """A hub of this module's own, which its tests may break."""
    with running_faults(built_site) as world:
        yield world


def test_the_server_dies_in_the_middle_of_a_cell(open_bridge: OpenBridge, world: World, ended: str) -> None:
    lesson = open_and_write(open_bridge(ended)).cross()
    lesson.start_cell("import time; print('begun', flush=True); time.sleep(600)", VARIABLE)
    lesson.expect_output(VARIABLE, "begun")
    _kill_all_of(ended)
    lesson.expect_bar("bridge.line.server-gone", timeout=60_000)
    expect_untouched(lesson)
    lesson.edit("typed = 'after'", TYPED)
    lesson.press("bridge.action.again")
    lesson.await_crossed()
    lesson.do_cell("print('a new kernel')", VARIABLE)
    lesson.expect_output(VARIABLE, "a new kernel")
    assert lesson.source(TYPED) == "typed = 'after'"
    expect_untouched(lesson)


def test_no_kernel_on_the_server(open_bridge: OpenBridge, world: World) -> None:
    person = world.newcomer("bare")
    lesson = open_and_write(open_bridge(person)).sign_in()
    expect_told(lesson, "bridge.problem.no-kernel", "again", "browser", timeout=60_000)
    expect(lesson.bar.get_by_role("link", name=lesson.words("bridge.action.open-in-hub"))).to_be_visible()
    end_server(world, person)


def test_a_file_over_what_the_server_takes(open_bridge: OpenBridge, world: World) -> None:
    person = world.newcomer("narrow")
    lesson = open_and_write(open_bridge(person)).cross()
    expect(lesson.bar).to_contain_text(lesson.words("files.problem.too-big", name=LARGE))
    expect_untouched(lesson)
    folder = world.course_folder(person, COURSE)
    assert (folder / "data/lambda.fa").is_file()
    expect(lesson.bar).to_contain_text(lesson.words("files.problem.name", name=f"data/{HOSTILE}.txt"))
    assert not (folder / LARGE).exists()
    lesson.do_cell(f"open('{HOSTILE}.csv', 'w').write('a,b')", VARIABLE)
    lesson.choose("bridge.menu.files")
    expect(lesson.page.get_by_role("dialog").get_by_text(f"{HOSTILE}.csv", exact=True)).to_be_visible()
    lesson.page.get_by_role("dialog").get_by_role("button", name=lesson.words("files.list.close")).click()
    expect_untouched(lesson)
    end_server(world, person)


def test_a_full_disk(open_bridge: OpenBridge, world: World, ended: str) -> None:
    lesson = open_and_write(open_bridge(ended))
    world.hub.start(ended, COURSE, world.hub.token(ended))
    folder = world.course_folder(ended, COURSE)
    account = pwd.getpwnam(folder.parent.name)
    options = f"size=2m,mode=700,uid={account.pw_uid},gid={account.pw_gid}"
    with mounted(folder, options, left_open=True):
        lesson.sign_in().await_crossed()
        expect(lesson.bar).to_contain_text(lesson.words("files.problem.no-room", name=LARGE))
        expect_untouched(lesson)
        lesson.do_cell("open('big', 'wb').write(bytes(4_000_000))", VARIABLE)
        lesson.expect_output(VARIABLE, "No space left")
        expect_untouched(lesson)


def test_an_upload_that_is_cut_goes_on_where_it_was(open_bridge: OpenBridge, world: World, ended: str) -> None:
    window = open_bridge(ended)
    offsets: list[int] = []

    def cut(route: Route, request: Request) -> None:
        if request.method == "PUT":
            offsets.append(int(request.headers["upload-offset"]))
            if len(offsets) == 2:
                world.cable.cut()
                threading.Timer(2, world.cable.mend).start()
        route.continue_()

    window.context.route(re.compile(re.escape(LARGE) + "$"), cut)
    lesson = open_and_write(window).cross()
    assert lesson.words("bridge.stage.unanswered") in lesson.told
    assert offsets[:2] == [0, 8 * 1024 * 1024]
    assert set(offsets[2:]) == {8 * 1024 * 1024}, "what had arrived was sent again"
    assert (world.course_folder(ended, COURSE) / LARGE).stat().st_size == LARGE_BYTES
    expect_untouched(lesson)


def test_a_clock_that_is_wrong(open_bridge: OpenBridge, world: World, ended: str) -> None:
    window = open_bridge(ended)
    window.context.add_init_script(f"({SKEW})({-DAY_MS})")
    lesson = open_and_write(window).cross()
    before = len(_renewals(window.to_hub))
    lesson.page.evaluate(f"() => {{ window.skew = {DAY_MS}; }}")
    lesson.page.evaluate(LOOK_NOW)
    lesson.do_cell("print(6 * 7)", VARIABLE)
    lesson.expect_output(VARIABLE, "42")
    lesson.page.wait_for_timeout(4000)
    assert len(_renewals(window.to_hub)) - before <= 2, "it renews again and again"
    assert lesson.place.inner_text().startswith(lesson.words("bridge.place.here"))
    assert lesson.words("bridge.line.signed-out") not in lesson.told
    expect_untouched(lesson)


def test_a_session_that_ends_while_somebody_types(open_bridge: OpenBridge, world: World, ended: str) -> None:
    window = open_bridge(ended)
    sent: list[str] = []
    window.context.on("request", lambda request: sent.append(request.headers.get("authorization", "")))
    lesson = open_and_write(window).cross()
    lesson.do_cell("here = 'kept'", VARIABLE)
    token = next(value for value in reversed(sent) if value).removeprefix("Bearer ")
    assert world.hub.api("POST", "passerelle/revoke", token).status_code == 204
    lesson.edit("typed = 'meanwhile'", TYPED)
    lesson.page.evaluate(LOOK_NOW)
    lesson.expect_bar("bridge.line.signed-out")
    lesson.page.wait_for_timeout(2000)
    assert len(_renewals(window.to_hub)) <= 2, "it asks again and again"
    lesson.sign_in("bridge.action.sign-in")
    expect(lesson.place).to_contain_text(lesson.words("bridge.place.here"))
    _run_when_connected(lesson, "print(here)", "kept")
    assert lesson.source(TYPED) == "typed = 'meanwhile'"
    expect_untouched(lesson)


def test_the_hub_is_upgraded_under_an_open_page(open_bridge: OpenBridge, world: World, ended: str) -> None:
    lesson = open_and_write(open_bridge(ended)).cross()
    lesson.do_cell("here = 'kept'", VARIABLE)
    world.hub.stop_hub()
    lesson.edit("typed = 'meanwhile'", TYPED)
    lesson.page.evaluate(LOOK_NOW)
    secret = next(world.hub.settings.state.rglob("*cookie*"))
    secret.write_text(os.urandom(32).hex())
    with world.hub.config.open("a") as config:
        config.write("import jupyterhub\njupyterhub.__version__ = '6.9.9'\n")
    world.hub.start_hub()
    lesson.page.evaluate(LOOK_NOW)
    _run_when_connected(lesson, "print(here)", "kept")
    assert lesson.source(TYPED) == "typed = 'meanwhile'"
    assert MINE in lesson.source(2)
    expect_untouched(lesson)


def _run_when_connected(lesson: BridgePage, text: str, told: str) -> None:
    lesson.page.wait_for_function(
        "window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.connectionStatus === 'connected'",
        timeout=60_000,
    )
    lesson.do_cell(text, VARIABLE)
    lesson.expect_output(VARIABLE, told)


def _renewals(asked: list[str]) -> list[str]:
    return [address for address in asked if address.endswith("passerelle/renew")]


def _kill_all_of(person: str) -> None:
    """Kill the server of that person and its kernels, as the machine does where memory is short."""
    killed = 0
    for process in psutil.process_iter(["username", "pid"]):
        if person in (process.info["username"] or ""):
            os.kill(process.info["pid"], signal.SIGKILL)
            killed += 1
    assert killed, "no process of theirs was found"
    time.sleep(0.1)
