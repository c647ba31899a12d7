import os
import pwd
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fallback_hub.hub.accounts import Account, account_names, ensure_account
from fallback_hub.problems import HubError
from fallback_hub.settings import USER_NAME, HubSettings, SignIn, read_settings

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="makes accounts")


def settings_in(folder: Path) -> HubSettings:
    folder.mkdir(exist_ok=True)
    (folder / "hub.toml").write_text('site_url = "http://127.0.0.1:8000/"\nurl = "http://127.0.0.1:8001/"\n')
    return read_settings(folder / "hub.toml")


@pytest.fixture
def settings(tmp_path: Path) -> HubSettings:
    return settings_in(tmp_path)


@pytest.fixture
def made() -> Iterator[None]:
    """Accounts that a test makes are gone after it."""
    before = {entry.pw_name for entry in pwd.getpwall()}
    yield
    for entry in pwd.getpwall():
        if entry.pw_name not in before and entry.pw_gecos.startswith("passerelle-") and "zz" in entry.pw_name:
            subprocess.run(["userdel", entry.pw_name], capture_output=True, check=False)
            shutil.rmtree(entry.pw_dir, ignore_errors=True)


@given(st.from_regex(USER_NAME, fullmatch=True))
def test_every_name_gives_a_safe_one(person: str) -> None:
    settings = HubSettings.__new__(HubSettings)
    object.__setattr__(settings, "state", Path("/state"))
    for name in account_names(person, settings):
        assert name.startswith("pas-")
        assert len(name) <= 32
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
        assert "--" not in name


def test_two_names_that_look_alike_are_two_accounts(settings: HubSettings) -> None:
    assert account_names("ann.lee", settings) != account_names("ann-lee", settings)
    assert not set(account_names("ann.lee", settings)) & set(account_names("ann@lee", settings))
    assert not set(account_names("a" * 60, settings)) & set(account_names("a" * 61, settings))


@as_root
def test_an_account_is_made_once_with_a_home_of_its_own(settings: HubSettings, made: None) -> None:
    account = ensure_account("zzalice", settings)
    entry = pwd.getpwnam(account.name)
    assert entry.pw_uid >= 1000
    assert account.home == Path("/home") / account.name
    assert account.home.stat().st_mode & 0o777 == 0o700
    assert account.home.stat().st_uid == account.uid
    assert account.groups == (account.gid,)
    account.home.chmod(0o755)
    assert ensure_account("zzalice", settings) == account
    assert account.home.stat().st_mode & 0o777 == 0o700


@as_root
def test_nobody_signs_in_to_it_by_password(settings: HubSettings, made: None) -> None:
    account = ensure_account("zzlocked", settings)
    shadow = next(line for line in Path("/etc/shadow").read_text().splitlines() if line.startswith(f"{account.name}:"))
    assert shadow.split(":")[1].startswith(("!", "*"))


@as_root
def test_another_hubs_account_of_the_name_is_never_taken(tmp_path: Path, made: None) -> None:
    one = ensure_account("zzalice", settings_in(tmp_path / "one"))
    two = ensure_account("zzalice", settings_in(tmp_path / "two"))
    assert one.uid != two.uid
    assert one.home != two.home


@as_root
def test_a_whole_class_at_once(settings: HubSettings, made: None) -> None:
    found: list[Account | Exception] = []

    def ask(person: str) -> None:
        try:
            found.append(ensure_account(person, settings))
        except HubError as error:
            found.append(error)

    people = [f"zzclass{number}" for number in range(4)] * 2
    threads = [threading.Thread(target=ask, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(isinstance(account, Account) for account in found), found
    assert len({account.uid for account in found if isinstance(account, Account)}) == 4


@as_root
def test_a_home_that_became_somebody_elses_is_not_entered(settings: HubSettings, made: None) -> None:
    account = ensure_account("zzmoved", settings)
    os.chown(account.home, 0, 0)
    with pytest.raises(HubError, match="belongs to somebody else"):
        ensure_account("zzmoved", settings)


@pytest.mark.parametrize(
    "person", [entry.pw_name for entry in pwd.getpwall() if entry.pw_uid < 1000 or entry.pw_name == "nobody"]
)
def test_pam_lets_no_system_account_run_notebooks(settings: HubSettings, person: str) -> None:
    with pytest.raises(HubError, match="system's own"):
        ensure_account(person, replace(settings, sign_in=SignIn("pam")), everyone=True)


def test_pam_needs_the_account_to_be_there(settings: HubSettings) -> None:
    with pytest.raises(HubError, match="no account of that name"):
        ensure_account("zznobodyhere", replace(settings, sign_in=SignIn("pam")), everyone=True)


def test_without_root_one_person_runs_all_as_the_hub(settings: HubSettings) -> None:
    account = ensure_account("admin", settings, everyone=False)
    assert account.uid == os.geteuid()
    assert account.home == settings.state / "homes/admin"
    assert account.home.stat().st_mode & 0o777 == 0o700
    with pytest.raises(HubError, match="only its administrator") as caught:
        ensure_account("alice", settings, everyone=False)
    assert caught.value.problems[0].code == "hub-single-user"


def test_no_useradd_is_told_with_its_package(settings: HubSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda *_args, **_kwargs: None)
    with pytest.raises(HubError, match=r"no useradd.*apt-get install passwd"):
        ensure_account("zzalice", settings, everyone=True)


def test_useradds_refusal_is_told(settings: HubSettings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "useradd"
    program.write_text("#!/bin/sh\necho 'useradd: /etc is read-only' >&2\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda *_args, **_kwargs: str(program))
    with pytest.raises(HubError, match="read-only"):
        ensure_account("zzalice", settings, everyone=True)
