"""How long a site of 1, 20 and 200 notebooks takes to build, and how much memory, beside plain JupyterLite.

One course holds all the notebooks, 30 cells each. `full` builds with no site before (downloads are there
already, on both sides); `one_changed` builds again after an edit to one notebook; the peer does the same: its
second run over its output, after the same edit. `one_changed_over_full` puts our second build beside the peer's
first. Seconds are wall time of the whole command; `cpu` is processor time, which tells more on a busy machine;
`peak` is the resident memory of the full build's processes together.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from measure import Usage, parse_options, print_figure, take_turns
from samples import edit_notebook, write_notebooks
from sides import OurSide, PeerSide, collect_pyodide


@dataclass(frozen=True, slots=True)
class Series:
    """What one kind of build took, run by run, on both sides."""

    ours: list[Usage]
    peer: list[Usage]

    def print_times(self, name: str) -> None:
        """Wall and processor time."""
        print_figure(f"site_build.{name}", "s", [run.wall for run in self.ours], [run.wall for run in self.peer])
        print_figure(f"site_build.{name}.cpu", "s", [run.cpu for run in self.ours], [run.cpu for run in self.peer])


def build_after_edit(notebook: Path, build: Callable[[Path], Usage], contents: Path) -> Usage:
    """Edit one notebook, then build."""
    edit_notebook(notebook)
    return build(contents)


def measure_builds(folder: Path, notebooks: int, runs: int) -> None:
    """Measure builds of one course with so many notebooks, in `folder`, and print the figures."""
    contents = folder / "contents"
    paths = write_notebooks(contents / "course", notebooks)
    middle = paths[len(paths) // 2]
    our_side = OurSide(folder / "ours")
    our_side.build_afresh(contents)  # fetches what isn't there yet, and gives the peer its Pyodide
    peer_side = PeerSide(folder / "peer", collect_pyodide(our_side.site, folder / "pyodide"))
    full = Series(*take_turns(runs, lambda: our_side.build_afresh(contents), lambda: peer_side.build_afresh(contents)))
    again = Series(
        *take_turns(
            runs,
            lambda: build_after_edit(middle, our_side.build, contents),
            lambda: build_after_edit(middle, peer_side.build, contents),
        )
    )
    size = f"{notebooks}_notebook{'s' if notebooks > 1 else ''}"
    full.print_times(f"{size}.full")
    again.print_times(f"{size}.one_changed")
    Series(again.ours, full.peer).print_times(f"{size}.one_changed_over_full")
    peaks = [[run.peak for run in side] for side in (full.ours, full.peer)]
    print_figure(f"site_build.{size}.full.peak", "MB", *peaks)


if __name__ == "__main__":
    options = parse_options(__doc__)
    for notebooks in (1,) if options.quick else (1, 20, 200):
        with tempfile.TemporaryDirectory(prefix="site-build-") as scratch:
            measure_builds(Path(scratch), notebooks, runs=1 if options.quick else 3)
