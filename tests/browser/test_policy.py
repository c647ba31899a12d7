"""What the Content-Security-Policy lets through: nothing off the origin, and on our own pages no code but ours."""

from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import make_window
from tests.browser.driving import Window
from tests.browser.hosting import OUTSIDE, Recording, StaticHost, read_headers

pytestmark = pytest.mark.browser

PAGES = ["index.html", "genomique/index.html", "404.html"]
# An image and a fetch to a place off the origin: what the page's policy says of each.
REACH_OUT = """async (outside) => {
  const refused = new Set();
  const told = new Promise((resolve) => document.addEventListener('securitypolicyviolation', (event) => {
    refused.add(event.effectiveDirective);
    if (refused.size === 2) resolve();
  }));
  document.body.append(Object.assign(new Image(), { src: `${outside}/x.png` }));
  await fetch(`${outside}/x.json`).catch(() => undefined);
  await told;
  return [...refused].sort();
}"""
INJECT = "document.body.append(Object.assign(document.createElement('script'), { text: 'window.injected = 1' }))"
COURSE, LESSON, CELL = "python-premiers-pas/", "01-variables.ipynb", 2
HOSTILE = f"""
from IPython.display import HTML, Javascript, display
display(HTML('<img src="{OUTSIDE}/seen.png"><link rel="stylesheet" href="{OUTSIDE}/seen.css">'))
display(Javascript('fetch("{OUTSIDE}/seen.json").catch((error) => {{ element.textContent = `refused: ${{error}}`; }})'))
"""
SEEN = ("seen.png", "seen.css", "seen.json")
# Python runs in a worker, which has no page to take a policy from unless it is given the page's.
REACHING_PYTHON = (
    f"import js\nawait js.fetch('{OUTSIDE}/seen.txt')",
    f"from pyodide.http import open_url\nopen_url('{OUTSIDE}/seen.txt')",
    f"from urllib.request import urlopen\nurlopen('{OUTSIDE.replace('https', 'http')}/seen.txt')",
)


@pytest.mark.parametrize("path", PAGES)
def test_pages_have_the_strict_policy(window: Window, site: str, path: str) -> None:
    page = window.visit(site + path)
    policy = page.locator('meta[http-equiv="Content-Security-Policy"]').get_attribute("content") or ""
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert "unsafe" not in policy
    assert page.evaluate(REACH_OUT, OUTSIDE) == ["connect-src", "img-src"]
    assert page.evaluate("window.injected") is None
    page.evaluate(INJECT)
    assert page.evaluate("window.injected") is None
    assert window.left == []


def test_a_lesson_page_has_its_policy_on_any_host(window: Window, site: str) -> None:
    opened = window.open_lesson(f"{site}{COURSE}", LESSON)
    assert opened.page.evaluate(REACH_OUT, OUTSIDE) == ["connect-src", "img-src"]
    assert window.left == []


@pytest.mark.parametrize("sends_headers", [False, True], ids=["a plain host", "a host that sends our headers"])
def test_a_lesson_that_reaches_out_is_refused(
    chromium: Browser, trap: Recording, built_site: Path, sends_headers: bool
) -> None:
    headers = read_headers(built_site / "_headers") if sends_headers else {}
    with StaticHost({"/": built_site}, headers) as host, ExitStack() as stack:
        window = make_window(chromium, host, trap, stack)
        opened = window.open_lesson(f"{host.origin}/{COURSE}", LESSON)
        opened.edit(HOSTILE, CELL, save=False)
        opened.run_cell(CELL)
        expect(opened.scroll_to(CELL)).to_contain_text("refused: TypeError")
        refused = [line for line in window.said if "Content Security Policy" in line]
        assert {name for name in SEEN if any(name in line for line in refused)} == set(SEEN)
        for code in REACHING_PYTHON:
            assert opened.execute(code) == "error"
        assert opened.execute("1 + 1") == "ok"
        assert window.left == []
