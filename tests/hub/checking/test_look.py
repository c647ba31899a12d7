import os
import shutil
import socket
import sys
from pathlib import Path

import pytest

from fallback_hub.checking import advice, machine, site
from fallback_hub.checking.finding import Finding
from fallback_hub.checking.look import look_around
from fallback_hub.checking.machine import first_closed
from fallback_hub.places import SERVED
from fallback_hub.serving.laptop import Laptop
from fallback_hub.settings import HubSettings, read_settings
from tests.hub.running import free_ports
from tests.hub.sites import write_course_json

VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
HUB = "https://hub.example.org/"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A hub.toml for a site with one course that is sound, connected, and has all it needs."""
    (port,) = free_ports(1)
    write_course(tmp_path / "_site" / "rna")
    connect(tmp_path / "_site" / "rna", HUB)
    (tmp_path / "hub.toml").write_text(
        f'site_url = "https://cours.example.org/"\nurl = "{HUB}"\nbind = "127.0.0.1:{port}"\n'
        f'environments = "{tmp_path / "environments"}"\n'
    )
    return tmp_path / "hub.toml"


def write_course(folder: Path, **changes: object) -> None:
    (folder / "environment").mkdir(parents=True, exist_ok=True)
    (folder / "environment" / "requirements.txt").write_text("")
    environment = {"requirements": "environment/requirements.txt", "lock_sha256": "0" * 64, "python": VERSION}
    write_course_json(folder, **{"environment": environment, **changes})


def connect(course: Path, hub: str) -> None:
    (course / "lab").mkdir(exist_ok=True)
    meta = f'<meta name="passerelle-hub" content="{hub}">' if hub else ""
    (course / "lab" / "index.html").write_text(f"<html><head>{meta}</head></html>")


def found(config: Path, what: str) -> Finding:
    """The one finding on this."""
    (finding,) = [finding for finding in look_around(config) if finding.what == what]
    return finding


def codes(config: Path) -> set[str]:
    return {finding.code for finding in look_around(config) if finding.code}


def test_all_is_well(config: Path) -> None:
    told = [finding for finding in look_around(config) if finding.level == "problem"]
    closed = os.geteuid() == 0 and first_closed(config.parent) is not None
    assert {finding.code for finding in told} == ({"hub-environments-closed", "hub-site-closed"} if closed else set())
    for what in ("settings", "port", "uv", "site", "connection", f"python {VERSION}", "disk", "memory", "TLS"):
        assert found(config, what).level == "ok", found(config, what)


def test_nothing_is_changed_by_looking(config: Path) -> None:
    before = sorted(config.parent.rglob("*"))
    list(look_around(config))
    assert sorted(config.parent.rglob("*")) == before


def test_settings_with_faults_are_all_there_is_to_say(config: Path) -> None:
    config.write_text('site_url = "nowhere"\nurl = "ftp://hub.example.org/"\n')
    findings = list(look_around(config))
    assert len(findings) >= 2
    assert {finding.level for finding in findings} == {"problem"}
    assert all(finding.remedy and finding.code for finding in findings)


def test_a_busy_port(config: Path) -> None:
    with socket.create_server(read_settings(config).bind):
        assert "hub-port-busy" in codes(config)


@pytest.mark.parametrize(
    ("hub", "code"), [("", "hub-site-unconnected"), ("https://other.example.org/", "hub-site-elsewhere")]
)
def test_a_site_that_knows_another_hub_or_none(config: Path, hub: str, code: str) -> None:
    connect(config.parent / "_site" / "rna", hub)
    finding = found(config, "connection")
    assert finding.code == code
    assert f"passerelle connect {HUB} --site {config.parent / '_site'}" in finding.remedy


def test_the_hub_of_a_laptop_needs_no_connected_site_its_preview_tells_the_pages(config: Path) -> None:
    connect(config.parent / "_site" / "rna", "")
    laptop = Laptop(config.parent / SERVED, config.parent / "_site")
    laptop.write_settings("http://127.0.0.1:8000/", "http://127.0.0.1:8001/")
    assert found(laptop.config, "connection").level == "ok"


def test_a_site_half_connected_is_told(config: Path) -> None:
    write_course(config.parent / "_site" / "proteins")
    connect(config.parent / "_site" / "proteins", "https://other.example.org/")
    assert found(config, "connection").code == "hub-site-elsewhere"


def test_no_site_and_a_broken_course(config: Path) -> None:
    (config.parent / "_site" / "rna" / "course.json").write_text("{")
    assert "hub-course-malformed" in codes(config)
    shutil.rmtree(config.parent / "_site")
    assert "hub-site-missing" in codes(config)


def test_a_course_in_hub_toml_that_the_site_has_not(config: Path) -> None:
    with config.open("a") as settings:
        settings.write("[courses.arn]\nopen = false\n")
    assert "hub-unknown-course" in codes(config)


def test_a_python_that_is_not_here(config: Path) -> None:
    environment = {"requirements": "environment/requirements.txt", "lock_sha256": "0" * 64, "python": "3.99"}
    write_course(config.parent / "_site" / "rna", environment=environment)
    finding = found(config, "python 3.99")
    assert (finding.level, finding.code) == ("problem", "hub-python-missing")


def test_a_course_for_the_cluster_without_its_packages(config: Path) -> None:
    write_course(config.parent / "_site" / "rna", environment=None)
    assert found(config, "course rna").code == "hub-no-lock"


def test_programs_are_looked_for_where_kernels_look(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (config.parent / "bin").mkdir()
    program = config.parent / "bin" / "bowtie9"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(config.parent / "bin"), prepend=os.pathsep)
    write_course(config.parent / "_site" / "rna", programs=["sh", "bowtie9"])
    finding = found(config, "course rna")
    assert finding.code == "hub-program-missing"
    assert "run bowtie9, which" in finding.text
    monkeypatch.setattr(site, "SYSTEM_PATH", f"{config.parent / 'bin'}:/bin:/usr/bin")
    assert found(config, "course rna").level == "ok"


def test_a_state_folder_that_others_read(config: Path) -> None:
    (config.parent / "state").mkdir()
    (config.parent / "state").chmod(0o755)
    assert "hub-state-open" in codes(config)


def test_a_course_whose_data_is_not_there(config: Path) -> None:
    with config.open("a") as settings:
        settings.write('[courses.rna]\ndata = "reads"\n')
    assert found(config, "data of rna").code == "hub-data-missing"
    (config.parent / "reads").mkdir()
    assert "hub-data-missing" not in codes(config)


def test_a_folder_closed_on_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    for folder in (tmp_path / "a", tmp_path / "a" / "b"):
        folder.chmod(0o755)
    first = first_closed(tmp_path / "a" / "b" / "c")
    assert first is None or first in tmp_path.parents or first == tmp_path
    (tmp_path / "a").chmod(0o700)
    closed = first_closed(tmp_path / "a" / "b" / "c")
    assert closed == (first or tmp_path / "a")


def looks(config: Path, text: str = "") -> HubSettings:
    with config.open("a") as settings:
        settings.write(text)
    return read_settings(config)


def test_as_root_people_have_accounts_and_else_there_is_one(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    (one,) = machine.look_at_accounts(looks(config))
    assert one.code == "hub-one-account"
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda *_, **__: None)
    (none,) = machine.look_at_accounts(looks(config))
    assert (none.level, none.code) == ("problem", "hub-useradd-missing")
    (machines,) = machine.look_at_accounts(looks(config, '[sign_in]\nmethod = "pam"\n'))
    assert machines.level == "ok"


def test_little_room(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "DISK", 10**18)
    settings = looks(config, '[profiles.standard]\nmemory = "100000 GB"\n')
    assert {finding.code for finding in machine.look_at_room(settings)} == {"hub-little-disk", "hub-little-memory"}


def test_a_proxy_that_can_be_reached_past_the_web_server(config: Path) -> None:
    config.write_text(config.read_text().replace('bind = "127.0.0.1', 'bind = "0.0.0.0'))
    (finding,) = advice.look_at_tls(read_settings(config))
    assert finding.code == "hub-open-bind"


def test_a_unit_for_systemd_where_it_runs(config: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(advice, "SYSTEMD", tmp_path / "nowhere")
    assert list(advice.look_at_start(read_settings(config))) == []
    monkeypatch.setattr(advice, "SYSTEMD", tmp_path)
    (finding,) = advice.look_at_start(read_settings(config))
    assert f"hub start --foreground --config {config}" in finding.text
