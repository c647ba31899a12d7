import json
import sys
from pathlib import Path

import pytest
from measure import CommandFailedError, print_figure, run_command, take_turns

HOLD = "import time; held = bytearray(120_000_000); time.sleep(1)"


def test_sides_take_turns() -> None:
    calls: list[str] = []

    def call(side: str) -> int:
        calls.append(side)
        return len(calls)

    ours, peer = take_turns(2, lambda: call("ours"), lambda: call("peer"))

    assert calls == ["ours", "peer", "ours", "peer"]
    assert (ours, peer) == ([1, 3], [2, 4])


def test_a_figure_is_one_json_line_of_medians(capsys: pytest.CaptureFixture[str]) -> None:
    print_figure("site.time", "s", [1.0, 9.0, 2.0], [4.0, 4.0, 80.0])

    told = capsys.readouterr().out
    assert told.count("\n") == 1
    assert json.loads(told) == {"name": "site.time", "unit": "s", "ours": 2.0, "peer": 4.0, "ratio": 0.5, "runs": 3}


def test_a_command_is_measured_with_the_memory_of_its_children(tmp_path: Path) -> None:
    child = [sys.executable, "-c", HOLD]
    parent = [
        sys.executable,
        "-c",
        f"import subprocess; held = bytearray(120_000_000); subprocess.run({child!r}, check=True)",
    ]

    held = bytearray(250_000_000)  # this process has had more than any of them
    del held
    alone, together = run_command(child, tmp_path), run_command(parent, tmp_path)

    assert alone.wall >= 1
    assert alone.cpu > 0
    assert 120 < alone.peak < 240
    assert together.peak > 240


def test_a_command_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(CommandFailedError, match="no such course"):
        run_command([sys.executable, "-c", "raise SystemExit('no such course')"], tmp_path)
