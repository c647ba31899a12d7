"""The browser, the host, and windows: one Chromium for the session, a fresh context for each test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.driving import Window
from tests.browser.hosting import Recording, StaticHost, TrapHandler

# Hosts that forbid it aside, a site lives in a folder of somebody's server.
SUB_PATH = "/a/b/"

OpenWindow = Callable[..., Window]


@pytest.fixture(scope="session")
def trap() -> Iterator[Recording]:
    """Where everything goes that leaves 127.0.0.1, from any page or worker: a proxy that answers nothing."""
    with Recording(TrapHandler) as trap:
        yield trap


@pytest.fixture(scope="session")
def host(built_site: Path) -> Iterator[StaticHost]:
    """The shipped courses under a sub-path, and at the root of the origin."""
    with StaticHost({SUB_PATH: built_site, "/": built_site}) as host:
        yield host


@pytest.fixture(scope="session")
def site(host: StaticHost) -> str:
    """The address of the shipped courses, under a sub-path."""
    return f"{host.origin}{SUB_PATH}"


def make_window(chromium: Browser, host: StaticHost, trap: Recording, stack: ExitStack, **options: Any) -> Window:
    """A fresh browser context, closed with `stack`; `options` are Playwright's."""
    # `<-loopback>` first: rules are read from the last, and 127.0.0.1 must not go through the proxy.
    proxy = {"server": trap.origin, "bypass": "<-loopback>,127.0.0.1"}
    context = chromium.new_context(**{"proxy": proxy, "locale": "fr-FR"} | options)
    stack.callback(context.close)
    return Window(context, host, trap)


@pytest.fixture
def open_window(chromium: Browser, host: StaticHost, trap: Recording) -> Iterator[OpenWindow]:
    """Opens windows on the shipped courses."""
    with ExitStack() as stack:
        yield lambda **options: make_window(chromium, host, trap, stack, **options)


@pytest.fixture
def window(open_window: OpenWindow) -> Window:
    return open_window()
