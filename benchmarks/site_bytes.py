"""How many bytes and files a site has with 1 course and with 20, beside plain JupyterLite.

The courses are copies of the shipped statistics course. People who publish several courses with plain
JupyterLite build one site for each, so that names and pupils' edits don't mix: that is the peer, the sum
of its sites. Three more figures put harder peers beside us: one site with every course as a folder of it
(`one_peer_site`), and a site trimmed by hand with the options JupyterLite has for that (`trimmed_peer`:
`--no-sourcemaps --no-unused-shared-packages --apps lab --apps notebooks`), with one course and with all.

Course data is what the teacher wrote, as published (`files/`); the `without_data` figures leave it aside. `growth` is
the site with 20 courses over the site with 1. Sizes don't vary, so each is taken once.
"""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from measure import parse_options, print_figure
from samples import copy_course
from sides import REPOSITORY, TRIMMED, OurSide, PeerSide, collect_pyodide

COURSE = REPOSITORY / "contents" / "statistics"


@dataclass(frozen=True, slots=True)
class Weight:
    """Files and bytes of a site; `data` are the bytes of what the teacher wrote."""

    files: int = 0
    size: int = 0
    data: int = 0

    @property
    def own(self) -> int:
        """Bytes that aren't course data."""
        return self.size - self.data

    def __add__(self, other: "Weight") -> "Weight":
        return Weight(self.files + other.files, self.size + other.size, self.data + other.data)


def weigh(site: Path) -> Weight:
    """The weight of the site in a folder, ours or the peer's."""
    files = size = data = 0
    for folder, _, names in os.walk(site):
        inside = Path(folder).relative_to(site).parts
        taken = sum((Path(folder) / name).stat().st_size for name in names)
        files, size = files + len(names), size + taken
        if "files" in inside[:2] and inside[0] != "_passerelle":
            data += taken
    return Weight(files, size, data)


def print_weights(name: str, ours: Weight, peer: Weight) -> None:
    """The figures of one comparison."""
    print_figure(f"site_bytes.{name}.all", "bytes", [ours.size], [peer.size])
    print_figure(f"site_bytes.{name}.without_data", "bytes", [ours.own], [peer.own])
    print_figure(f"site_bytes.{name}.files", "files", [ours.files], [peer.files])


def main(folder: Path, many: int) -> None:
    """Build with 1 course and with `many`, in `folder`, and print what they weigh."""
    copy_course(COURSE, folder / "contents-1", 1)
    copy_course(COURSE, folder / "contents-many", many)
    single, several = folder / "contents-1", folder / "contents-many"
    our_side = OurSide(folder / "ours")
    our_side.build_afresh(single)
    ours_one = weigh(our_side.site)
    peer_side = PeerSide(folder / "peer", collect_pyodide(our_side.site, folder / "pyodide"))

    def weigh_peer(contents: Path, *options: str) -> Weight:
        peer_side.build_afresh(contents, *options)
        return weigh(peer_side.site)

    peer_one = weigh_peer(next(single.iterdir()))
    print_weights("1_course", ours_one, peer_one)
    our_side.build_afresh(several)
    ours_many = weigh(our_side.site)
    peer_many = sum((weigh_peer(course) for course in sorted(several.iterdir())), Weight())
    print_weights(f"{many}_courses", ours_many, peer_many)
    growth = [
        ("all", ours_many.size / ours_one.size, peer_many.size / peer_one.size),
        ("without_data", ours_many.own / ours_one.own, peer_many.own / peer_one.own),
    ]
    for name, ours, peer in growth:
        print_figure(f"site_bytes.growth_1_to_{many}.{name}", "times", [ours], [peer])
    print_weights(f"{many}_courses.one_peer_site", ours_many, weigh_peer(several))
    print_weights("1_course.trimmed_peer", ours_one, weigh_peer(next(single.iterdir()), *TRIMMED))
    print_weights(f"{many}_courses.one_trimmed_peer_site", ours_many, weigh_peer(several, *TRIMMED))


if __name__ == "__main__":
    options = parse_options(__doc__)
    with tempfile.TemporaryDirectory(prefix="site-bytes-") as scratch:
        main(Path(scratch), many=2 if options.quick else 20)
