"""A teacher's folder in which builds are run, killed and compared, each in a process of its own."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.small import files_of

ROOT = Path(__file__).parents[2]


class Workshop:
    """`contents/` beside `_site/`; `rebuilt` builds the same contents afresh elsewhere."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.contents = folder / "contents"
        self.site = folder / "_site"

    def run(self, command: list[str], **environment: str) -> "subprocess.CompletedProcess[str]":
        """Run a Python command to its end."""
        return subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )

    def arguments(self, *options: str, site: Path | None = None) -> list[str]:
        """What to say to `build.py`."""
        return ["build", *options, "--contents", str(self.contents), "--output", str(site or self.site)]

    def build(self, *options: str, site: Path | None = None, **environment: str) -> "subprocess.CompletedProcess[str]":
        """`build.py build`, whatever comes of it."""
        return self.run([str(ROOT / "build.py"), *self.arguments(*options, site=site)], **environment)

    def built(self, *options: str, site: Path | None = None, **environment: str) -> dict[str, str]:
        """`build.py build`, which must succeed; the site's files with their hashes."""
        done = self.build(*options, site=site, **environment)
        assert done.returncode == 0, done.stderr
        return files_of(site or self.site)

    def rebuilt(self, **environment: str) -> dict[str, str]:
        """The files of a site built from the same contents with nothing to reuse."""
        elsewhere = self.folder / "elsewhere"
        try:
            return self.built(site=elsewhere / "site", **environment)
        finally:
            shutil.rmtree(elsewhere)

    def dying(self, nth: int, way: str) -> "subprocess.CompletedProcess[str]":
        """A build killed before its `nth` change to the disk (0: never)."""
        return self.run(["-m", "tests.faults.dying", str(nth), way, *self.arguments()])

    def beside(self) -> set[str]:
        """What stands in the folder."""
        return {path.name for path in self.folder.iterdir()}


def refusal(done: "subprocess.CompletedProcess[str]") -> str:
    """What a refused build said: sentences on standard error, exit code 1, no traceback."""
    assert done.returncode == 1, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.stderr


def problems_of(done: "subprocess.CompletedProcess[str]") -> set[str]:
    """The codes of the problems of a build run with --json."""
    return {problem["code"] for problem in json.loads(done.stdout)["problems"]}
