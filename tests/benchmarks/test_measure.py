import json
import sys
from pathlib import Path

import pytest
from measure import CommandFailedError, print_figure, run_command, take_turns

ALLOCATE = "import time; held = bytearray(120_000_000); time.sleep(0.1)"


def test_sides_take_turns() -> None:
    calls: list[str] = []

    ours, peer = take_turns(2, lambda: calls.append("a") or len(calls), lambda: calls.append("b") or len(calls))

    assert calls == ["a", "b", "a", "b"]
    assert (ours, peer) == ([1, 3], [2, 4])


def test_a_figure_is_one_json_line_of_medians(capsys: pytest.CaptureFixture[str]) -> None:
    print_figure("site.time", "s", [1.0, 9.0, 2.0], [4.0, 4.0, 80.0])

    told = capsys.readouterr().out
    assert told.count("\n") == 1
    assert json.loads(told) == {"name": "site.time", "unit": "s", "ours": 2.0, "peer": 4.0, "ratio": 0.5, "runs": 3}


def test_a_command_is_measured_with_the_memory_of_its_children(tmp_path: Path) -> None:
    child = [sys.executable, "-c", ALLOCATE]
    parent = [sys.executable, "-c", f"import subprocess; {ALLOCATE}; subprocess.run({child!r}, check=True)"]

    alone, together = run_command(child, tmp_path), run_command(parent, tmp_path)

    assert alone.wall >= 0.1
    assert alone.cpu > 0
    assert alone.peak > 120
    assert together.peak > 120


def test_a_command_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(CommandFailedError, match="no such course"):
        run_command([sys.executable, "-c", "raise SystemExit('no such course')"], tmp_path)
