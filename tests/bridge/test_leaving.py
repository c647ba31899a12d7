"""Taking it back: a start that is cancelled, a server that is stopped, somebody who signs out or does nothing."""

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from tests.bridge.conftest import OpenBridge
from tests.bridge.driving import BridgePage
from tests.bridge.world import World

pytestmark = pytest.mark.browser

COURSE, LESSON, CELL = "python-premiers-pas", "01-variables.ipynb", 2
HEAVY_COURSE, HEAVY = "genomique", "07-alignement.ipynb"


def test_cancelling_while_signing_in_closes_the_window(open_bridge: OpenBridge, person: str, world: World) -> None:
    lesson = open_bridge(person).open(HEAVY_COURSE, HEAVY)
    with lesson.page.expect_popup() as opened:
        lesson.press("bridge.action.start")
    opened.value.locator("#username_input").wait_for()
    with opened.value.expect_event("close"):
        lesson.press("bridge.action.cancel")
    lesson.expect_bar("bridge.needs")
    assert world.server(person, HEAVY_COURSE) is None


def test_cancelling_a_start_takes_the_server_back(open_bridge: OpenBridge, person: str, world: World) -> None:
    lesson = open_bridge(person).open(HEAVY_COURSE, HEAVY).sign_in()
    lesson.expect_bar("bridge.stage.starting")
    lesson.press("bridge.action.cancel")
    lesson.expect_bar("bridge.needs")
    world.await_no_server(person, HEAVY_COURSE)
    lesson.cross_signed_in()
    assert lesson.execute("1") == "ok"


def test_cancelling_the_files_leaves_none_half_done(open_bridge: OpenBridge, person: str, world: World) -> None:
    lesson = open_bridge(person).open(HEAVY_COURSE, HEAVY)
    hold_uploads(lesson.page, "lambda_reads_1")
    lesson.sign_in()
    expect(lesson.bar).to_contain_text(lesson.words("bridge.stage.files"), timeout=60_000)
    lesson.page.wait_for_function("window.held === true")
    lesson.press("bridge.action.cancel")
    lesson.expect_bar("bridge.needs")
    data = world.course_folder(person, HEAVY_COURSE) / "data"
    assert not (data / "lambda_reads_1.fastq.gz").exists()
    assert [path.name for path in data.glob("*") if path.name.startswith(".") or "part" in path.name] == []
    assert lesson.kernel_name is None


def hold_uploads(page: Page, name: str) -> None:
    """Let no upload of that file go on, and say so in the page."""

    def hold(route: Route) -> None:
        if route.request.method == "PUT":
            page.evaluate("window.held = true")
        else:
            route.continue_()

    page.route(f"**/passerelle/files/**{name}**", hold)


def test_a_stopped_server_is_told_and_can_be_had_again(open_bridge: OpenBridge, person: str, world: World) -> None:
    lesson = open_bridge(person).open(COURSE, LESSON).cross_from_toolbar()
    lesson.edit("reste = 'mon texte'", CELL)
    lesson.choose("bridge.menu.stop")
    dialog = lesson.page.get_by_role("dialog")
    expect(dialog).to_contain_text(lesson.words("bridge.stop.question"))
    dialog.get_by_role("button", name=lesson.words("bridge.stop.confirm"), exact=True).click()
    lesson.expect_bar("bridge.line.server-gone")
    world.await_no_server(person, COURSE)
    assert lesson.source(CELL) == "reste = 'mon texte'"
    lesson.press("bridge.action.again")
    lesson.await_crossed()
    lesson.do_cell("print('encore')", CELL)
    lesson.expect_output(CELL, "encore")


def test_signing_out_ends_what_the_page_may_do(open_bridge: OpenBridge, person: str, world: World) -> None:
    lesson = open_bridge(person).open(COURSE, LESSON)
    tokens = collect_tokens(lesson)
    lesson.cross_from_toolbar()
    assert allowed(world, tokens[-1]) == httpx.codes.OK
    with lesson.page.expect_response(lambda answer: answer.url.endswith("passerelle/revoke")):
        lesson.choose("bridge.menu.signOut")
    lesson.expect_bar("bridge.left.signedOut")
    assert {allowed(world, token) for token in tokens} <= {401, 403}
    assert world.server(person, COURSE) is not None
    lesson.press("bridge.action.browser")
    lesson.wait_for_kernel()
    lesson.do_cell("print(2 + 2)", CELL)
    lesson.expect_output(CELL, "4")


def test_nobody_reaches_anothers_server(open_bridge: OpenBridge, world: World) -> None:
    bob, eve = world.newcomer("bob"), world.newcomer("eve")
    open_bridge(bob).open(COURSE, LESSON).cross_from_toolbar()
    lesson = open_bridge(eve).open(COURSE, LESSON)
    tokens = collect_tokens(lesson)
    lesson.cross_from_toolbar()
    addresses = [
        f"{world.hub.url}user/{bob}/{COURSE}/{rest}"
        for rest in ("api/kernels", "api/contents", "passerelle/files", "passerelle/usage", "lab")
    ]
    addresses += [f"{world.hub.url}hub/api/users/{bob}", f"{world.hub.url}hub/api/users"]
    answers = lesson.page.evaluate(
        """async ([addresses, token]) => Promise.all(addresses.map((address) =>
          fetch(address, { headers: { Authorization: `Bearer ${token}` } })
            .then(({ status }) => status, () => 'nothing')))""",
        [addresses, tokens[-1]],
    )
    assert all(answer in {401, 403, 404, "nothing"} for answer in answers), dict(zip(addresses, answers, strict=True))


def collect_tokens(lesson: BridgePage) -> list[str]:
    """The tokens that this page sends from now on."""
    tokens: list[str] = []

    def note(authorization: str) -> None:
        token = authorization.removeprefix("Bearer ")
        if authorization.startswith("Bearer ") and token not in tokens:
            tokens.append(token)

    lesson.page.on("request", lambda request: note(request.headers.get("authorization", "")))
    return tokens


def allowed(world: World, token: str) -> int:
    """What the hub answers whoever has that token."""
    return world.hub.api("GET", "user", token).status_code
