import json
from pathlib import Path

import pytest

from lite_site.cli import main
from lite_site.pipeline import build_site
from lite_site.report import SilentReport
from lite_site.settings import make_settings
from tests.small import files_of

HUB = "https://hub.example/jupyter/"
Said = pytest.CaptureFixture[str]


@pytest.fixture
def site(small_contents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built site in the folder where commands are run, as `_site`."""
    monkeypatch.chdir(tmp_path)
    build_site(make_settings(contents=small_contents), SilentReport())
    return tmp_path / "_site"


def test_a_site_is_connected_asked_and_taken_off(site: Path, capsys: Said) -> None:
    assert main(["connect"]) == 0
    assert main(["connect", "https://hub.example/jupyter"]) == 0
    assert main(["connect", HUB]) == 0
    assert main(["connect"]) == 0
    assert main(["connect", "--none", "--site", str(site)]) == 0
    assert main(["connect", "--none"]) == 0

    said = capsys.readouterr()
    assert said.err == ""
    assert said.out.splitlines() == [
        f"{site}: connected to no hub (2 pages that run code).",
        f"{site}: connected to {HUB} (2 pages that run code, 6 files written).",
        f"{site}: connected to {HUB} (2 pages that run code).",
        f"{site}: connected to {HUB} (2 pages that run code).",
        f"{site}: connected to no hub any more (2 pages that run code, 6 files written).",
        f"{site}: connected to no hub (2 pages that run code).",
    ]


def test_for_machines(site: Path, capsys: Said) -> None:
    assert main(["connect", "http://hub.example/", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert [problem["code"] for problem in report.pop("problems")] == ["hub-plain-http"]
    assert report == {"ok": True, "site": str(site), "hub": "http://hub.example/", "pages": 2, "changed": 6}

    assert main(["connect", "--none", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["hub"], report["problems"]) == (None, [])


def test_plain_http_is_a_warning(site: Path, capsys: Said) -> None:
    assert main(["connect", "http://hub.example/"]) == 0
    assert capsys.readouterr().err.startswith("warning: URL: is http://hub.example/, where passwords")


@pytest.mark.parametrize("url", ["hub.example", "https://ada:secret@hub.example/", ""])
def test_what_is_no_hub_changes_nothing(site: Path, capsys: Said, url: str) -> None:
    before = files_of(site)

    assert main(["connect", url]) == 1

    said = capsys.readouterr().err
    assert said.startswith("URL: ")
    assert "secret" not in said
    assert files_of(site) == before


def test_a_folder_that_is_no_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    monkeypatch.chdir(tmp_path)
    remedy = "Build it first (passerelle build), or name its folder with --site."
    for arguments in (["connect"], ["connect", HUB], ["connect", "--none"]):
        assert main(arguments) == 1
        assert capsys.readouterr().err == f"_site: isn't a site built by passerelle. {remedy}\n"


def test_misuse(capsys: Said) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["connect", HUB, "--none"])
    assert ended.value.code == 2
    assert "not allowed with" in capsys.readouterr().err


def test_a_preview_refuses_what_is_no_hub(site: Path, capsys: Said) -> None:
    assert main(["serve", "--port", "0", "--hub", "hub.example"]) == 1
    assert capsys.readouterr().err.startswith("--hub: is 'hub.example', which doesn't begin with https://")
