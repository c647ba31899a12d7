"""What the disk refuses is told in a sentence, and the old site stays."""

import os
import random
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.disks import mounted
from tests.small import files_of, is_whole

from .workshop import ROOT, Workshop, problems_of, refusal

MEGABYTE = 1_000_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """60 MB: room for one small site and what changes, not for two."""
    with mounted(tmp_path / "disk", "size=60m") as disk:
        yield disk


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """10 MB: no room for Pyodide."""
    with mounted(tmp_path / "disk", "size=10m") as disk:
        yield disk


@pytest.fixture
def closed_disk(tmp_path: Path) -> Iterator[Path]:
    """Read-only."""
    with mounted(tmp_path / "disk", "ro,size=1m") as disk:
        yield disk


def noise(size: int) -> bytes:
    """Bytes no file system can shrink."""
    return random.Random(1).randbytes(size)  # noqa: S311 - not a secret


def test_a_full_disk_at_the_first_build(workshop: Workshop, tiny_disk: Path) -> None:
    said = refusal(workshop.build(site=tiny_disk / "_site"))

    assert "The disk is full. Free some room, then build again" in said
    assert {path.name for path in tiny_disk.iterdir()} <= {".passerelle"}


def test_a_full_disk_leaves_the_old_site_and_heals(workshop: Workshop, small_disk: Path) -> None:
    """An unchanged file is the old one itself, so a site and its successor need little more room than one."""
    site = small_disk / "_site"
    old = workshop.built(site=site)
    big = workshop.contents / "calcul" / "data" / "big.bin"
    big.write_bytes(noise(35 * MEGABYTE))

    assert "The disk is full" in refusal(workshop.build(site=site))
    assert files_of(site) == old
    assert {path.name for path in small_disk.iterdir()} == {"_site", ".passerelle"}
    done = workshop.build("--json", site=site)
    assert (done.returncode, problems_of(done)) == (1, {"disk"})

    big.write_bytes(noise(5 * MEGABYTE))
    assert workshop.built(site=site) == workshop.rebuilt()
    assert is_whole(site)


def test_a_limit_on_the_size_of_files(workshop: Workshop) -> None:
    """Shared machines set one (`ulimit -f`)."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (MEGABYTE, MEGABYTE))

    done = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), *workshop.arguments()],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit,
    )

    assert "larger than this machine allows" in refusal(done)
    assert not workshop.site.exists()


def test_a_read_only_file_system(workshop: Workshop, closed_disk: Path) -> None:
    said = refusal(workshop.build(site=closed_disk / "_site"))

    assert said.startswith(f"{closed_disk}")
    assert "The file system is read-only. Give another folder with --output." in said


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_one_may_not_write(workshop: Workshop) -> None:
    closed = workshop.folder / "closed"
    closed.mkdir(mode=0o555)

    assert "Writing is not allowed there." in refusal(workshop.build(site=closed / "_site"))


def test_an_output_below_a_file(workshop: Workshop) -> None:
    (workshop.folder / "notes").write_text("mine")

    assert "notes" in refusal(workshop.build(site=workshop.folder / "notes" / "_site"))
    assert (workshop.folder / "notes").read_text() == "mine"


@pytest.mark.parametrize("kind", ["file", "link", "work", "contents"])
def test_an_output_that_is_something_else_is_left_alone(workshop: Workshop, kind: str) -> None:
    target = workshop.contents if kind == "contents" else workshop.folder / "place"
    match kind:
        case "file":
            target.write_text("mine")
        case "link":
            (workshop.folder / "elsewhere").mkdir()
            target.symlink_to(workshop.folder / "elsewhere")
        case "work":
            target.mkdir()
            (target / "thesis.tex").write_text("mine")
        case _:
            pass
    before = files_of(workshop.folder)

    assert refusal(workshop.build(site=target)).startswith(f"{target}: ")
    assert {path: text for path, text in files_of(workshop.folder).items() if ".passerelle" not in path} == before


def test_contents_that_are_a_file(workshop: Workshop) -> None:
    old = workshop.built()
    workshop.contents.rename(workshop.folder / "kept")
    workshop.contents.write_text("not a folder")

    said = refusal(workshop.build())

    assert said == f"{workshop.contents}: It isn't a folder. Name the folder that holds your courses.\n"
    assert files_of(workshop.site) == old


def test_a_memory_that_cannot_be_kept_costs_time_only(workshop: Workshop) -> None:
    clean = workshop.built()
    record = workshop.folder / ".passerelle" / "_site.json"
    record.unlink()
    record.mkdir()

    done = workshop.build()

    assert (done.returncode, files_of(workshop.site)) == (0, clean)
    assert done.stderr.startswith(f"warning: {record}: can't be written")


def test_every_problem_at_once_and_nothing_written(workshop: Workshop) -> None:
    old = workshop.built()
    course = workshop.contents / "calcul"
    (course / "02-vide.ipynb").write_text("")
    (course / "03-tableau.ipynb").write_text("[]")
    (course / "data" / "loin.csv").symlink_to("/etc/hostname")

    said = refusal(workshop.build())

    assert all(name in said for name in ("calcul/02-vide.ipynb", "calcul/03-tableau.ipynb", "calcul/data/loin.csv"))
    assert files_of(workshop.site) == old
    assert workshop.beside() == {"contents", "_site", ".passerelle"}
