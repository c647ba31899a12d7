"""Processes that tests start: one log for all, waited for until they answer, ended whatever happens."""

import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil

STARTS_WITHIN = 120.0


@dataclass
class Started:
    """What runs, by name; `left` is what somebody who was stopped left behind on purpose."""

    log: Path
    environment: Mapping[str, str]
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    left: set[psutil.Process] = field(default_factory=set)

    def start(self, name: str, command: Sequence[str], address: str) -> None:
        """Start it and wait till it answers at the address."""
        with self.log.open("ab") as log:
            self.running[name] = subprocess.Popen(
                command, cwd=self.log.parent, env=dict(self.environment), stdout=log, stderr=log
            )
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until:
            with suppress(httpx.TransportError):
                if httpx.get(address, timeout=5, trust_env=False).status_code in {200, 404}:
                    return
            if self.running[name].poll() is not None:
                break
            time.sleep(0.1)
        raise AssertionError(f"The {name} didn't start:\n{self.said()}")

    def stop(self, name: str, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop it alone: what it started stands."""
        process = self.running.pop(name)
        self.left |= set(psutil.Process(process.pid).children(recursive=True))
        process.send_signal(how)
        process.wait(60)

    def end(self) -> None:
        """End everything that was started, and what that started."""
        for started in self.running.values():
            with suppress(psutil.NoSuchProcess):
                process = psutil.Process(started.pid)
                self.left |= {process, *process.children(recursive=True)}
        for process in self.left:
            with suppress(psutil.NoSuchProcess):
                process.terminate()
        _, alive = psutil.wait_procs(self.left, timeout=10)
        for process in alive:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(alive, timeout=5)
        for started in self.running.values():
            started.wait(30)

    def said(self, last: int = 6000) -> str:
        """The end of their log."""
        return self.log.read_text(errors="replace")[-last:]
