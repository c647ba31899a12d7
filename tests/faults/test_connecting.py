"""Connecting a site to a hub, killed at any moment, leaves the site connected or not, and whole."""

import random

from tests.small import files_of, is_whole

from .workshop import ROOT, Workshop

HUB = "https://hub.example/"
KILLS = 5
SEED = 20261122


def test_killed_before_any_change_to_the_disk(workshop: Workshop) -> None:
    sites = [workshop.built()]
    link = ["connect", HUB, "--site", str(workshop.site)]
    seen = workshop.run(["-m", "tests.faults.dying", "0", "exchange", *link]).stderr.split()
    sites.append(files_of(workshop.site))
    assert sites[0] != sites[1]

    swapped = len(seen) - seen[::-1].index("os.link")
    drawn = random.Random(SEED).sample(range(1, len(seen) + 1), KILLS)  # noqa: S311 - a test's choice
    killed = 0
    for turn, nth in enumerate(sorted({*drawn, *range(swapped, swapped + 20, 4), len(seen)})):
        command = ["connect", "--none", *link[2:]] if turn % 2 == 0 else link
        killed += workshop.run(["-m", "tests.faults.dying", str(nth), "exchange", *command]).returncode == -9
        assert is_whole(workshop.site), f"killed before change {nth}"
        assert files_of(workshop.site) in sites, f"killed before change {nth}"

        done = workshop.run([str(ROOT / "build.py"), *command])
        assert done.returncode == 0, done.stderr
        assert files_of(workshop.site) == sites[turn % 2]
        assert workshop.beside() == {"contents", "_site", ".passerelle"}
    assert killed > KILLS
