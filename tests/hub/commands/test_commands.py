"""The commands that start nothing, as somebody at a terminal runs them."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fallback_hub.environments.prune import DAY
from fallback_hub.settings import read_settings
from lite_site.cli import main

COMMANDS = ("serve", "new", "check", "start", "status", "restart", "stop", "password", "prune")


def hub(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "lite_site", "hub", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def test_help_names_every_command_and_each_has_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--help"], *([command, "--help"] for command in COMMANDS)):
        with pytest.raises(SystemExit) as ended:
            main(["hub", *arguments])
        assert ended.value.code == 0
        told = capsys.readouterr().out
        assert len(arguments) > 1 or all(f"\n    {command} " in told for command in COMMANDS)


def test_new_writes_settings_that_are_sound_and_never_over_others(tmp_path: Path) -> None:
    done = hub(tmp_path, "new", "--site-url", "https://cours.example.org/", "--url", "https://hub.example.org")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "hub.toml is written. Next: passerelle hub check --config hub.toml\n"
    settings = read_settings(tmp_path / "hub.toml")
    assert (settings.site_url, settings.url) == ("https://cours.example.org/", "https://hub.example.org/")
    assert settings.site == tmp_path / "_site"

    before = (tmp_path / "hub.toml").read_text()
    again = hub(tmp_path, "new")
    assert again.returncode == 1
    assert again.stderr.startswith("hub.toml: It is there already.")
    assert (tmp_path / "hub.toml").read_text() == before


def test_prune_lists_old_environments_and_removes_them_only_when_asked(tmp_path: Path) -> None:
    hub(tmp_path, "new")
    text = (tmp_path / "hub.toml").read_text()
    (tmp_path / "hub.toml").write_text(f'environments = "environments"\n{text}')
    old = tmp_path / "environments" / "old"
    old.mkdir(parents=True)
    long_ago = time.time() - 10 * DAY
    os.utime(old, (long_ago, long_ago))
    listed = hub(tmp_path, "prune", "--days", "9")
    assert listed.stdout == f"{old}\n1 environment unused for 9 days. Remove with --remove.\n"
    assert old.is_dir()
    assert hub(tmp_path, "prune", "--days", "9", "--remove").stdout == f"{old}\nRemoved 1 environment.\n"
    assert not old.exists()
    assert hub(tmp_path, "prune", "--days", "0").returncode == 2


def test_new_refuses_addresses_that_cannot_be(tmp_path: Path) -> None:
    done = hub(tmp_path, "new", "--site-url", "http://127.0.0.1:8001/", "--json")
    assert done.returncode == 1
    assert "hub-same-origin" in {problem["code"] for problem in json.loads(done.stdout)["problems"]}
    assert not (tmp_path / "hub.toml").exists()


@pytest.mark.parametrize("command", ["check", "start", "status", "restart", "stop"])
def test_without_settings_each_says_so(tmp_path: Path, command: str) -> None:
    done = hub(tmp_path, command)
    assert done.returncode == 1
    assert "hub.toml" in done.stdout + done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_hub_that_never_ran(tmp_path: Path) -> None:
    hub(tmp_path, "new")
    status = hub(tmp_path, "status")
    assert (status.returncode, status.stdout) == (1, "The hub isn't running. Start it: passerelle hub start.\n")
    told = json.loads(hub(tmp_path, "status", "--json").stdout)
    assert told == {"running": False, "answers": False, "gateway": False, "servers": 0}
    stop = hub(tmp_path, "stop")
    assert (stop.returncode, stop.stdout) == (0, "The hub wasn't running.\n")


def test_accounts_are_made_and_given_new_passwords(tmp_path: Path) -> None:
    hub(tmp_path, "new")
    first = hub(tmp_path, "password", "Marie")
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("marie   password: ")
    second = json.loads(hub(tmp_path, "password", "marie", "--json").stdout)
    assert second["name"] == "marie"
    assert second["password"] not in first.stdout
    odd = hub(tmp_path, "password", "../etc")
    assert odd.returncode == 1
    assert "no user name" in odd.stderr


def test_where_the_machine_signs_people_in_no_account_is_made(tmp_path: Path) -> None:
    hub(tmp_path, "new")
    with (tmp_path / "hub.toml").open("a") as settings:
        settings.write("\n")
    text = (tmp_path / "hub.toml").read_text().replace("[sign_in]\n", '[sign_in]\nmethod = "pam"\n')
    (tmp_path / "hub.toml").write_text(text)
    done = hub(tmp_path, "password", "marie")
    assert done.returncode == 1
    assert "useradd" in done.stderr


def test_ports_that_are_none_are_refused(tmp_path: Path) -> None:
    done = hub(tmp_path, "serve", "--hub-port", "0")
    assert done.returncode == 2
    assert "0 isn't a port from 1 to 65535" in done.stderr
