"""Whether processes run: one that ended stays in the system's list until its parent, or the system's, has looked."""

import psutil


def is_alive(process: psutil.Process) -> bool:
    """Whether it runs still, for all that can be seen."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
