import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fallback_hub.problems import HubError
from fallback_hub.settings import CourseRules, ServerProfile, Servers, SignIn, examine_settings, read_settings

SMALL = 'site_url = "https://cours.example.org"\nurl = "https://hub.example.org"\n'


def write(folder: Path, text: str) -> Path:
    path = folder / "hub.toml"
    path.write_text(text)
    return path


def told(folder: Path, text: str) -> dict[str, str]:
    """Codes by key of everything told about hub.toml."""
    reading = examine_settings(write(folder, text))
    return {problem.place.partition(", ")[2]: problem.code for problem in reading.problems}


def test_two_addresses_are_enough(tmp_path: Path) -> None:
    read = read_settings(write(tmp_path, SMALL))
    assert (read.site_url, read.url) == ("https://cours.example.org/", "https://hub.example.org/")
    assert (read.site_origin, read.hub_origin, read.base_path) == (
        "https://cours.example.org",
        "https://hub.example.org",
        "/",
    )
    assert read.redirect_uri == "https://cours.example.org/_passerelle/signed-in.html"
    assert (read.site, read.state) == (tmp_path / "_site", tmp_path / "state")
    assert read.bind == ("127.0.0.1", 8001)
    assert (read.sign_in, read.servers) == (SignIn(), Servers())
    assert read.rules("anything") == CourseRules("anything", open=True)


def test_everything_is_read(tmp_path: Path) -> None:
    text = """
site = "built"
site_url = "http://127.0.0.1:8000/ens/"
url = "http://127.0.0.1:8001/hub-of-ens"
bind = "127.0.0.1:9001"
state = "/var/lib/x"
environments = "envs"
[sign_in]
method = "pam"
admins = ["Root.Admin", "root.admin"]
allowed = ["durand"]
token_minutes = "1 h"
session_hours = 8
[servers]
idle_minutes = 30
start_seconds = "2 min"
at_once = 3
at_most = 9
max_file = "500 MB"
metrics_token = "abcdefghijklmnop"
[profiles.standard]
memory = "1.5 GB"
cpus = 3
gpus = 1
minutes = "2 h"
[courses.genomique]
open = false
teachers = ["durand"]
assistants = ["petit"]
students = ["alice", "bob"]
data = "data/genomique"
"""
    reading = examine_settings(write(tmp_path, text))
    read = reading.settings
    assert read is not None
    assert reading.problems == ()
    assert read.redirect_uri == "http://127.0.0.1:8000/ens/_passerelle/signed-in.html"
    assert (read.base_path, read.bind) == ("/hub-of-ens/", ("127.0.0.1", 9001))
    assert (read.state, read.environments) == (Path("/var/lib/x"), tmp_path / "envs")
    assert read.sign_in == SignIn("pam", sign_up=False, admins=("root.admin",), allowed=("durand",), session_hours=8)
    assert read.servers == Servers(30, 120, 3, 9, 500_000_000, "abcdefghijklmnop")
    assert read.profiles == {"standard": ServerProfile("standard", 1_500_000_000, 3, 1, 120)}
    rules = CourseRules(
        "genomique", open=False, teachers=("durand",), assistants=("petit",), students=("alice", "bob"),
        data=tmp_path / "data/genomique",
    )  # fmt: skip
    assert read.rules("genomique") == rules


def test_no_token_outlives_the_session() -> None:
    assert SignIn(token_minutes=60, session_hours=12).token_seconds == 3600
    assert SignIn(token_minutes=1440, session_hours=1).token_seconds == 3600


def test_every_fault_is_told_at_once_with_its_key(tmp_path: Path) -> None:
    text = """
site_url = "cours.example.org"
url = "https://me:x@hub.example.org/"
bind = "8001"
stat = "x"
[sign_in]
method = "ldap"
token_minutes = 1
admins = ["a/b"]
[servers]
max_file = "lots"
at_once = true
metrics_token = "short"
[profiles."Big One"]
memory = 4
[courses."Génomique"]
open = "yes"
"""
    assert told(tmp_path, text) == {
        "site_url": "hub-address",
        "url": "hub-address",
        "bind": "hub-malformed",
        "stat": "hub-unknown-key",
        "sign_in.method": "hub-unknown-value",
        "sign_in.token_minutes": "hub-out-of-range",
        "sign_in.admins": "hub-malformed",
        "servers.max_file": "hub-malformed",
        "servers.at_once": "hub-wrong-type",
        "servers.metrics_token": "hub-weak-token",
        'profiles."Big One"': "hub-malformed",
        'profiles."Big One".memory': "hub-malformed",
        'courses."Génomique"': "hub-malformed",
        'courses."Génomique".open': "hub-wrong-type",
    }
    with pytest.raises(HubError) as caught:
        read_settings(tmp_path / "hub.toml")
    assert len(caught.value.problems) == 14
    assert "Did you mean `state`?" in str(caught.value)


