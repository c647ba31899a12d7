"""What pages and scripts may not do: foreign origins, foreign addresses, paths out of the course, nobody signed in."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.bridge.driving import BridgePage, make_bridge_window
from tests.bridge.world import World
from tests.browser.hosting import Recording, StaticHost

pytestmark = pytest.mark.browser

COURSE, LESSON = "genomique", "07-alignement.ipynb"
# [address, method, headers, body] each; the status, or null where the browser gives the page no answer.
ASK = """async requests => {
  const answers = [];
  for (const [address, method, headers, body] of requests) {
    answers.push(await fetch(address, { method, headers, body: body ?? undefined })
      .then(({ status }) => status, () => null));
  }
  return answers;
}"""
# Whether the websocket opens, and whether anything comes through it.
OPEN_SOCKET = """([address, protocols]) => new Promise(resolve => {
  let socket;
  try { socket = new WebSocket(address, protocols); } catch (error) { resolve(error.name); return; }
  socket.onopen = () => { socket.close(); resolve('open'); };
  socket.onerror = () => resolve('refused');
})"""
# What the page's own policy refused of these addresses, once it refused so many: it tells of them in their order.
REFUSED = """async ([addresses, many]) => {
  const refused = [];
  const told = new Promise(resolve => document.addEventListener('securitypolicyviolation', event => {
    refused.push(event.blockedURI);
    if (refused.length === many) resolve();
  }));
  for (const address of addresses) {
    if (address.startsWith('ws')) {
      try { new WebSocket(address); } catch { /* the event tells */ }
    } else {
      await fetch(address, { mode: 'no-cors' }).catch(() => undefined);
    }
  }
  await told;
  return refused;
}"""
KERNEL = "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.id"
JUPYTER = "v1.kernel.websocket.jupyter.org"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody on the cluster: their page, and what others would like to have."""

    lesson: BridgePage
    token: str
    server: str
    person: str

    @property
    def socket(self) -> tuple[str, list[str]]:
        """The address and subprotocols of their kernel's websocket."""
        kernel = self.lesson.page.evaluate(KERNEL)
        address = f"{self.server.replace('http', 'ws', 1)}api/kernels/{kernel}/channels?session_id=another"
        return address, [JUPYTER, f"passerelle.token.{self.token}"]


@pytest.fixture(scope="module")
def signed_in(chromium: Browser, world: World, trap: Recording) -> Iterator[SignedIn]:
    """A heavy lesson on the cluster."""
    person, tokens = world.newcomer("zoe"), list[str]()
    with ExitStack() as stack:
        window = make_bridge_window(chromium, world, trap, stack, person)
        window.context.on("request", lambda request: tokens.append(request.headers.get("authorization", "")))
        lesson = window.open(COURSE, LESSON).cross()
        token = next(filter(None, reversed(tokens))).removeprefix("Bearer ")
        yield SignedIn(lesson, token, f"{world.hub.url}user/{person}/{COURSE}/", person)


@pytest.fixture
def foreign(chromium: Browser, trap: Recording, tmp_path: Path) -> Iterator[Page]:
    """A page of another origin, with no policy of its own."""
    (tmp_path / "index.html").write_text("<!doctype html><title>Elsewhere</title>")
    with StaticHost({"/": tmp_path}) as host, ExitStack() as stack:
        proxy = {"server": trap.origin, "bypass": "<-loopback>,127.0.0.1"}
        context = chromium.new_context(proxy=proxy)  # type: ignore[arg-type]
        stack.callback(context.close)
        page = context.new_page()
        page.goto(f"{host.origin}/index.html")
        yield page


def test_a_foreign_page_gets_no_answer_even_with_a_token(foreign: Page, signed_in: SignedIn, world: World) -> None:
    hub, bearer = world.hub.url, {"Authorization": f"Bearer {signed_in.token}"}
    exchange = '{"code": "x", "code_verifier": "y", "redirect_uri": "z"}'
    asked = [
        (f"{hub}services/passerelle/bridge/token", "POST", {"Content-Type": "application/json"}, exchange),
        (f"{hub}services/passerelle/bridge/token", "POST", {"Content-Type": "text/plain"}, exchange),
        (f"{hub}services/passerelle/courses", "GET", bearer, None),
        (f"{hub}hub/api/user", "GET", bearer, None),
        (f"{hub}hub/api/passerelle/renew", "POST", bearer, None),
        (f"{hub}hub/api/passerelle/revoke", "POST", bearer, None),
        (f"{signed_in.server}passerelle/files", "GET", bearer, None),
        (f"{signed_in.server}passerelle/files/x.txt", "PUT", bearer, "x"),
        (f"{signed_in.server}api/contents", "GET", bearer, None),
    ]
    answers = foreign.evaluate(ASK, [list(one) for one in asked])
    assert answers == [None] * len(asked), list(zip([one[0] for one in asked], answers, strict=True))
    assert signed_in.lesson.execute("1 + 1") == "ok"
    assert not (world.course_folder(signed_in.person, COURSE) / "x.txt").exists()


