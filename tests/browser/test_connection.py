"""What a site connected to a hub lets through, in the browser; and the page that ends a sign-in."""

import http.server
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from lite_site.report import SilentReport
from lite_site.site.connection import Hub
from lite_site.site.reconnect import reconnect
from tests.browser.conftest import make_window
from tests.browser.driving import Window
from tests.browser.hosting import Recording, StaticHost, Visit, read_headers

pytestmark = pytest.mark.browser

COURSE, LESSON = "python-premiers-pas/", "07-fichiers.ipynb"
CONFIGURED = "JSON.parse(document.getElementById('jupyter-config-data').textContent).passerelleHub"
# What a fetch and a websocket to an address come to: let through, or refused by the page's policy, so `many` of them.
REACH = """async ([origin, many]) => {
  const refused = new Set();
  const told = new Promise((resolve) => document.addEventListener('securitypolicyviolation', (event) => {
    refused.add(event.blockedURI.split(':')[0]);
    if (refused.size === many) resolve();
  }));
  const fetched = await fetch(`${origin}/api`).then((answer) => answer.text(), () => null);
  await new Promise((resolve) => {
    try {
      const socket = new WebSocket(`${origin.replace('http', 'ws')}/socket`);
      socket.onclose = socket.onerror = resolve;
    } catch { resolve(); }
  });
  await (refused.size < many ? told : new Promise((resolve) => setTimeout(resolve, 100)));
  return [fetched, [...refused].sort()];
}"""
HEAR = """() => {
  window.heard = [];
  new BroadcastChannel('passerelle-sign-in').onmessage = ({ data }) => window.heard.push(data);
}"""


class Answering(http.server.BaseHTTPRequestHandler):
    """Answers everybody, as a hub does the site's pages."""

    server: Recording

    def do_GET(self) -> None:
        self.server.visits.append(Visit("GET", self.path, 200))
        self.send_response(200)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"hello")

    def log_message(self, *_: object) -> None: ...


def wait_until_heard(page: Page) -> None:
    """Wait for one message; without Playwright's own waiting, which a page's policy may forbid."""
    for _ in range(200):
        if page.evaluate("window.heard.length === 1"):
            return
        page.wait_for_timeout(100)
    raise AssertionError(page.evaluate("window.heard"))


@pytest.fixture(scope="module")
def hub() -> Iterator[Recording]:
    """Stands where the site's hub does: another port."""
    with Recording(Answering) as hub:
        yield hub


@pytest.fixture(scope="module")
def stranger() -> Iterator[Recording]:
    """A third port."""
    with Recording(Answering) as stranger:
        yield stranger


