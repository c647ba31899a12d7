"""One real hub for the tests of this room; those that change it for others start their own."""

from collections.abc import Iterator

import pytest

from tests.hub.running import RunningHub, running_hub


@pytest.fixture(scope="package")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """A hub with JupyterHub's simplest spawner and nobody listening as gateway; frank is kept out for a while."""
    people = ("admin", "alice", "bob", "carol", "dave", "erin", "frank")
    with running_hub(tmp_path_factory.mktemp("hub"), spawner="simple", gateway=False, people=people) as hub:
        yield hub
