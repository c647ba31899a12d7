import sys
from pathlib import Path

import pytest

from fallback_hub.environments.interpreters import ask_interpreter, find_interpreter, is_open
from fallback_hub.problems import HubError

HERE = f"{sys.version_info.major}.{sys.version_info.minor}"


def test_a_python_of_the_version_is_found_and_runs() -> None:
    facts = ask_interpreter(find_interpreter(HERE, everyone=False))
    assert facts is not None
    assert facts[0] == HERE


def test_one_for_everybody_lies_where_everybody_may_go() -> None:
    assert is_open(find_interpreter(HERE, everyone=True))


def test_a_python_in_a_private_folder_is_no_python_for_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fallback_hub.environments.interpreters.is_open", lambda _path: False)
    with pytest.raises(HubError, match="every account may run"):
        find_interpreter(HERE, everyone=True)


def test_a_missing_version_is_told_with_the_remedy() -> None:
    with pytest.raises(HubError, match=r"no Python 3\.1\b.*apt-get install python3\.1\b") as caught:
        find_interpreter("3.1", everyone=False)
    assert caught.value.problems[0].code == "hub-python-missing"


def test_what_a_private_folder_holds_isnt_open(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    (private / "file").write_text("x")
    (private / "file").chmod(0o644)
    (tmp_path / "link").symlink_to(private / "file")
    assert not is_open(private / "file")
    assert not is_open(tmp_path / "link")
    assert not is_open(tmp_path / "gone")
    assert is_open(Path("/usr/bin/env"))


def test_a_program_that_isnt_python_is_none(tmp_path: Path) -> None:
    assert ask_interpreter(Path("/bin/false")) is None
    assert ask_interpreter(tmp_path / "gone") is None
