"""What these tests stand on."""

from pathlib import Path

import pytest

from .samples import FakeIndex


@pytest.fixture
def index(tmp_path: Path) -> FakeIndex:
    """An empty package index."""
    folder = tmp_path / "index"
    folder.mkdir()
    return FakeIndex(folder)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course's folder."""
    folder = tmp_path / "contents" / "rna"
    folder.mkdir(parents=True)
    return folder
