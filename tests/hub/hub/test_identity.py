"""Who gets in, against real hubs."""

import pwd
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from traitlets.config import Config

from fallback_hub.hub.identity import MachineAccounts, set_identity
from fallback_hub.hub.storage import DATABASE
from fallback_hub.settings import read_settings
from tests.hub.running import Challenge, RunningHub, running_hub

SOON = "c.Authenticator.auth_refresh_age = 1"
HERE = {"Sec-Fetch-Site": "same-origin"}


def ask_for_account(hub: RunningHub, name: str, password: str = "a long enough one") -> str:  # noqa: S107
    client = hub.client()
    client.get("hub/signup")
    form = {
        "username": name,
        "signup_password": password,
        "signup_password_confirmation": password,
        "_xsrf": client.cookies["_xsrf"],
    }
    answer = client.post("hub/signup", data=form)
    hub.passwords[name] = password
    return answer.text


def can_sign_in(hub: RunningHub, name: str, password: str | None = None) -> bool:
    return hub.try_sign_in(hub.client(), name, password or hub.passwords[name]).status_code == 302


def test_nobody_can_make_an_account_unless_the_operator_says_so(hub: RunningHub) -> None:
    client = hub.client()
    assert client.get("hub/signup").status_code == 404
    client.get("hub/login")
    form = {"username": "mallory", "signup_password": "long enough 1", "signup_password_confirmation": "long enough 1"}
    answer = client.post("hub/signup", data={**form, "_xsrf": client.cookies["_xsrf"]})
    assert answer.status_code == 404
    assert not can_sign_in(hub, "mallory", "long enough 1")


def test_the_form_speaks_the_browsers_language(hub: RunningHub) -> None:
    for wish, words in (("fr", "Se connecter"), ("en", "Sign in"), ("de", "Sign in")):
        page = hub.client(headers={"Accept-Language": wish}).get("hub/login").text
        assert f"<h1>{words}</h1>" in page


def test_a_name_in_the_form_stays_text(hub: RunningHub) -> None:
    page = hub.try_sign_in(hub.client(), '"><script>alert(1)</script>', "x").text
    assert "<script>alert(1)" not in page


@pytest.mark.parametrize("name", ["", "../admin", "a/b", "a b", "x" * 65, "al\u0131ce", "admin\n"])
def test_odd_names_are_nobody(hub: RunningHub, name: str) -> None:
    assert hub.try_sign_in(hub.client(), name, "whatever it is").status_code in {400, 403}


def test_after_eight_wrong_passwords_one_waits(hub: RunningHub) -> None:
    client = hub.client(headers={"Accept-Language": "fr"})
    codes = [hub.try_sign_in(client, "frank", "wrong").status_code for _ in range(9)]
    assert codes == [403] * 8 + [429]
    answer = hub.try_sign_in(client, "frank", hub.passwords["frank"])
    assert answer.status_code == 429
    assert "Trop de mots de passe faux" in answer.text
    assert 1 <= int(answer.headers["retry-after"]) <= 600
    assert can_sign_in(hub, "alice")


def test_what_the_hub_keeps_is_for_its_user_alone(hub: RunningHub) -> None:
    state = hub.settings.state
    assert state.stat().st_mode & 0o777 == 0o700
    for file in state.iterdir():
        if file.is_file():
            assert file.stat().st_mode & 0o077 == 0, file
    kept = (state / DATABASE).read_bytes()
    assert not any(password.encode() in kept for password in hub.passwords.values())


def test_an_administrator_makes_an_account_with_its_first_password(hub: RunningHub) -> None:
    admin = hub.sign_in("admin")
    admin.get("hub/home")
    headers = {"X-XSRFToken": admin.cookies["_xsrf"]}
    assert admin.post("hub/api/users/newcomer", headers=headers).status_code == 201
    for password, let_in in (("short", False), ("x" * 73, False), ("long enough 1", True)):
        form = {"new_password": password, "new_password_confirmation": password, "_xsrf": admin.cookies["_xsrf"]}
        assert admin.post("hub/change-password/newcomer", data=form).status_code == 200
        assert can_sign_in(hub, "newcomer", password) is let_in


@pytest.mark.parametrize("path", ["authorize", "authorize/bob", "discard/bob", "change-password/bob", "admin"])
def test_pages_of_accounts_are_the_administrators(hub: RunningHub, path: str) -> None:
    alice = hub.sign_in("alice")
    assert alice.get(f"hub/{path}", headers=HERE).status_code in {403, 404}
    assert can_sign_in(hub, "bob")


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "none"},
     {"Referer": "https://evil.example/"}, {"Sec-Fetch-Site": "cross-site", "Referer": "{}hub/authorize"}],
)  # fmt: skip
def test_a_link_from_elsewhere_lets_nobody_in_or_out(hub: RunningHub, headers: dict[str, str]) -> None:
    admin = hub.sign_in("admin")
    for path in ("authorize", "discard"):
        sent = {name: value.format(hub.url) for name, value in headers.items()}
        assert admin.get(f"hub/{path}/bob", headers=sent).status_code == 403
    assert can_sign_in(hub, "bob")


