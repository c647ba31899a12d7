from pathlib import Path

import pytest
from hypothesis import settings

from .samples import Contents

settings.register_profile("unhurried", deadline=None)  # a first import or a busy machine is no failure
settings.load_profile("unhurried")


@pytest.fixture
def contents(tmp_path: Path) -> Contents:
    return Contents(tmp_path)
