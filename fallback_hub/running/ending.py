"""Ends what belongs to a hub, and nothing else."""

from collections.abc import Container

import psutil

from fallback_hub.running.addresses import LOCAL, port_of
from fallback_hub.running.ports import why_busy
from fallback_hub.running.processes import crowd_of, end, family_of, find
from fallback_hub.running.state import StateFolder

HUB_SECONDS = 20.0
SERVER_SECONDS = 5.0


def end_part(process: psutil.Process | None, hub_address: str) -> None:
    """End JupyterHub or the proxy, and what it started but for people's servers."""
    if process is None:
        return
    family = family_of(process)
    servers = {server.pid for server in crowd_of(hub_address).servers}
    end([process], HUB_SECONDS)
    end(member for member in family if member.pid not in servers and member.is_running())


def end_services(hub_address: str) -> None:
    """End the hub's own services that outlived it: they hold the ports of the next ones."""
    end(crowd_of(hub_address).services)


def end_servers(hub_address: str) -> int:
    """End people's servers with their kernels; how many servers there were."""
    crowd = crowd_of(hub_address)
    end(crowd.servers, SERVER_SECONDS)
    end(crowd_of(hub_address).servers, SERVER_SECONDS)  # what they started while they ended
    return len(crowd.addresses)


def end_parts(state: StateFolder, *, spare: Container[str] = ()) -> str | None:
    """End the processes a supervisor left, but those to `spare`; the address their hub had, if it is still theirs."""
    record, addresses = state.read(), state.addresses()
    if record is None or addresses is None:
        return None
    for name in ("hub", "proxy"):
        part = record.parts.get(name)
        if part and name not in spare:
            end_part(find(part.mark), addresses.hub)
    if why_busy((LOCAL, port_of(addresses.hub))):
        return None  # another hub has the address by now, and its processes aren't ours
    end_services(addresses.hub)
    return addresses.hub


def end_leftovers(state: StateFolder, *, keep_servers: bool) -> int:
    """End all that a supervisor left; how many servers were ended."""
    hub_address = end_parts(state)
    ended = end_servers(hub_address) if hub_address and not keep_servers else 0
    if not keep_servers:
        state.forget()
    return ended
