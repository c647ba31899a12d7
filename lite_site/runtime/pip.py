"""The one place that runs pip: its configured indexes are the institution's choice and are respected."""

import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from lite_site.runtime.distribution import PLATFORM, PYTHON_VERSION

Outcome = Literal["done", "unreachable", "wrong-bytes", "absent", "failed"]

BROWSER_TAGS = (
    "--only-binary=:all:",
    *("--python-version", PYTHON_VERSION),
    *("--implementation", "cp"),
    *("--abi", "cp" + PYTHON_VERSION.replace(".", "")),
    *("--platform", PLATFORM),
)
"""Wheels a browser can load: pure ones, and those built for this Pyodide."""

ANY_TAGS = (
    "--only-binary=:all:",
    *("--python-version", "3.11"),
    *("--implementation", "py"),
    *("--abi", "none"),
    *("--platform", "any"),
)
"""Pure wheels only, whatever Python runs the build."""

_NETWORK = re.compile(
    r"Retrying \(Retry|NewConnectionError|ConnectionError|Max retries|ReadTimeout|ConnectTimeout"
    r"|SSLError|name resolution"
)
_NAMED = re.compile(r"(?:No matching distribution found for|requirement) ([A-Za-z0-9._-]+)")
_MISMATCHED = re.compile(r"^\s+([A-Za-z0-9._-]+)==\S+ from ", re.MULTILINE)
_URL = re.compile(r"\b(?:https?|file)://\S+")
_LONGEST = 160
_CONFIGURATION_TIMEOUT = 60.0
"""Seconds: pip starts slowly on a cold disk."""


class Downloader(Protocol):
    """What `Pip.download` does."""

    def __call__(self, requirements: Sequence[str], tags: Sequence[str], into: Path, timeout: float) -> "PipRun":
        """Download wheels for requirement lines into a folder, within `timeout` seconds."""


@dataclass(frozen=True, slots=True)
class PipRun:
    """How a run of pip ended; `words` follow "the Python package index", `blamed` are projects it named."""

    outcome: Outcome
    words: str = ""
    blamed: frozenset[str] = frozenset()


class Pip:
    """Runs pip for one build; an index that didn't answer isn't asked again."""

    def __init__(self) -> None:
        self._unreachable: PipRun | None = None

    def download(self, requirements: Sequence[str], tags: Sequence[str], into: Path, timeout: float) -> PipRun:
        """Download wheels for requirement lines (hashes allowed); dependencies aren't followed.

        `tags` is one of this module's two; `timeout` in seconds, for the whole run.
        """
        if self._unreachable:
            return self._unreachable
        lines = into / "requirements.txt"
        lines.write_text("\n".join(requirements) + "\n", encoding="utf-8")
        wanted = ("--no-deps", *tags, "--dest", str(into), "--requirement", str(lines))
        ended = _run(("download", *wanted), into, timeout)
        if ended.outcome == "unreachable":
            self._unreachable = ended
        return ended


def _run(arguments: Sequence[str], folder: Path, timeout: float) -> PipRun:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments]
    quick = ("--retries", "1", "--timeout", "20", "--progress-bar", "off")
    try:
        ended = subprocess.run(
            [*command, *quick],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return PipRun("unreachable", f"took more than {timeout:.0f} s")
    except OSError as error:
        return PipRun("failed", f"can't be asked: pip doesn't run ({error.strerror})")
    return PipRun("done") if ended.returncode == 0 else explain(ended.stdout + ended.stderr)


def configuration() -> str:
    """What `pip config list` prints, its files and the environment told apart; "" where pip doesn't run."""
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "pip", "--disable-pip-version-check", "config", "list"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_CONFIGURATION_TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return ended.stdout if ended.returncode == 0 else ""


def explain(output: str) -> PipRun:
    """What pip's output says went wrong; addresses are left out, they may hold a password."""
    if "No module named pip" in output:
        return PipRun("failed", "can't be asked: pip is not installed beside Passerelle")
    if _NETWORK.search(output):
        return PipRun("unreachable", "didn't answer")
    if "DO NOT MATCH THE HASHES" in output:
        return PipRun("wrong-bytes", "has other bytes under that name", frozenset(_MISMATCHED.findall(output)))
    if "No matching distribution found" in output:
        return PipRun("absent", "has no such wheel", frozenset(_NAMED.findall(output)))
    errors = [line for line in output.splitlines() if line.startswith("ERROR:")] or output.splitlines()[-1:]
    said = _URL.sub("(address)", errors[-1].removeprefix("ERROR:").strip()) if errors else "no reason given"
    return PipRun("failed", f"can't give it: pip said: {said[:_LONGEST]}")
