"""Starts the supervisor as a process of its own, and hears from it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fallback_hub.problems import HubError, Problem
from fallback_hub.proxy.install import CACHE
from fallback_hub.running.logs import open_log, tail
from fallback_hub.running.state import StateFolder
from fallback_hub.running.supervisor import Told
from fallback_hub.settings import HubSettings


@dataclass(frozen=True, slots=True)
class Launched:
    """A supervisor that was started; `process` lives on by itself unless it is on a leash."""

    process: "subprocess.Popen[str]"
    settings: HubSettings

    def events(self) -> Iterator[Told]:
        """What it tells, until it ends or nobody reads any more; HubError when the hub can't start."""
        if self.process.stdout is None:
            return
        for line in self.process.stdout:
            said = json.loads(line)
            if "problems" in said:
                raise HubError(Problem(**problem) for problem in said["problems"])
            yield Told(**said)

    def await_ready(self) -> None:
        """Return when the hub stands; HubError when it doesn't come to that."""
        for told in self.events():
            if told.kind == "ready":
                return
        log = StateFolder(self.settings.state).log("supervisor")
        said = " ".join(line.strip() for line in tail(log, 2))
        problem = "The supervisor ended before the hub stood." + (f" Its last words: {said}" if said else "")
        raise HubError([Problem(str(log), problem, "The log has the rest; try again.", "hub-died")])

    def end(self) -> None:
        """Ask it to end everything, and wait till it has."""
        self.process.terminate()
        self.process.wait()


def launch(settings: HubSettings, cache: Path | None = None, *, leash: bool = False) -> Launched:
    """Start the supervisor, away from this terminal; on a `leash` it ends with this process, whatever ends that.

    `cache` holds the proxy where it isn't the usual one.
    """
    state = StateFolder(settings.state).ensure()
    command = [sys.executable, "-m", "fallback_hub.running", "--config", str(settings.path)]
    with open(open_log(state.log("supervisor")), "ab") as log:  # noqa: PTH123 - an open file
        process = subprocess.Popen(
            [*command, *["--leash"] * leash],
            stdin=subprocess.PIPE if leash else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            env={**os.environ, **({CACHE: str(cache.absolute())} if cache else {})},
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
    return Launched(process, settings)
