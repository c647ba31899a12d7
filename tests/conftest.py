"""What several rooms' tests start from: the shipped courses built once, and a course small enough to build often."""

import asyncio
import shutil
import signal
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, expect, sync_playwright

from lite_site.proving.browser import FLAGS, PROGRAMS
from tests.small import write_course

# A shell that runs the tests in the background has them ignore Ctrl-C, and so would every command they start and stop.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A first import or a busy machine is no failure. What one run passes the next one passes: new examples are looked for
# with --hypothesis-profile=exploring.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("exploring", UNHURRIED)
settings.register_profile("repeatable", UNHURRIED, derandomize=True)
settings.load_profile("repeatable")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, object, object]:
    """Let tests without the browser run event loops of their own.

    Playwright's waits between two of its calls, and Python takes this thread for one that runs a loop. The last test
    leaves it so, since the browser is closed after it.
    """
    loop = asyncio._get_running_loop()
    if loop is None or nextitem is None or "chromium" in getattr(item, "fixturenames", ()):
        return (yield)
    asyncio._set_running_loop(None)
    try:
        return (yield)
    finally:
        asyncio._set_running_loop(loop)


SOON_MS = 40_000  # what a page on a busy machine may take

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
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", *FLAGS])
        yield browser
        browser.close()
