"""A build killed at any moment leaves the old site or the new one, and never stands in the next one's way."""

import random
import subprocess
import sys
import time
from itertools import cycle, islice
from pathlib import Path

import pytest

from tests.small import files_of, is_whole, write_course, write_lesson

from .workshop import ROOT, Workshop

KILLS = 11
SEED = 20261121


class Terms:
    """Two states of one contents folder, and the site each gives."""

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop
        write_course(workshop.contents, "texte")
        self.sites: list[dict[str, str]] = []
        for term in (1, 0):
            self.turn(term)
            self.sites.insert(0, workshop.rebuilt())
        assert self.sites[0] != self.sites[1]

    def turn(self, term: int) -> None:
        """Edit a lesson and a table; add or remove a lesson and a course."""
        course, extra = self.workshop.contents / "calcul", self.workshop.contents / "nouveau"
        write_lesson(course / "01-debut.ipynb", f"print({term})")
        (course / "data" / "tailles.csv").write_text(f"nom,taille\nAda,{term}\n")
        if term:
            write_lesson(course / "02-suite.ipynb", "print(2)")
            write_course(self.workshop.contents, "nouveau")
        else:
            (course / "02-suite.ipynb").unlink()
            for path in sorted(extra.rglob("*"), reverse=True):
                path.rmdir() if path.is_dir() else path.unlink()
            extra.rmdir()

    def site_stands(self) -> bool:
        """Whether the site is one of the two, whole."""
        return is_whole(self.workshop.site) and files_of(self.workshop.site) in self.sites


@pytest.fixture
def terms(workshop: Workshop) -> Terms:
    terms = Terms(workshop)
    workshop.built()
    return terms


def moments(seen: list[str], count: int) -> list[int]:
    """Which changes to be killed before: the last ones, where the folders are swapped, and some at random."""
    last_write = len(seen) - seen[::-1].index("open")
    swapping = [number for number, event in enumerate(seen, start=1) if event in {"os.rename", "shutil.rmtree"}]
    drawn = random.Random(SEED).sample(range(1, len(seen) + 1), count)  # noqa: S311 - a test's choice
    return sorted({*swapping, *drawn, last_write})


def test_killed_before_any_change_to_the_disk(terms: Terms) -> None:
    workshop = terms.workshop
    terms.turn(1)
    seen = workshop.dying(0, "exchange").stderr.split()
    assert files_of(workshop.site) == terms.sites[1]
    assert len(seen) > 400

    killed = 0
    for term, nth in zip(cycle((0, 1)), moments(seen, KILLS), strict=False):
        terms.turn(term)
        killed += workshop.dying(nth, "exchange").returncode == -9
        assert terms.site_stands(), f"killed before change {nth}"

        assert workshop.built() == terms.sites[term], f"the build after a kill before change {nth}"
        assert workshop.beside() == {"contents", "_site", ".passerelle"}
    assert killed > KILLS // 2


def test_killed_where_folders_cannot_be_exchanged(terms: Terms) -> None:
    """With two renames there is a moment without a site; the old one then stands beside, and comes back."""
    workshop = terms.workshop
    terms.turn(1)
    seen = workshop.dying(0, "renames").stderr.split()
    assert files_of(workshop.site) == terms.sites[1]
    renames = [number for number, event in enumerate(seen, start=1) if event == "os.rename"][:2]

    for term, nth in zip(cycle((0, 1)), (*renames, renames[-1] + 1), strict=False):
        terms.turn(term)
        assert workshop.dying(nth, "renames").returncode == -9
        aside = workshop.folder / "_site.passerelle-old"
        there = workshop.site if workshop.site.exists() else aside
        assert is_whole(there)

        bad = workshop.contents / "calcul" / "03-casse.ipynb"
        bad.write_text("{")
        assert workshop.build().returncode == 1
        assert terms.site_stands(), f"a refused build after a kill before change {nth}"
        bad.unlink()
        assert workshop.built() == terms.sites[term]


def test_killed_at_any_time(terms: Terms) -> None:
    """By the clock, and by somebody else: start-up and reading are hit too."""
    workshop = terms.workshop
    begun = time.monotonic()
    terms.turn(1)
    workshop.built()
    whole = time.monotonic() - begun

    delays = random.Random(SEED)  # noqa: S311 - a test's choice
    for term in islice(cycle((0, 1)), 6):
        terms.turn(term)
        command = [sys.executable, str(ROOT / "build.py"), *workshop.arguments()]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            time.sleep(delays.uniform(0.2, 1) * whole)
            process.kill()
        assert terms.site_stands()
    assert workshop.built() == terms.sites[1]


def test_killed_during_the_very_first_build(workshop: Workshop) -> None:
    clean = workshop.rebuilt()
    for nth in (1, 200, 540):
        assert workshop.dying(nth, "exchange").returncode == -9
        assert not workshop.site.exists()
    assert workshop.built() == clean


def test_what_is_being_read_while_sites_are_swapped_stays_readable(terms: Terms) -> None:
    """A server that has a page open, or opens one during a swap, gets a whole page, old or new."""
    workshop = terms.workshop
    page: Path = workshop.site / "calcul" / "files" / "01-debut.ipynb"
    texts = set()
    for term in (1, 0, 1):
        terms.turn(term)
        command = [sys.executable, str(ROOT / "build.py"), *workshop.arguments()]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            while process.poll() is None:
                texts.add(page.read_text())
        texts.add(page.read_text())
    assert len(texts) == 2
