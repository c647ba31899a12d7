"""How much a server and each process it starts may take: set on ourselves, before anything of the person's runs."""

import os
import resource

from fallback_hub.singleuser.surroundings import Surroundings

LEAST_MEMORY = 700_000_000
"""What JupyterLab's server itself needs room for."""
PROCESSES = 2048
"""Processes and threads of the account, all its servers together."""
NICE = 10
"""A class that starts together leaves the hub its processor."""


def set_bounds(surroundings: Surroundings) -> None:
    """Limits that can't be raised again, inherited by kernels and terminals.

    RLIMIT_DATA (private writable memory, also mapped: setrlimit(2), since Linux 4.7) holds what numpy allocates, and
    lets libraries reserve addresses and map files, which RLIMIT_AS would count. It bounds each process by itself.
    """
    if surroundings.memory:
        _lower(resource.RLIMIT_DATA, max(surroundings.memory, LEAST_MEMORY))
    _lower(resource.RLIMIT_FSIZE, surroundings.max_file_bytes)
    _lower(resource.RLIMIT_NPROC, PROCESSES)
    _lower(resource.RLIMIT_CORE, 0)
    os.nice(NICE)
    os.umask(0o077)


def _lower(kind: int, limit: int) -> None:
    """A limit that is lower already stays."""
    _, hard = resource.getrlimit(kind)
    value = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(kind, (value, value))
