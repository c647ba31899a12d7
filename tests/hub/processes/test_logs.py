import os
import stat
from pathlib import Path

import pytest

from fallback_hub.running.logs import KEPT, open_log, rotate, tail


def append(path: Path, text: str) -> None:
    with os.fdopen(open_log(path), "a") as stream:
        stream.write(text)


def test_a_log_is_its_owners_and_no_link_is_followed(tmp_path: Path) -> None:
    append(tmp_path / "hub.log", "a\n")
    append(tmp_path / "hub.log", "b\n")
    assert (tmp_path / "hub.log").read_text() == "a\nb\n"
    assert stat.S_IMODE((tmp_path / "hub.log").stat().st_mode) == 0o600
    (tmp_path / "link.log").symlink_to(tmp_path / "hub.log")
    with pytest.raises(OSError, match=r"link\.log"):
        open_log(tmp_path / "link.log")


def test_what_grew_goes_aside_while_its_writer_writes_on(tmp_path: Path) -> None:
    log = tmp_path / "hub.log"
    with os.fdopen(open_log(log), "a") as writer:
        for number in range(KEPT + 3):
            writer.write(f"{number}" * 100)
            writer.flush()
            rotate(log, limit=50)
        writer.write("now")
    assert log.read_text() == "now"
    kept = [log.with_name(f"hub.log.{number}").read_text()[0] for number in range(1, KEPT + 1)]
    assert kept == ["5", "4", "3"]
    assert {path.name for path in tmp_path.iterdir()} == {"hub.log", "hub.log.1", "hub.log.2", "hub.log.3"}


def test_a_small_log_and_none_stay_as_they_are(tmp_path: Path) -> None:
    append(tmp_path / "hub.log", "little")
    rotate(tmp_path / "hub.log")
    rotate(tmp_path / "none.log")
    assert [path.name for path in tmp_path.iterdir()] == ["hub.log"]


def test_the_last_lines(tmp_path: Path) -> None:
    append(tmp_path / "hub.log", "".join(f"line {number}\n" for number in range(20_000)))
    assert tail(tmp_path / "hub.log", 2) == ["line 19998", "line 19999"]
    assert tail(tmp_path / "none.log") == []
