"""The dialogs about files, in Chromium: by keyboard, for screen readers, in both languages, with nothing injected."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.hub.page.conftest import FRONTEND, find_node

pytestmark = pytest.mark.browser
AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
WRONG = """() => axe.run('.jp-Dialog-body', { rules: { region: { enabled: false } } })
  .then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`))"""

OpenDialogs = Callable[..., Page]


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dialogs and a server in memory, as one script."""
    made = tmp_path_factory.mktemp("dialogs") / "page.js"
    subprocess.run([find_node(), "tests/bridge-files/bundle.ts", str(made)], cwd=FRONTEND, check=True, timeout=120)
    return made


@pytest.fixture
def open_dialogs(chromium: Browser, script: Path) -> Iterator[OpenDialogs]:
    """Open the page in a language, at a width."""
    contexts = []

    def opened(language: str = "en", width: int = 900) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 700}, accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        html = f'<!doctype html><html lang="{language}"><title>t</title><style>{style()}</style><body></body></html>'
        # An address of its own: WebCrypto is there in secure contexts alone.
        page.route("http://localhost/", lambda route: route.fulfill(body=html, content_type="text/html"))
        page.goto("http://localhost/")
        page.add_script_tag(path=script)
        page.add_script_tag(path=AXE)
        return page

    yield opened
    for context in contexts:
        context.close()


def style() -> str:
    """JupyterLab's style of dialogs, and ours."""
    sheets = (FRONTEND / "node_modules/@jupyterlab/apputils/style/dialog.css", FRONTEND / "style/index.css")
    return "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_axe_has_nothing_to_say(open_dialogs: OpenDialogs, language: str) -> None:
    page = open_dialogs(language, width=320)
    page.evaluate("() => { list(4) }")
    expect(page.locator(".jp-Dialog table tbody tr")).to_have_count(4)
    assert page.evaluate(WRONG) == []
    page.keyboard.press("Escape")
    page.evaluate("() => { ask() }")
    expect(page.locator(".jp-Dialog fieldset")).to_have_count(2)
    assert page.evaluate(WRONG) == []


def test_files_are_brought_back_and_told_of(open_dialogs: OpenDialogs) -> None:
    page = open_dialogs()
    page.evaluate("() => { list(4) }")
    table = page.get_by_role("table")
    expect(table.get_by_role("rowheader", name="out/<img src=x onerror=alert(1)>.csv")).to_be_visible()
    assert table.locator("img").count() == 0
    expect(table).to_contain_text("too big for the browser")
    page.get_by_role("button", name="Bring the files back").click()
    expect(page.get_by_role("group", name="notes.txt").get_by_role("radio").first).to_be_focused()
    page.get_by_role("group", name="notes.txt").get_by_label("Keep mine, here").check()
    page.get_by_role("button", name="Continue").click()
    status = page.get_by_role("status").last
    expect(status).to_contain_text("Files brought back: 1.")
    expect(status).to_contain_text("Left as they are here: 1.")
    expect(status).to_contain_text("gone.txt is no longer on the cluster.")
    assert page.evaluate("() => [...saved.keys()]") == ["out", "out/<img src=x onerror=alert(1)>.csv"]


def test_a_file_is_downloaded_from_its_row(open_dialogs: OpenDialogs) -> None:
    page = open_dialogs("fr")
    page.evaluate("() => { list(2) }")
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger notes.txt").click()
    assert download.value.suggested_filename == "notes.txt"
    assert download.value.path().read_text(encoding="utf-8") == "content of passerelle/files/notes.txt"


def test_nothing_new_is_said(open_dialogs: OpenDialogs) -> None:
    page = open_dialogs()
    page.evaluate("() => { list(0) }")
    expect(page.get_by_role("dialog")).to_contain_text("There is nothing new on the cluster")
    expect(page.get_by_role("button", name="Bring the files back")).to_have_count(0)


def test_questions_are_answered_by_keyboard(open_dialogs: OpenDialogs) -> None:
    page = open_dialogs()
    page.evaluate("() => { window.answer = ask() }")
    page.get_by_role("group", name='a "b".csv').get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Continue").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("() => window.answer") == {'a "b".csv': "send", "c.csv": "keep"}


def test_a_question_that_is_closed_cancels(open_dialogs: OpenDialogs) -> None:
    page = open_dialogs()
    page.evaluate("() => { window.answer = ask() }")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    assert page.evaluate("() => window.answer") == "AbortError"
