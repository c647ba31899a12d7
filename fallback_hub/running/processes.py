"""Processes of this machine: whether one is still the one we started, which belong to a hub, how they end."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from fallback_hub.running.marks import Mark

TERM_SECONDS = 10.0
"""What a process may take to end when asked; a hub writes its database meanwhile."""


@dataclass(slots=True)
class Crowd:
    """The processes of one hub that it started: people's servers with all they run, and its own services."""

    servers: list[psutil.Process] = field(default_factory=list)
    services: list[psutil.Process] = field(default_factory=list)
    addresses: set[str] = field(default_factory=set)
    """The paths of the servers, one each."""


def mark_of(pid: int, command: Sequence[str]) -> Mark:
    """The mark of a process we started with this command."""
    return Mark(pid, _born(pid), tuple(command))


def find(mark: Mark | None) -> psutil.Process | None:
    """The process, if it still runs and is the same."""
    if mark is None:
        return None
    try:
        process = psutil.Process(mark.pid)
        same = _born(mark.pid) == mark.born and tuple(process.cmdline()[1:]) == mark.command[1:]
        return process if same and process.status() != psutil.STATUS_ZOMBIE else None
    except (psutil.Error, OSError):
        return None


def exit_code(process: psutil.Process) -> int | None:
    """How a process ended: its code, minus the signal's number, or None while it runs; 0 where nobody can know."""
    try:
        code = process.wait(timeout=0)
    except psutil.TimeoutExpired:
        return None
    return int(code) if code is not None else 0


def end(processes: Iterable[psutil.Process], seconds: float = TERM_SECONDS) -> None:
    """Ask processes to end, then make them; returns when none is left."""
    listed = list(processes)
    for process in listed:
        _signal(process, gently=True)
    _, stubborn = psutil.wait_procs(listed, timeout=seconds)
    for process in stubborn:
        _signal(process, gently=False)
    psutil.wait_procs(stubborn, timeout=TERM_SECONDS)


def family_of(process: psutil.Process) -> list[psutil.Process]:
    """What a process started, and what they did."""
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


def crowd_of(hub_address: str) -> Crowd:
    """What the hub at this address on this machine started, whoever is its parent now.

    JupyterHub names itself in the environment of all it starts, and what they start inherits it.
    """
    crowd = Crowd()
    for process in psutil.process_iter():
        environment = _environment(process)
        if not environment.get("JUPYTERHUB_API_URL", "").startswith(f"{hub_address}/") or process.pid == os.getpid():
            continue
        if environment.get("JUPYTERHUB_SERVICE_NAME"):
            crowd.services.append(process)
        else:
            crowd.servers.append(process)
            crowd.addresses.add(environment.get("JUPYTERHUB_SERVICE_PREFIX", ""))
    return crowd


def _environment(process: psutil.Process) -> dict[str, str]:
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return {}
        return process.environ()
    except (psutil.Error, OSError):
        return {}


def _signal(process: psutil.Process, *, gently: bool) -> None:
    try:
        if gently:
            process.terminate()
        else:
            process.kill()
    except psutil.NoSuchProcess:
        return


def _born(pid: int) -> int:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return round(psutil.Process(pid).create_time() * 100)
    return int(stat.rpartition(")")[2].split()[19])
