"""Stops a hub from outside: asks its supervisor, and ends what is left."""

import os
import signal
from dataclasses import dataclass

import psutil

from fallback_hub.problems import HubError
from fallback_hub.running.ending import end_leftovers
from fallback_hub.running.processes import crowd_of
from fallback_hub.running.state import StateFolder, unusable

PATIENCE = 60.0
"""Seconds a supervisor may take to end everything."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """Whether a supervisor ran, and how many servers there were."""

    ran: bool
    servers: int


def stop_hub(state: StateFolder, *, keep_servers: bool) -> Stopped:
    """End the hub, with or without people's servers; HubError where it belongs to somebody else."""
    ran, record, addresses = state.is_held(), state.read(), state.addresses()
    servers = len(crowd_of(addresses.hub).addresses) if record and addresses else 0
    if ran and record:
        supervisor = [psutil.Process(record.supervisor)] if psutil.pid_exists(record.supervisor) else []
        send(state, record.supervisor, signal.SIGUSR1 if keep_servers else signal.SIGTERM)
        _, stubborn = psutil.wait_procs(supervisor, timeout=PATIENCE)
        if stubborn:
            send(state, record.supervisor, signal.SIGKILL)
            psutil.wait_procs(stubborn, timeout=PATIENCE)
    end_leftovers(state, keep_servers=keep_servers)
    return Stopped(ran, servers)


def send(state: StateFolder, pid: int, number: signal.Signals) -> None:
    """Send a signal to the supervisor; HubError where it is somebody else's."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return
    except PermissionError as error:
        raise HubError([unusable(state.path, error)]) from error
