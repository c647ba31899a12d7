from pathlib import Path

import pytest

from .samples import Contents


@pytest.fixture
def contents(tmp_path: Path) -> Contents:
    return Contents(tmp_path)