@pytest.mark.parametrize(
    ("site_url", "url", "codes"),
    [
        ("https://a.example.org/", "https://a.example.org/hub/", {"url": "hub-same-origin"}),
        ("https://a.example.org/", "https://A.example.org:443/", {"url": "hub-same-origin"}),
        ("https://a.example.org/", "https://a.example.org:8443/", {"url": "hub-same-host"}),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8001/", {}),
        ("http://localhost:8000/", "http://localhost:8000/", {"url": "hub-same-origin"}),
        ("http://a.example.org/", "https://h.example.org/", {"site_url": "hub-not-encrypted"}),
        ("https://a.example.org/", "http://127.0.0.1:8001/", {}),
    ],
)
def test_site_and_hub_are_two_origins(tmp_path: Path, site_url: str, url: str, codes: dict[str, str]) -> None:
    assert told(tmp_path, f'site_url = "{site_url}"\nurl = "{url}"\n') == codes


def test_a_page_got_by_https_cannot_speak_http(tmp_path: Path) -> None:
    reading = examine_settings(write(tmp_path, SMALL.replace("https://hub", "http://hub")))
    assert {problem.code for problem in reading.problems} == {"hub-not-encrypted", "hub-mixed-content"}
    assert reading.settings is None


def test_warnings_stop_nothing(tmp_path: Path) -> None:
    text = SMALL.replace("https://cours", "http://cours")
    assert read_settings(write(tmp_path, text)).site_url == "http://cours.example.org/"
    assert [problem.severity for problem in examine_settings(tmp_path / "hub.toml").problems] == ["warning"]


def test_a_hub_on_this_machine_listens_where_its_address_says(tmp_path: Path) -> None:
    text = 'site_url = "http://127.0.0.1:8000"\nurl = "http://127.0.0.1:8123"\n'
    assert read_settings(write(tmp_path, text)).bind == ("127.0.0.1", 8123)
    assert told(tmp_path, text + 'bind = ":8123"\n') == {"bind": "hub-open-bind"}


def test_state_is_never_published(tmp_path: Path) -> None:
    assert told(tmp_path, SMALL + 'state = "_site/state"\n') == {"state": "hub-state-place"}


def test_environments_are_where_everybody_can_read_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, SMALL)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert read_settings(path).environments == Path("/var/lib/passerelle/environments")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert read_settings(path).environments == tmp_path / "state/environments"


def test_sign_up_is_for_the_hubs_own_accounts(tmp_path: Path) -> None:
    text = SMALL + '[sign_in]\nmethod = "pam"\nsign_up = true\n'
    assert told(tmp_path, text) == {"sign_in.sign_up": "hub-sign-up-pam"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"site_url = https", "hub-toml-broken"),
        (b"site_url = '\xff'", "hub-toml-broken"),
        (b"x = " + b"[" * 100_000, "hub-toml-broken"),
        (b"x = 1" + b"0" * 5000, "hub-toml-broken"),
        (b"#" * 1_000_001, "hub-file-unreadable"),
    ],
)
def test_a_broken_file_is_one_sentence(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "hub.toml"
    path.write_bytes(content)
    assert [problem.code for problem in examine_settings(path).problems] == [code]


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(HubError) as caught:
        read_settings(tmp_path / "hub.toml")
    assert [problem.code for problem in caught.value.problems] == ["hub-file-missing"]


def test_the_documented_example_is_sound(tmp_path: Path) -> None:
    import fallback_hub.settings as module

    lines = (module.__doc__ or "").split("::\n", 1)[1].splitlines()
    text = "\n".join(line.removeprefix("    ") for line in lines)
    reading = examine_settings(write(tmp_path, text))
    assert reading.problems == ()
    assert reading.settings is not None
    assert reading.settings.servers == Servers()
    assert reading.settings.sign_in == SignIn()


values = st.recursive(
    st.booleans()
    | st.integers(-10, 10**6)
    | st.text("ab/ .:@\n\u0000é", max_size=6).map(repr).map(lambda text: text[1:-1]),
    lambda inner: st.lists(inner, max_size=2),
    max_leaves=3,
)
KEYS = (
    "site",
    "site_url",
    "url",
    "bind",
    "state",
    "sign_in",
    "servers",
    "profiles",
    "courses",
    "environments",
    "other",
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
@given(st.dictionaries(st.sampled_from(KEYS), values, max_size=6))
def test_any_values_give_settings_or_problems(tmp_path: Path, data: dict[str, object]) -> None:
    import json

    text = "\n".join(f"{key} = {json.dumps(value)}" for key, value in data.items())
    reading = examine_settings(write(tmp_path, text))
    errors = [problem for problem in reading.problems if problem.severity == "error"]
    assert (reading.settings is None) == bool(errors)
    for problem in reading.problems:
        assert problem.remedy.endswith((".", "?", ")"))
