"""Runs whole commands, two sides in turn, and prints what they took: one JSON line a figure."""

import argparse
import json
import os
import resource
import shlex
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self, TypeVar

import psutil

SAMPLING_SECONDS = 0.1
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Usage:
    """What one command took: wall and processor time in seconds, peak resident memory of its processes in MB."""

    wall: float
    cpu: float
    peak: float


class CommandFailedError(RuntimeError):
    """A measured command ended with an error, so there is nothing to compare."""


def parse_options(summary: str | None) -> argparse.Namespace:
    """The options every benchmark has; `summary` is its docstring. `quick` runs the least that shows it works."""
    parser = argparse.ArgumentParser(description=summary, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="smallest input, one run: does it work?")
    return parser.parse_args()


def run_command(command: Sequence[str], folder: Path) -> Usage:
    """Run `command` in `folder` to its end; CommandFailedError with its last lines if it fails.

    Pending writes are flushed first, so that neither side waits for what the other left to the disk.
    The peak is the largest sum over the process tree seen while sampling, or, if that is more, the
    system's own exact figure for the largest single process (getrusage(2), ru_maxrss): where it is more
    than this process's own, which a child begins with.
    """
    os.sync()
    log = folder / "output.log"
    with log.open("wb") as output:
        begun = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT)
        with _PeakSampler(process.pid) as sampler:
            _, status, used = os.wait4(process.pid, 0)
            wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        tail = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-20:])
        raise CommandFailedError(f"{shlex.join(command)} ended with {process.returncode}:\n{tail}")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    exact = used.ru_maxrss * 1024 if used.ru_maxrss > own else 0  # Linux counts ru_maxrss in kibibytes
    peak = max(sampler.peak, exact)
    return Usage(wall, used.ru_utime + used.ru_stime, peak / 1e6)


def take_turns(runs: int, ours: Callable[[], Found], peer: Callable[[], Found]) -> tuple[list[Found], list[Found]]:
    """Call both sides `runs` times, A B A B; what each returned, in order."""
    pairs = [(ours(), peer()) for _ in range(runs)]
    return [ours for ours, _ in pairs], [peer for _, peer in pairs]


def print_figure(name: str, unit: str, ours: Sequence[float], peer: Sequence[float]) -> None:
    """Print one figure as a JSON line: the medians of both sides and their ratio."""
    mine, theirs = statistics.median(ours), statistics.median(peer)
    figure = {
        "name": name,
        "unit": unit,
        "ours": _rounded(mine),
        "peer": _rounded(theirs),
        "ratio": _rounded(mine / theirs),
        "runs": len(ours),
    }
    print(json.dumps(figure), flush=True)


def _rounded(value: float) -> float:
    return value if isinstance(value, int) else round(value, 4)


class _PeakSampler:
    """Watches the resident memory of a process and its descendants from a thread; `peak` in bytes."""

    def __init__(self, pid: int) -> None:
        self.peak = 0
        self._pid = pid
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(SAMPLING_SECONDS):
            self.peak = max(self.peak, _memory_of_tree(self._pid))


def _memory_of_tree(pid: int) -> int:
    try:
        root = psutil.Process(pid)
        return sum(_memory_of(process) for process in (root, *root.children(recursive=True)))
    except psutil.Error:
        return 0


def _memory_of(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:  # it ended between listing and asking
        return 0
