from pathlib import Path

import pytest

from .workshop import Workshop


@pytest.fixture
def workshop(small_contents: Path) -> Workshop:
    """A folder with one small course, nothing built yet."""
    return Workshop(small_contents.parent)
