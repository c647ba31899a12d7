"""Small real disks: full at once, or closed; they are gone with the test."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def mounted(folder: Path, options: str, *, left_open: bool = False) -> Iterator[Path]:
    """A file system of its own in memory at `folder`, made if need be (mount(8), `tmpfs`).

    Whoever leaves a file open in it fails, unless it may be `left_open`: by a server that still runs.
    """
    if os.geteuid() != 0:
        pytest.skip("only root may mount a disk")
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", *(["--lazy"] if left_open else []), str(folder)], check=True)
