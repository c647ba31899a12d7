"""How long verdicts on 250, 500 and 1 000 notebooks of 30 cells take on one core, beside reading their imports alone.

`explain` is the whole command, `passerelle explain --json`, bound to one core: it reads every notebook, its
prose and links too, parses every cell and judges it. The peer is the least that any placement must do: nbformat
opens each notebook and Python's own `ast` lists the imports of each cell. `growth` is the time for 1 000 notebooks
over that for 250: 4 is linear in the number of cells.
"""

import json
import os
import statistics
import sys
import tempfile
from pathlib import Path

from measure import Usage, parse_options, print_figure, run_command, take_turns
from samples import write_notebooks

ROOT = Path(__file__).parents[1]
IMPORTS_ALONE = """\
import ast, sys
from pathlib import Path
import nbformat
for path in sorted(Path(sys.argv[1]).glob("*.ipynb")):
    found = set()
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            for node in ast.walk(ast.parse(cell.source)):
                if isinstance(node, ast.Import):
                    found.update(name.name for name in node.names)
                elif isinstance(node, ast.ImportFrom):
                    found.add(node.module)
    print(path, sorted(found))
"""


def explain(course: Path, folder: Path) -> Usage:
    """Our verdicts; fails unless every notebook has one."""
    used = run_command([sys.executable, str(ROOT / "build.py"), "explain", str(course), "--json"], folder)
    told = json.loads((folder / "output.log").read_bytes())
    assert len(told["notebooks"]) == len(list(course.glob("*.ipynb"))), told["problems"]
    return used


def list_imports(course: Path, folder: Path) -> Usage:
    """The peer's lists."""
    return run_command([sys.executable, "-c", IMPORTS_ALONE, str(course)], folder)


def measure_verdicts(folder: Path, notebooks: int, runs: int) -> float:
    """Measure one course of so many notebooks, print the figures; our median, in seconds."""
    course = folder / f"course-{notebooks}"
    write_notebooks(course, notebooks)
    ours, peer = take_turns(runs, lambda: explain(course, folder), lambda: list_imports(course, folder))
    name = f"placement_explain.{notebooks}_notebooks"
    print_figure(name, "s", [run.wall for run in ours], [run.wall for run in peer])
    print_figure(f"{name}.cpu", "s", [run.cpu for run in ours], [run.cpu for run in peer])
    return statistics.median(run.wall for run in ours)


if __name__ == "__main__":
    options = parse_options(__doc__)
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})  # one core, for both sides and all they start
    with tempfile.TemporaryDirectory(prefix="placement-explain-") as scratch:
        sizes = (2, 4) if options.quick else (250, 500, 1000)
        times = [measure_verdicts(Path(scratch), size, runs=1 if options.quick else 3) for size in sizes]
        print_figure("placement_explain.growth", "ratio", [times[-1] / times[0]], [sizes[-1] / sizes[0]])
