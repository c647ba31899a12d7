"""npm, as far as we run it: what it is told, and what its errors mean."""

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fallback_hub.problems import HubError, Problem

SCRIPT = Path("lib/node_modules/npm/bin/npm-cli.js")
TIMEOUT = 300.0
"""Seconds for the installation: 38 small packages, 4 MB."""

_CODE = re.compile(r"^npm (?:error|ERR!) code (\w+)", re.MULTILINE)
_LINE = re.compile(r"^npm (?:error|ERR!) (?!code |errno |A complete log)(.+)$", re.MULTILINE)
_ADDRESS = re.compile(r"\bhttps?://\S+")
_UNREACHABLE = {"ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH", "ENOTCACHED"}


@dataclass(frozen=True, slots=True)
class Npm:
    """npm of the package that brings Node; `cache` is its folder of downloads: a service's home may be closed to it."""

    node: Path
    cache: Path

    def run(self, arguments: Sequence[str], folder: Path) -> None:
        """Run npm in a folder; HubError where it fails."""
        quiet = ("--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
        try:
            ended = subprocess.run(
                [str(self.node), str(self.node.parents[1] / SCRIPT), *arguments, *quiet, f"--cache={self.cache}"],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=TIMEOUT,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise HubError([_failure(f"npm took more than {TIMEOUT:.0f} s")]) from error
        if ended.returncode:
            raise HubError([_failure(_words(ended.stderr))])


def _words(said: str) -> str:
    """What npm's error means, on one line, without addresses: they may hold passwords."""
    found = _CODE.search(said)
    code = found[1] if found else ""
    if code in _UNREACHABLE:
        return "the npm registry can't be reached"
    if code == "EINTEGRITY":
        return "the npm registry gave a file that isn't the one our lock names"
    line = _LINE.search(said)
    told = _ADDRESS.sub("…", line[1]).strip() if line else "npm failed without a word"
    return f"npm says {code + ': ' if code else ''}{told}"


def _failure(why: str) -> Problem:
    problem = f"isn't installed yet, and {why}."
    remedy = "Try again with a network, or set npm's registry to one that is reachable here (npm config set registry)."
    return Problem("the hub's proxy", problem, remedy, "proxy-install")