def test_a_foreign_websocket_is_refused(foreign: Page, signed_in: SignedIn) -> None:
    address, protocols = signed_in.socket
    assert signed_in.lesson.page.evaluate(OPEN_SOCKET, [address, protocols]) == "open"
    assert foreign.evaluate(OPEN_SOCKET, [address, protocols]) == "refused"
    assert signed_in.lesson.page.evaluate(OPEN_SOCKET, [address, [JUPYTER]]) == "refused"
    assert signed_in.lesson.page.evaluate(OPEN_SOCKET, [address, [JUPYTER, "passerelle.token.no"]]) == "refused"


def test_the_page_reaches_the_hub_and_nowhere_else(foreign: Page, signed_in: SignedIn, world: World) -> None:
    page, elsewhere = signed_in.lesson.page, foreign.url.rsplit("/", 1)[0]
    outside = [f"{elsewhere}/x", elsewhere.replace("http", "ws", 1) + "/x", "https://example.org/x"]
    refused = page.evaluate(REFUSED, [[f"{world.hub.url}services/passerelle/health", *outside], len(outside)])
    assert sorted(refused) == sorted(outside)
    assert signed_in.lesson.window.left == []


@pytest.mark.parametrize(
    "path",
    ["../out.txt", "..%2Fout.txt", "%2e%2e/out.txt", "data/..%2f..%2fout.txt", "%2Ftmp%2Fout.txt", "a%00b", ".hidden"],
)
def test_no_path_leads_out_of_the_course(signed_in: SignedIn, world: World, path: str) -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    headers = {
        "Authorization": f"Bearer {signed_in.token}",
        "Upload-Offset": "0",
        "Upload-Length": "0",
        "Upload-Sha256": empty,
        "If-Match": "*",
    }
    address = f"{signed_in.server}passerelle/files/{path}"
    for method in ("PUT", "GET", "DELETE"):
        (answer,) = signed_in.lesson.page.evaluate(ASK, [[address, method, headers, None]])
        assert answer is None or 400 <= answer < 500, (method, answer)
    home = world.course_folder(signed_in.person, COURSE).parent
    assert not list(home.rglob("out.txt"))
    assert not list(home.rglob(".hidden"))


def test_whoever_isnt_signed_in_gets_nothing(signed_in: SignedIn, world: World) -> None:
    hub = world.hub.url
    for headers in ({}, {"Authorization": "Bearer 0123456789abcdef0123456789abcdef"}):
        asked = [
            (f"{hub}services/passerelle/courses", "GET"),
            (f"{hub}hub/api/user", "GET"),
            (f"{hub}hub/api/users/{signed_in.person}/servers/{COURSE}", "POST"),
            (f"{hub}hub/api/passerelle/renew", "POST"),
            (f"{hub}services/passerelle/servers/{signed_in.person}/{COURSE}/log", "GET"),
            (f"{signed_in.server}passerelle/files", "GET"),
            (f"{signed_in.server}passerelle/usage", "GET"),
            (f"{signed_in.server}api/kernels", "GET"),
            (f"{signed_in.server}api/contents", "GET"),
        ]
        answers = signed_in.lesson.page.evaluate(ASK, [[*one, headers, None] for one in asked])
        assert set(answers) <= {401, 403, None}, list(zip([one[0] for one in asked], answers, strict=True))


def test_no_token_stands_in_an_address_or_is_kept(signed_in: SignedIn) -> None:
    lesson = signed_in.lesson
    assert not [address for address in lesson.window.asked if signed_in.token in address]
    stored = lesson.page.evaluate("() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])")
    assert signed_in.token not in stored
