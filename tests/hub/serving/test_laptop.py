import stat
from pathlib import Path

import pytest

from fallback_hub.problems import HubError
from fallback_hub.serving.laptop import Laptop

SITE, HUB = "http://127.0.0.1:8000/", "http://127.0.0.1:8001/"


def test_its_settings_are_sound_and_only_its_owners(tmp_path: Path) -> None:
    laptop = Laptop(tmp_path / ".passerelle" / "hub", tmp_path / 'odd "name"' / "_site")
    settings = laptop.write_settings(SITE, HUB)
    assert (settings.site, settings.site_url, settings.url) == (laptop.site, SITE, HUB)
    assert settings.bind == ("127.0.0.1", 8001)
    assert settings.state == laptop.folder / "state"
    assert not settings.sign_in.sign_up
    assert stat.S_IMODE(laptop.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(laptop.config.stat().st_mode) == 0o600
    assert laptop.write_settings("http://127.0.0.1:9000/", HUB).site_url == "http://127.0.0.1:9000/"


def test_the_password_is_made_once_and_kept_for_its_owner(tmp_path: Path) -> None:
    laptop = Laptop(tmp_path / "hub", tmp_path / "_site")
    settings = laptop.write_settings(SITE, HUB)
    password = laptop.ensure_admin(settings)
    assert password
    assert laptop.password_file.read_text() == f"{password}\n"
    assert stat.S_IMODE(laptop.password_file.stat().st_mode) == 0o600
    assert laptop.ensure_admin(settings) is None


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HubError) as told:
        Laptop(tmp_path / "file" / "hub", tmp_path).write_settings(SITE, HUB)
    assert told.value.problems[0].code == "state-unusable"
