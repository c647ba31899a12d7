import json
from collections.abc import Callable
from importlib.metadata import EntryPoint

import pytest

from lite_site.cli import main
from lite_site.commands import further


@pytest.fixture
def point(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Has one further command installed, at this place."""

    def install(value: str) -> None:
        monkeypatch.setattr(further, "entry_points", lambda group: [EntryPoint("hub", value, group)])

    return install


def test_the_hubs_commands_are_found_though_nothing_imports_them(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["hub", "--help"])
    assert ended.value.code == 0
    assert "start the hub" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["hub"], ["hub", "start"], ["hub", "--help"], ["hub", "stop", "--json"]])
def test_a_command_whose_packages_are_missing_says_so(
    point: Callable[[str], None], capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    point("nowhere_at_all.cli:HUB")
    assert main(arguments) == 1
    assert capsys.readouterr().err == (
        "passerelle hub: Its packages aren't all installed (no nowhere_at_all). "
        "Install them: pip install 'passerelle[hub]'.\n"
    )


def test_the_others_work_all_the_same(point: Callable[[str], None], capsys: pytest.CaptureFixture[str]) -> None:
    point("nowhere_at_all.cli:HUB")
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    assert "hub needs passerelle[hub]" in " ".join(capsys.readouterr().out.split())
    assert main(["check", "--contents", "nowhere", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["problems"]
