import re
import shlex
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest

from fallback_hub.cli import COMMANDS
from fallback_hub.settings import CourseRules, HubSettings, ServerProfile, Servers, SignIn, examine_settings
from lite_site.site.hosting import hosting_files

from .codes import refusal_codes
from .reading import DOCS, ROOT, anchors_in, commands_in, links_in
from .test_docs import is_taken, name_of

PAGES = (DOCS / "en/hub.md", DOCS / "fr/cluster.md")
DEPLOY = ROOT / "fallback_hub/deploy"
KEY_ROW = re.compile(r"^\| (?:`\[([a-z_.]+)[A-Z]*\]` )?`([a-z_]+)` \| .+ \| (.+) \|$", re.MULTILINE)
CODE_ROW = re.compile(r"^\| `([a-z-]+)` \| \d{3}", re.MULTILINE)
TABLES = {
    "sign_in": fields(SignIn),
    "servers": fields(Servers),
    "profiles.": fields(ServerProfile),
    "courses.": fields(CourseRules),
}
NAMED_BY_THE_TABLE = {"name", "slug"}
SIZES = {2_000_000_000: "2 GB", 4_000_000_000: "4 GB"}


def key_rows(page: Path) -> list[tuple[str, str, str]]:
    """Table, key and usual value of each row in the section on hub.toml."""
    section = page.read_text("utf-8").partition("\n## hub.toml")[2].partition("\n## ")[0]
    return KEY_ROW.findall(section)


def keys_of_hub_toml() -> set[tuple[str, str]]:
    """Every table and key that hub.toml may have."""
    inner = {(table, field.name) for table, inside in TABLES.items() for field in inside}
    outer = {("", field.name) for field in fields(HubSettings)} - {("", "path")}
    tables = {("", table.rstrip(".")) for table in TABLES}
    return {(table, key) for table, key in inner | outer - tables if key not in NAMED_BY_THE_TABLE}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_key_of_hub_toml_is_explained_once(page: Path) -> None:
    rows = [(table, key) for table, key, _ in key_rows(page)]
    assert len(set(rows)) == len(rows)
    assert set(rows) == keys_of_hub_toml()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_number_or_size_that_is_usual_is_the_one_told(page: Path) -> None:
    told = {(table, key): usual for table, key, usual in key_rows(page)}
    usual = {"sign_in": SignIn(), "servers": Servers(), "profiles.": ServerProfile("standard")}
    for table, values in usual.items():
        for field in TABLES[table]:
            value = getattr(values, field.name)
            if isinstance(value, int) and not isinstance(value, bool):
                assert told[table, field.name] == (f'`"{SIZES[value]}"`' if value in SIZES else f"`{value}`")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_the_settings_shown_are_ones_the_hub_takes(page: Path, tmp_path: Path) -> None:
    whole, *parts = re.findall(r"```toml\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    config = tmp_path / "hub.toml"
    config.write_text("\n".join((whole, *parts)))
    reading = examine_settings(config)
    assert reading.problems == ()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_refusal_is_explained_once(page: Path) -> None:
    listed = CODE_ROW.findall(page.read_text("utf-8"))
    assert len(set(listed)) == len(listed)
    assert set(listed) == refusal_codes()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_of_the_hub_is_shown(page: Path) -> None:
    shown = {shlex.split(line)[2] for line in commands_in(page) if line.startswith("passerelle hub ")}
    assert {command.__name__.rpartition(".")[2] for command in COMMANDS} <= shown


def test_what_the_unit_starts_is_a_command() -> None:
    unit = (DEPLOY / "passerelle-hub.service").read_text("utf-8")
    (start,) = re.findall(r"^ExecStart=(.+)$", unit, re.MULTILINE)
    assert is_taken(start)
    assert "ExecReload=/bin/kill -HUP $MAINPID" in unit
    assert "KillMode=mixed" in unit


def test_caddy_takes_the_caddyfile(tmp_path: Path) -> None:
    for name, text in hosting_files("default-src 'self'").items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    ours = (DEPLOY / "Caddyfile").read_text("utf-8").replace("/srv/site", str(tmp_path))
    (tmp_path / "Caddyfile").write_text(ours.replace("/var/log/caddy", str(tmp_path)))
    command = ["caddy", "validate", "--adapter", "caddyfile", "--config", str(tmp_path / "Caddyfile")]
    ended = subprocess.run(command, capture_output=True, text=True, env={"HOME": str(tmp_path)}, check=False)
    assert ended.returncode == 0, ended.stderr


def test_the_deployed_files_are_explained() -> None:
    text = (DEPLOY / "README.md").read_text("utf-8")
    for file in DEPLOY.iterdir():
        assert f"`{file.name}`" in text or file.name == "README.md"
    links = links_in(DEPLOY / "README.md")
    assert set(PAGES) <= {link.target for link in links}
    for link in links:
        assert not link.anchor or link.anchor in anchors_in(link.target)


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("README.md", "en/hub.md"),
        ("README.md", "fr/cluster.md"),
        *((f"en/{page}.md", "hub.md") for page in ("operator", "teacher", "problems")),
        *((f"fr/{page}.md", "cluster.md") for page in ("exploitant", "enseignant", "problemes")),
    ],
)
def test_the_hub_is_found_from_where_it_is_spoken_of(page: str, name: str) -> None:
    assert (DOCS / page).parent / name in {link.target for link in links_in(DOCS / page)}
