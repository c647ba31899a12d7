import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
KEYS = ["name", "unit", "ours", "peer", "ratio", "runs"]

Figures = dict[str, dict[str, float]]


def figures_of(script: str) -> Figures:
    """Run a benchmark's quick mode; its figures by name."""
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / script), "--quick"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines
    assert all(list(line) == KEYS for line in lines)
    return {line["name"]: line for line in lines}


@pytest.mark.registry
def test_site_bytes_weighs_the_same_lessons_on_both_sides() -> None:
    found = figures_of("site_bytes.py")

    for name in ("1_course", "2_courses", "2_courses.one_peer_site", "1_course.trimmed_peer"):
        whole, without = found[f"site_bytes.{name}.all"], found[f"site_bytes.{name}.without_data"]
        assert whole["ours"] - without["ours"] == pytest.approx(whole["peer"] - without["peer"], rel=0.02)
    assert found["site_bytes.growth_1_to_2.all"]["peer"] == pytest.approx(2, rel=0.01)
    smallest = found["site_bytes.1_course.trimmed_peer.without_data"]
    assert smallest["peer"] > 40e6  # Pyodide, its wheels and a shell are all there


@pytest.mark.registry
def test_site_build_measures_full_and_changed_builds() -> None:
    found = figures_of("site_build.py")

    build = "site_build.1_notebook"
    assert {f"{build}.full", f"{build}.one_changed", f"{build}.full.peak"} <= set(found)
    both = found[f"{build}.one_changed_over_full"]
    assert both["ours"] == found[f"{build}.one_changed"]["ours"]
    assert both["peer"] == found[f"{build}.full"]["peer"]


@pytest.mark.parametrize("script", sorted(path.name for path in BENCHMARKS.glob("*_*.py")))
def test_every_script_says_what_it_measures(script: str) -> None:
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / script), "--help"], capture_output=True, text=True, check=True
    )

    assert "--quick" in done.stdout
    assert "beside" in done.stdout
