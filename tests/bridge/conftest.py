"""One site, one hub and one Chromium for the session; people and windows for each test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.bridge.driving import BridgeWindow, make_bridge_window
from tests.bridge.faults import end_server
from tests.bridge.world import World, build_environments, running_world
from tests.browser.hosting import Recording, TrapHandler

OpenBridge = Callable[..., BridgeWindow]


@pytest.fixture(scope="session")
def trap() -> Iterator[Recording]:
    """Where everything goes that leaves 127.0.0.1, from any page or worker: a proxy that answers nothing."""
    with Recording(TrapHandler) as trap:
        yield trap


@pytest.fixture(scope="session")
def world(built_site: Path) -> Iterator[World]:
    """The shipped courses and a hub; what a test changes for others it puts right again."""
    with running_world(built_site) as world:
        build_environments(world, ["genomique", "python-premiers-pas"])
        yield world


@pytest.fixture
def person(world: World) -> str:
    """Somebody new to the hub."""
    return world.newcomer()


@pytest.fixture
def ended(world: World, person: str) -> Iterator[str]:
    """Somebody whose server is ended after the test, however it went."""
    yield person
    world.cable.mend()
    end_server(world, person)


@pytest.fixture
def open_bridge(chromium: Browser, world: World, trap: Recording) -> Iterator[OpenBridge]:
    """Opens browsers, each as one person has it: `open_bridge(person, language="fr", **Playwright's options)`."""
    with ExitStack() as stack:
        yield lambda person, **options: make_bridge_window(chromium, world, trap, stack, person, **options)
