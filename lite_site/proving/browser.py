"""The one place that starts a browser: the system's Chromium, cut off from the network, closed at the end."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, Error, Playwright, async_playwright

from lite_site.problems import BuildError, Problem

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@asynccontextmanager
async def open_browser(program: Path | None) -> AsyncIterator[Browser]:
    """A headless browser: `program`, or the first found on PATH, or Playwright's own; `BuildError` if none starts."""
    async with async_playwright() as playwright:
        browser = await _launch(playwright, program or _found())
        try:
            yield browser
        finally:
            with suppress(Error):  # on Ctrl-C the terminal may have stopped it already
                await browser.close()


@asynccontextmanager
async def fresh_context(browser: Browser, proxy: str) -> AsyncIterator[BrowserContext]:
    """A window that no lesson was in before, so that none finds what another wrote; what leaves goes to `proxy`.

    Reusing a window, its stores emptied, saves nothing that can be measured: the time goes into starting Python.
    """
    # `<-loopback>` first: rules are read from the last, and 127.0.0.1 must not go through the proxy.
    context = await browser.new_context(proxy={"server": proxy, "bypass": "<-loopback>,127.0.0.1"})
    try:
        yield context
    finally:
        with suppress(Error):  # a browser that was closed closed it too
            await context.close()


def _found() -> Path | None:
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    return Path(found) if found else None


async def _launch(playwright: Playwright, program: Path | None) -> Browser:
    """Start it in its sandbox, or without one where the system allows none (root, most containers)."""
    told = ""
    for sandbox in (True, False) if os.geteuid() else (False,):
        try:
            return await playwright.chromium.launch(
                executable_path=program, args=FLAGS, chromium_sandbox=sandbox, timeout=60_000
            )
        except Error as error:
            told = error.message.partition("\n")[0]
    raise BuildError([no_browser(str(program or "the browser"), f"doesn't start: {told}")])


def no_browser(place: str, problem: str) -> Problem:
    """No browser can be driven."""
    remedy = "Install Chromium (Debian, Ubuntu: apt install chromium) and pip install 'passerelle[prove]', then retry."
    return Problem(place, f"{problem.rstrip('.')}.", remedy, "prove-no-browser")
