from pathlib import Path

import pytest

from fallback_hub.settings import HubSettings, read_settings


@pytest.fixture
def settings(tmp_path: Path) -> HubSettings:
    (tmp_path / "hub.toml").write_text(
        'site_url = "http://127.0.0.1:8000/"\nurl = "http://127.0.0.1:8001/"\nenvironments = "environments"\n'
    )
    return read_settings(tmp_path / "hub.toml")
