"""Runs `build.py` in a process that kills itself, as a power cut would, just before one of its changes to the disk.

    python -m tests.faults.dying NTH WAY BUILD-ARGUMENTS...

NTH counts from 1 what the build does to files once its folder stands; 0 kills nothing and prints what there was to
count, one name a line. WAY is `exchange`, or `renames` for systems that can't exchange two folders in one step.
"""

import os
import signal
import sys
from pathlib import Path

from lite_site import cli
from lite_site.site import swap

CHANGES = {
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.truncate",
    "shutil.copyfile",
    "shutil.rmtree",
}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Deathwatch:
    """Counts changes to the disk from the moment the building folder is made, and ends the process before the Nth."""

    def __init__(self, nth: int) -> None:
        self.nth = nth
        self.seen: list[str] = []
        self._begun = False

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        """See https://docs.python.org/3/library/audit_events.html."""
        if event == "os.mkdir" and str(arguments[0]).endswith(".passerelle-new"):
            self._begun = True
        if not self._begun or not (event in CHANGES or is_write(event, arguments)):
            return
        self.seen.append(event)
        if len(self.seen) == self.nth:
            os.kill(os.getpid(), signal.SIGKILL)


def is_write(event: str, arguments: tuple[object, ...]) -> bool:
    """Whether a file is opened to be written."""
    return event == "open" and isinstance(arguments[2], int) and bool(arguments[2] & WRITING)


def cannot_exchange(first: Path, second: Path) -> bool:
    """Stands for a system without renameat2."""
    return False


if __name__ == "__main__":
    if sys.argv[2] == "renames":
        swap._exchange = cannot_exchange
    watch = Deathwatch(int(sys.argv[1]))
    sys.addaudithook(watch)
    code = cli.main(sys.argv[3:])
    sys.stderr.write("".join(f"{event}\n" for event in watch.seen))
    sys.exit(code)
