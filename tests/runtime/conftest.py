"""What these tests stand on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from lite_site.runtime.store import Store

from .samples import FileServer


@pytest.fixture
def server() -> Iterator[FileServer]:
    """A file server that is gone after the test."""
    running = FileServer()
    yield running
    running.close()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty cache."""
    return Store(tmp_path / "cache")
