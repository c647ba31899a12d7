"""What several rooms' tests start from: the shipped courses built once, and a course small enough to build often."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright

from tests.small import write_course

settings.register_profile("unhurried", deadline=None)  # a first import or a busy machine is no failure
settings.load_profile("unhurried")

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SOON_MS = 20_000  # what a page on a busy machine may take

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the shipped courses; tests only read it."""
    from lite_site.pipeline import build_site  # a test that builds nothing needn't wait for it
    from lite_site.report import SilentReport
    from lite_site.settings import make_settings

    output = tmp_path_factory.mktemp("shipped") / "_site"
    build_site(make_settings(contents=ROOT / "contents", output=output), SilentReport())
    return output


@pytest.fixture
def small_contents(tmp_path: Path) -> Path:
    """A contents folder with one course of one lesson that needs nothing but Python."""
    contents = tmp_path / "contents"
    write_course(contents, "calcul")
    return contents


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, one for the whole run; without it the tests fail."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.fail(f"No browser on PATH (looked for {', '.join(PROGRAMS)}): install the package chromium.")
    expect.set_options(timeout=SOON_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()
