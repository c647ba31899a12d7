"""What tells one process from another of the same number."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """What tells a process from a later one of the same number: when it was born, and its command line.

    `born` is in clock ticks since the machine started (proc(5), field 22), so that no change of the clock matters;
    elsewhere than on Linux in hundredths of seconds since 1970.
    """

    pid: int
    born: int
    command: tuple[str, ...]
