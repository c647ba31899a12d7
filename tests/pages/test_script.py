"""What site.js marks and erases, and what it leaves alone, in the real browser."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.browser

# Keeps `keys` in the store `files` of a database, as localforage does.
STORE = """async ([name, keys]) => {
  const request = indexedDB.open(name, 2);
  request.onupgradeneeded = () => request.result.createObjectStore("files");
  await new Promise((resolve) => { request.onsuccess = resolve; });
  const transaction = request.result.transaction("files", "readwrite");
  for (const key of keys) transaction.objectStore("files").put({ path: key }, key);
  await new Promise((resolve) => { transaction.oncomplete = resolve; });
  request.result.close();
}"""
LEFT = "indexedDB.databases().then((found) => found.map(({ name }) => name).sort())"
DONE = "C\u2019est fait"


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    opened = chromium.new_context()
    yield opened
    opened.close()


@pytest.fixture
def complaints(context: BrowserContext) -> list[str]:
    """What the console and the page's errors said."""
    said: list[str] = []
    context.on("console", lambda message: said.append(message.text))
    context.on("weberror", lambda error: said.append(str(error.error)))
    return said


def visit(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


def erase(page: Page, scope: str | None = None) -> None:
    page.click("#erase-open")
    if scope:
        page.check(f"input[value={scope}]")
    page.click("button[value=erase]")


def test_edited_lessons_are_marked(context: BrowserContext, site_url: str, complaints: list[str]) -> None:
    page = visit(context, site_url + "genomique/index.html")
    expect(page.locator("#erase-open")).to_be_visible()
    assert page.locator("[data-edited]:visible, [data-work]:visible").count() == 0
    assert page.evaluate(LEFT) == []
    base = urlsplit(site_url).path + "genomique/"
    page.evaluate(STORE, [f"JupyterLite Storage - {base}", ["sous dossier/02-gc.ipynb", "autre.ipynb"]])
    page.reload()
    expect(page.locator("[data-work]")).to_be_visible()
    marked = page.locator("[data-edited]:visible")
    assert [mark.get_attribute("data-edited") for mark in marked.all()] == ["sous dossier/02-gc.ipynb"]
    assert complaints == []


def keep_everywhere(page: Page, site: str) -> None:
    """Leave work in two courses, a former one, a neighbour's site, in every kind of storage."""
    kept = [*(f"{site}{course}/" for course in ("genomique", "statistics", "ancien")), f"/autre{site}genomique/"]
    for base in kept:
        page.evaluate(STORE, [f"JupyterLite Storage - {base}", ["01-fasta.ipynb"]])
        page.evaluate(STORE, [f"passerelle - {base}", ["01-fasta.ipynb"]])
        page.evaluate("base => { localStorage[`x - ${base}lab`] = sessionStorage[`y:${base}`] = '1'; }", base)
        page.evaluate("base => caches.open('precache').then((cache) => cache.put(base + 'a', new Response('a')))", base)


def left(page: Page) -> list[str]:
    """The course folders that any storage still speaks of, and how often."""
    return sorted(
        page.evaluate("""async () => [
          ...(await indexedDB.databases()).map(({ name }) => name.split(" - ")[1]),
          ...Object.keys(localStorage).map((key) => key.slice(4, -3)),
          ...Object.keys(sessionStorage).map((key) => key.slice(2)),
          ...(await (await caches.open("precache")).keys()).map(({ url }) => new URL(url).pathname.slice(0, -1)),
        ]""")
    )


def test_one_course_is_erased_and_no_other(context: BrowserContext, site_url: str, complaints: list[str]) -> None:
    page = visit(context, site_url + "genomique/index.html")
    site = urlsplit(site_url).path
    keep_everywhere(page, site)
    page.reload()
    erase(page)
    expect(page.locator("#erase-status")).to_contain_text(DONE)
    expect(page.locator("[data-work]")).to_be_hidden()
    bases = [f"{site}ancien/", f"{site}statistics/", f"/autre{site}genomique/"]
    assert left(page) == sorted(base for base in bases for _ in range(5))
    assert complaints == []


@pytest.mark.parametrize("path", ["index.html", "genomique/index.html"])
def test_whole_site_is_erased_and_no_neighbour(context: BrowserContext, site_url: str, path: str) -> None:
    page = visit(context, site_url + path)
    site = urlsplit(site_url).path
    keep_everywhere(page, site)
    erase(page, "site" if path.startswith("genomique") else None)
    expect(page.locator("#erase-status")).to_contain_text(DONE)
    # The cache of a course that is no longer known is found through its records.
    assert left(page) == [f"/autre{site}genomique/"] * 5


def test_cancel_and_escape_erase_nothing(context: BrowserContext, site_url: str) -> None:
    page = visit(context, site_url + "index.html")
    keep_everywhere(page, urlsplit(site_url).path)
    before = left(page)
    page.click("#erase-open")
    expect(page.get_by_role("heading", name="Effacer mon travail")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Annuler")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("dialog")).to_be_hidden()
    page.click("#erase-open")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_be_hidden()
    expect(page.locator("#erase-open")).to_be_focused()
    assert page.locator("#erase-status").text_content() == ""
    assert left(page) == before


def test_open_lesson_that_holds_its_database_is_named_then_waited_for(context: BrowserContext, site_url: str) -> None:
    page = visit(context, site_url + "genomique/index.html")
    name = f"JupyterLite Storage - {urlsplit(site_url).path}genomique/"
    page.evaluate(STORE, [name, ["01-fasta.ipynb"]])
    lesson = visit(context, site_url + "404.html")
    lesson.evaluate(
        "name => new Promise((r) => { indexedDB.open(name).onsuccess = (e) => { window.held = e; r(); }; })", name
    )
    erase(page)
    status = page.get_by_role("status")
    expect(status).to_contain_text("encore ouverte dans un autre onglet")
    lesson.close()
    expect(status).to_contain_text(DONE)
    assert page.evaluate(LEFT) == []


def test_refusal_is_never_called_done(context: BrowserContext, site_url: str) -> None:
    page = visit(context, site_url + "genomique/index.html")
    page.evaluate("() => { indexedDB.deleteDatabase = () => { throw new DOMException('no', 'SecurityError'); }; }")
    erase(page)
    expect(page.get_by_role("status")).to_contain_text("a refusé")


def test_service_worker_of_the_site_goes(context: BrowserContext, site_url: str) -> None:
    page = visit(context, site_url + "index.html")
    context.route("**/service-worker.js", lambda route: route.fulfill(content_type="text/javascript", body=""))
    page.evaluate(
        "() => navigator.serviceWorker.register('service-worker.js').then(() => navigator.serviceWorker.ready)"
    )
    erase(page)
    expect(page.locator("#erase-status")).to_contain_text(DONE)
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
