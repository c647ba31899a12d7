"""Runs a command that must not outlive its caller: `python -m fallback_hub.running.leash COMMAND…`.

It ends the command, with all that it started, when standard input closes or a signal comes; needs nothing but Python.
"""

import ctypes
import os
import select
import signal
import subprocess
import sys
from contextlib import suppress
from types import FrameType

PR_SET_PDEATHSIG = 1  # linux/prctl.h
GRACE = 8.0
"""Seconds the command has to end by itself."""
STEP = 0.5


def main(command: list[str]) -> int:
    """Run it; its exit code."""
    asked: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        asked.append(number)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, note)
    child = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=die_with_parent,  # noqa: PLW1509 - one thread only
    )
    while child.poll() is None and not asked and not _is_let_go(STEP):
        pass
    return _end(child)


def die_with_parent() -> None:
    """Have the system end this process when its parent is killed, where it can (Linux, prctl(2))."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _is_let_go(seconds: float) -> bool:
    """Whether whoever holds the other end of standard input is gone."""
    ready, _, _ = select.select([sys.stdin.fileno()], [], [], seconds)
    return bool(ready) and not os.read(sys.stdin.fileno(), 64)


def _end(child: "subprocess.Popen[bytes]") -> int:
    with suppress(ProcessLookupError):
        child.send_signal(signal.SIGINT)
    try:
        code = child.wait(timeout=GRACE)
    except subprocess.TimeoutExpired:
        code = 1
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
