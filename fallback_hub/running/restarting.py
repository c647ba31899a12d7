"""Has a running supervisor start the hub anew, and waits for it."""

import signal
import time

from fallback_hub.problems import HubError, Problem
from fallback_hub.running.logs import tail
from fallback_hub.running.state import StateFolder
from fallback_hub.running.stopping import send

PATIENCE = 180.0
STEP = 0.1


def restart_hub(state: StateFolder) -> None:
    """Return when a new hub stands; HubError when it doesn't come to that (its supervisor goes on trying)."""
    record = state.read()
    if record is None:
        return
    asked = time.time()
    send(state, record.supervisor, signal.SIGUSR2)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        now = state.read()
        hub = now.parts.get("hub") if now else None
        if hub and hub.since > asked:
            if hub.state == "running":
                return
            if hub.last_end:
                break
        time.sleep(STEP)
    log = state.log("hub")
    said = " ".join(line.strip() for line in tail(log, 3))
    problem = "The hub doesn't come back." + (f" Its last words: {said}" if said else "")
    raise HubError([Problem(str(log), problem, "Mend what it names; it is tried again meanwhile.", "hub-died")])
