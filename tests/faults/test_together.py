"""Builds that run at the same time."""

import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.small import files_of, is_whole, write_course, write_lesson

from .workshop import ROOT, Workshop, refusal


def test_of_builds_of_one_site_one_writes_and_the_others_are_told(workshop: Workshop) -> None:
    clean = workshop.built()
    write_lesson(workshop.contents / "calcul" / "01-debut.ipynb", "print('edited')")
    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(lambda _: workshop.build(), range(3)))

    codes = sorted(one.returncode for one in done)
    assert codes[0] == 0
    for one in done:
        if one.returncode:
            assert "Another build is writing this site. Wait for it to end" in refusal(one)
    assert is_whole(workshop.site)
    assert files_of(workshop.site) == workshop.rebuilt() != clean


def test_builds_of_two_sites_share_the_cache(workshop: Workshop) -> None:
    sites = [workshop.folder / name for name in ("one", "two")]
    with ThreadPoolExecutor(2) as pool:
        one, two = pool.map(lambda site: workshop.built(site=site), sites)

    assert one == two


def test_ctrl_c_leaves_the_old_site(workshop: Workshop) -> None:
    old = workshop.built()
    for name in ("texte", "graphes"):
        write_course(workshop.contents, name)
    command = [sys.executable, str(ROOT / "build.py"), *workshop.arguments()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        building = workshop.folder / "_site.passerelle-new"
        deadline = time.monotonic() + 60
        while not building.exists() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.001)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    if process.returncode == 0:
        pytest.skip("it was done before it could be stopped")

    assert process.returncode == 130
    assert (out, err) == ("", "Stopped; nothing is half written.\n")
    assert files_of(workshop.site) == old
    assert workshop.beside() == {"contents", "_site", ".passerelle"}