@pytest.fixture(scope="module")
def connected_site(built_site: Path, hub: Recording, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped courses, connected."""
    site = tmp_path_factory.mktemp("connected") / "_site"
    shutil.copytree(built_site, site, copy_function=os.link)
    reconnect(site, Hub(f"{hub.origin}/"), SilentReport())
    return site


OpenHost = Callable[[bool], tuple[Window, str]]


@pytest.fixture
def open_connected(chromium: Browser, trap: Recording, connected_site: Path) -> Iterator[OpenHost]:
    """Opens a window on the connected site, from a plain host or one that sends our headers; and its address."""
    with ExitStack() as stack:

        def opened(sends_headers: bool) -> tuple[Window, str]:
            headers = read_headers(connected_site / "_headers") if sends_headers else {}
            host = stack.enter_context(StaticHost({"/": connected_site}, headers))
            return make_window(chromium, host, trap, stack), f"{host.origin}/"

        yield opened


@contextmanager
def untouched(server: Recording) -> Iterator[None]:
    """Nothing inside may reach the server."""
    before = len(server.visits)
    yield
    assert server.visits[before:] == []


@pytest.mark.parametrize("sends_headers", [False, True], ids=["a plain host", "a host that sends our headers"])
def test_a_page_reaches_the_hub_and_nothing_else_and_python_not_even_that(
    open_connected: OpenHost, hub: Recording, stranger: Recording, sends_headers: bool
) -> None:
    window, site = open_connected(sends_headers)
    opened = window.open_lesson(f"{site}{COURSE}", LESSON)
    assert opened.page.evaluate(CONFIGURED) == f"{hub.origin}/"

    with untouched(stranger):
        assert opened.page.evaluate(REACH, [stranger.origin, 2]) == [None, ["http", "ws"]]
    assert opened.page.evaluate(REACH, [hub.origin, 0]) == ["hello", []]

    opened.wait_for_kernel()
    with untouched(hub), untouched(stranger):
        for origin in (hub.origin, stranger.origin):
            assert opened.execute(f"import js\nawait js.fetch('{origin}/from-python')") == "error"
            assert opened.execute(f"from pyodide.http import open_url\nopen_url('{origin}/from-python')") == "error"
    assert opened.execute("import pathlib\nassert list(pathlib.Path('data').iterdir())") == "ok"
    assert opened.execute("open('mien.txt', 'w').write('x'); assert open('mien.txt').read() == 'x'") == "ok"


@pytest.mark.parametrize("path", ["index.html", f"{COURSE}index.html", "404.html", "_passerelle/signed-in.html"])
def test_pages_that_run_no_code_do_not_reach_the_hub(open_connected: OpenHost, hub: Recording, path: str) -> None:
    window, site = open_connected(False)
    page = window.visit(site + path)
    with untouched(hub):
        assert page.evaluate(REACH, [hub.origin, 2]) == [None, ["http", "ws"]]
    assert page.locator('meta[name="passerelle-hub"]').count() == 0


def test_a_site_without_a_hub_shows_no_trace_of_one(window: Window, host: StaticHost, site: str) -> None:
    opened = window.open_lesson(f"{site}{COURSE}", LESSON)
    opened.wait_for_kernel()
    assert opened.page.evaluate(CONFIGURED) is None
    assert opened.page.locator('meta[name="passerelle-hub"]').count() == 0
    assert not [visit.address for visit in host.visits if "quarters" in visit.address]
    assert window.left == []


def listening(window: Window, site: str) -> Page:
    """A page of the site that hears what sign-ins end with."""
    page = window.visit(f"{site}{COURSE}index.html")
    page.evaluate(HEAR)
    return page


@pytest.mark.parametrize(
    ("query", "heard"),
    [
        ("?code=c1&state=s1", {"state": "s1", "code": "c1"}),
        ("?error=access_denied&state=s1", {"state": "s1", "error": "access_denied"}),
    ],
)
def test_the_end_of_a_sign_in_is_heard_and_its_window_closes(
    window: Window, site: str, query: str, heard: dict[str, str]
) -> None:
    page = listening(window, site)
    with page.expect_popup() as popup:
        address = f"{site}_passerelle/signed-in.html{query}"
        page.evaluate("address => { window.open(address, 'sign-in', 'popup') }", address)
    wait_until_heard(page)
    assert page.evaluate("window.heard") == [heard]
    if not popup.value.is_closed():
        popup.value.wait_for_event("close")
    assert window.left == []


@pytest.mark.parametrize("query", ["", "?code=c1", "?state=s1", "?code=&state=s1"])
def test_what_answers_no_sign_in_is_ignored(window: Window, site: str, query: str) -> None:
    page = listening(window, site)
    other = window.visit(f"{site}_passerelle/signed-in.html{query}")
    expect(other.get_by_role("heading", name="Connexion terminée")).to_be_visible()
    expect(other.get_by_text("You may close this window")).to_be_visible()
    assert other.evaluate("location.href") == f"{site}_passerelle/signed-in.html"
    assert page.evaluate("window.heard") == []


def test_a_window_that_cannot_close_keeps_no_code_and_says_what_to_do(window: Window, site: str) -> None:
    page = listening(window, site)
    other = window.visit(f"{site}_passerelle/signed-in.html?code=c1&state=s1")
    wait_until_heard(page)
    assert other.evaluate("location.href") == f"{site}_passerelle/signed-in.html"
    expect(other.get_by_text("Tu peux fermer cette fenêtre")).to_be_visible()


def test_a_page_that_left_for_the_sign_in_comes_back_with_the_answer(window: Window, site: str) -> None:
    listener = listening(window, site)
    page = window.visit(f"{site}{COURSE}index.html?from=here")
    page.evaluate(
        "() => sessionStorage.setItem('passerelle.sign-in', "
        "JSON.stringify({ state: 's1', verifier: 'v', back: location.href }))"
    )
    page.goto(f"{site}_passerelle/signed-in.html?code=c1&state=s1")
    page.wait_for_url("**/index.html?from=here")
    kept = page.evaluate("JSON.parse(sessionStorage.getItem('passerelle.sign-in'))")
    assert (kept["code"], kept["verifier"]) == ("c1", "v")
    assert listener.evaluate("window.heard") == []

    page.goto(f"{site}_passerelle/signed-in.html?code=evil&state=other")
    wait_until_heard(listener)
    assert page.evaluate("JSON.parse(sessionStorage.getItem('passerelle.sign-in')).code") == "c1"
