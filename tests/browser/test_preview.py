"""The preview's note on a page that still shows the site as it was before a build failed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from lite_site.problems import Problem
from lite_site.serve.app import News, make_app
from lite_site.serve.preview import claim_port, running_server

pytestmark = pytest.mark.browser

BROKEN = Problem("rna/<b>1</b>.ipynb", "isn't JSON.", "Mend it.", "notebook-not-json")
NOTE = "[data-preview-note]"


@pytest.fixture
def news() -> News:
    return News()


@pytest.fixture
def preview(built_site: Path, news: News) -> Iterator[str]:
    """The address of a preview of the shipped courses."""
    news.tell([])
    with claim_port(0) as listening, running_server(listening, make_app(built_site, news), news):
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("index.en.html", ("The last build found an error: this is the site as it was before.", "Close")),
        ("genomique/index.html", ("La dernière construction a trouvé une erreur", "Fermer")),
        ("genomique/lessons/02-gc.html", ("La dernière construction a trouvé une erreur", "Fermer")),
    ],
)
def test_a_failed_build_is_told_on_the_page_until_it_is_mended(
    chromium: Browser, preview: str, news: News, path: str, said: tuple[str, str]
) -> None:
    page = chromium.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.goto(preview + path)
    note = page.locator(NOTE)
    expect(note).to_have_count(0)

    news.tell([BROKEN])
    sentence, close = said
    expect(note).to_contain_text(sentence)
    expect(note).to_contain_text(str(BROKEN))
    assert note.bounding_box() is not None
    assert page.evaluate("getComputedStyle(document.querySelector('[data-preview-note]')).position") == "fixed"

    note.get_by_role("button", name=close).click()
    expect(note).to_have_count(0)
    news.tell([BROKEN])
    expect(note).to_have_count(1)

    with page.expect_navigation():
        news.tell([])
    expect(note).to_have_count(0)
    assert refused == []
    page.close()
