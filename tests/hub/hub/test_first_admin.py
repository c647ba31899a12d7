import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fallback_hub.hub.first_admin import ensure_first_admin, set_password
from fallback_hub.hub.passwords import is_right
from fallback_hub.hub.storage import DATABASE
from fallback_hub.settings import HubSettings, read_settings


def settings_in(folder: Path, sign_in: str = "") -> HubSettings:
    text = f'site_url = "http://127.0.0.1:1/"\nurl = "http://127.0.0.1:2/"\n[sign_in]\n{sign_in}'
    (folder / "hub.toml").write_text(text)
    return read_settings(folder / "hub.toml")


def accounts(settings: HubSettings) -> dict[str, bytes]:
    database = sqlite3.connect(settings.state / DATABASE)
    try:
        return dict(database.execute("select username, password from users_info where is_authorized").fetchall())
    finally:
        database.close()


def test_the_first_administrators_password_is_told_once(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, 'admins = ["durand", "petit"]\n')
    password = ensure_first_admin(settings)
    assert password is not None
    kept = accounts(settings)
    assert list(kept) == ["durand"]
    assert is_right(password, kept["durand"])
    assert ensure_first_admin(settings) is None
    assert accounts(settings) == kept


def test_it_is_kept_nowhere_in_clear(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    settings = settings_in(tmp_path)
    password = ensure_first_admin(settings)
    assert password is not None
    assert all(password.encode() not in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert capfd.readouterr() == ("", "")


def test_two_first_starts_at_once_make_one_account(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    with ThreadPoolExecutor(4) as pool:
        made = [password for password in pool.map(ensure_first_admin, [settings] * 4) if password]
    assert len(made) == 1
    assert is_right(made[0], accounts(settings)["admin"])


def test_a_lost_password_is_replaced(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    lost = ensure_first_admin(settings)
    found = set_password(settings, "admin")
    assert lost != found
    assert is_right(found, accounts(settings)["admin"])
    assert set_password(settings, "alice", "chosen by hand") == "chosen by hand"
    assert set(accounts(settings)) == {"admin", "alice"}


@pytest.mark.parametrize("sign_in", ['method = "pam"\n', "admins = []\n"])
def test_where_there_is_nothing_to_make(tmp_path: Path, sign_in: str) -> None:
    settings = settings_in(tmp_path, sign_in)
    assert ensure_first_admin(settings) is None
    assert not settings.state.exists()
