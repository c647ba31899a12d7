"""The maintainer's command, against the real index."""

from pathlib import Path

import pytest

from lite_site.environment.pin import TABLE, main
from lite_site.environment.wheels import read_entries


@pytest.mark.registry
def test_a_pin_made_today_is_the_one_that_is_committed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "table.toml"
    committed = {entry["name"]: entry for entry in read_entries(TABLE.read_text())}
    assert main(["jedi", "comm==0.2.3", "--table", str(table)]) == 0
    made = {entry["name"]: entry for entry in read_entries(table.read_text())}
    assert made == {name: committed[name] for name in ("comm", "jedi", "parso")}
    assert "3 pinned" in capsys.readouterr().err


@pytest.mark.registry
def test_what_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["comm==99", "--table", str(tmp_path / "table.toml")]) == 1
    assert "comm can't be had for the browser" in capsys.readouterr().err
    assert not (tmp_path / "table.toml").exists()