@pytest.fixture(scope="module")
def open_hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """A hub where people may ask for an account."""
    folder = tmp_path_factory.mktemp("open")
    sign_in = 'sign_up = true\nadmins = ["admin", "second"]\n'
    with running_hub(folder, spawner="simple", gateway=False, sign_in=sign_in) as hub:
        yield hub


def test_who_asks_is_let_in_by_an_administrator(open_hub: RunningHub) -> None:
    ask_for_account(open_hub, "pupil")
    assert not can_sign_in(open_hub, "pupil")
    admin = open_hub.sign_in("admin")
    assert "pupil" in admin.get("hub/authorize").text
    admin.get("hub/authorize/pupil", headers=HERE)
    assert can_sign_in(open_hub, "pupil")


def test_asking_by_an_administrators_name_gives_nothing(open_hub: RunningHub) -> None:
    """`second` is named in hub.toml and has no account yet."""
    ask_for_account(open_hub, "second")
    ask_for_account(open_hub, "Second", "another long one")
    assert not can_sign_in(open_hub, "second")
    assert not can_sign_in(open_hub, "second", "another long one")


@pytest.mark.parametrize("password", ["short", "x" * 73, "password123"])
def test_weak_passwords_make_no_account(open_hub: RunningHub, password: str) -> None:
    ask_for_account(open_hub, "weak", password)
    assert "weak" not in open_hub.sign_in("admin").get("hub/authorize").text


def test_taking_a_name_out_of_hub_toml_takes_effect(tmp_path: Path) -> None:
    """`admins` and `allowed` are what hub.toml says, not what it once said."""
    folder = tmp_path / "hub"
    sign_in = 'admins = ["admin", "bob"]\nallowed = ["alice"]\n'
    with running_hub(folder, spawner="simple", gateway=False, sign_in=sign_in) as hub:
        assert [can_sign_in(hub, name) for name in ("admin", "alice", "bob")] == [True, True, True]
        assert hub.api("GET", "user", hub.token("bob")).json()["admin"] is True
        text = hub.settings.path.read_text()
        text = text.replace('["admin", "bob"]', '["admin"]').replace('["alice"]', '["bob"]')
        hub.settings.path.write_text(text)
        hub.restart_hub()
        assert [can_sign_in(hub, name) for name in ("admin", "alice", "bob")] == [True, False, True]
        assert hub.api("GET", "user", hub.token("bob")).json()["admin"] is False
        assert hub.sign_in("bob").get("hub/admin").status_code == 403
        with closing(sqlite3.connect(hub.settings.state / DATABASE)) as database:
            rows = database.execute("select name from users where admin = 1").fetchall()
        assert rows == [("admin",)]


def machine_accounts(folder: Path, sign_in: str) -> MachineAccounts:
    text = f'site_url = "http://127.0.0.1:1/"\nurl = "http://127.0.0.1:2/"\n[sign_in]\nmethod = "pam"\n{sign_in}'
    (folder / "hub.toml").write_text(text)
    c = Config()
    set_identity(c, read_settings(folder / "hub.toml"))
    assert c.JupyterHub.authenticator_class is MachineAccounts
    return MachineAccounts(config=c)


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with these accounts."""
    uids = {"root": 0, "daemon": 1, "www-data": 33, "durand": 1000, "alice": 1001, "nobody": 65_534}

    def getpwnam(name: str) -> pwd.struct_passwd:
        return pwd.struct_passwd((name, "x", uids[name], uids[name], "", "/", "/bin/sh"))

    monkeypatch.setattr(pwd, "getpwnam", getpwnam)


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("sign_in", "let_in"),
    [
        ("", {"durand", "alice"}),
        ('allowed = ["alice", "root"]\n', {"alice"}),
        ('allowed = ["alice"]\nadmins = ["durand", "root"]\n', {"alice", "durand"}),
    ],
)
def test_the_machines_people_get_in_its_services_never(tmp_path: Path, sign_in: str, let_in: set[str]) -> None:
    accounts = machine_accounts(tmp_path, sign_in)
    names = ("root", "daemon", "www-data", "durand", "alice", "nobody", "unknown")
    assert {name for name in names if accounts.check_allowed(name)} == let_in


def test_who_is_put_out_is_out_with_cookie_and_token(tmp_path: Path) -> None:
    with running_hub(tmp_path, spawner="simple", gateway=False, extra_config=SOON) as hub:
        browser = hub.sign_in("alice")
        token = hub.token("alice", browser)
        assert hub.api("GET", "user", token).status_code == 200
        with closing(sqlite3.connect(hub.settings.state / DATABASE)) as database, database:
            database.execute("update users_info set is_authorized = 0 where username = 'alice'")
        time.sleep(1.5)
        assert hub.api("GET", "user", token).status_code == 403
        assert browser.get("hub/home").headers["location"].startswith("/hub/login")
        assert hub.authorize(browser, Challenge()).headers["location"].startswith("/hub/login")
        assert hub.api("GET", "user", hub.token("bob")).status_code == 200
