"""The maintainer's command that writes `data/pypi-wheels.toml` (`python -m lite_site.environment.pin`)."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from lite_site.environment.catalogue import official_wheels
from lite_site.environment.gather import Gathering
from lite_site.environment.kernel import kernel_wheels
from lite_site.environment.wheels import WheelEntry, read_entries, write_entries
from lite_site.problems import BuildError

TABLE = Path(__file__).parent / "data" / "pypi-wheels.toml"
HEADER = """\
# Pure wheels whose identity is the Python package index's, for every course.
# Pyodide rebuilds pure wheels, so its own have other hashes under the same names; these are chosen here,
# once, so that what the network offers never changes what a site contains. Versions follow Pyodide's lock
# where it has one.
# Made by `python -m lite_site.environment.pin NAME...`. Two keys are written by hand and kept by it:
#   also     what a package needs to be useful although it doesn't say so
#            (networkx: layouts and most matrix functions import numpy)
#   without  what it asks for and doesn't need in a page
#            (ipywidgets: jupyterlab-widgets is its page side, which the site's shell brings)
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Pin the named packages and what they need; the other entries stay."""
    parser = argparse.ArgumentParser(prog="python -m lite_site.environment.pin", description=main.__doc__)
    parser.add_argument("names", nargs="+", metavar="NAME", help='a package, or "package==version"')
    parser.add_argument("--table", type=Path, default=TABLE, help="the file to write (default: the one shipped)")
    options = parser.parse_args(arguments)
    table: Path = options.table
    earlier = {entry["name"]: entry for entry in read_entries(_text_of(table))}
    try:
        found = pin([Requirement(name) for name in options.names], earlier)
    except BuildError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    entries = earlier | {entry["name"]: entry for entry in found}
    table.write_text(f"{HEADER}\n{write_entries(entries.values())}", encoding="utf-8")
    sys.stderr.write(f"{len(found)} pinned, {len(entries)} in {table.name}\n")
    return 0


def pin(wishes: Sequence[Requirement], earlier: dict[str, WheelEntry]) -> tuple[WheelEntry, ...]:
    """Find the wishes and their pure dependencies; Pyodide's compiled wheels and the kernel's stand."""
    official = {wheel.name: wheel for wheel in official_wheels()}
    compiled = {name: wheel for name, wheel in official.items() if not wheel.file_name.endswith("-none-any.whl")}
    settled = compiled | {wheel.name: wheel for wheel in kernel_wheels()}

    def preferred(name: str) -> str | None:
        return official[name].version if name in official else None

    for wish in wishes:
        settled.pop(canonicalize_name(wish.name), None)
    exact = [_pin_to(wish, preferred(canonicalize_name(wish.name))) for wish in wishes]
    return Gathering(settled, earlier, preferred).gather(exact, "the command line")


def _pin_to(wish: Requirement, version: str | None) -> Requirement:
    return wish if wish.specifier or version is None else Requirement(f"{wish.name}=={version}")


def _text_of(table: Path) -> str:
    return table.read_text(encoding="utf-8") if table.exists() else ""


if __name__ == "__main__":
    sys.exit(main())
