"""The ports a hub listens on: the public one that hub.toml names, and three of this machine that are free."""

import errno
import socket
from collections.abc import Iterator
from itertools import count

from fallback_hub.problems import Problem
from fallback_hub.running.addresses import LOCAL, Addresses, port_of
from fallback_hub.settings import HubSettings

FIRST, LAST = 20_000, 30_000
"""Below what systems give to outgoing connections (ip(7), ip_local_port_range)."""


def problems_in_bind(settings: HubSettings) -> Iterator[Problem]:
    """Why the proxy can't listen where hub.toml says."""
    error = why_busy(settings.bind)
    if error is None:
        return
    place, (host, port) = f"{settings.path}, bind", settings.bind
    if error.errno == errno.EADDRINUSE:
        problem = f"Port {port} of {host} is in use by another program."
        yield Problem(place, problem, "End that program, or write another port here and in `url`.", "hub-port-busy")
    elif error.errno == errno.EACCES:
        problem = f"Port {port} is reserved to the system."
        remedy = "Write one over 1023, and put a web server that does TLS in front."
        yield Problem(place, problem, remedy, "hub-port-reserved")
    else:
        problem = f"This machine can't listen on {host}: {error.strerror}."
        yield Problem(place, problem, "Write one of its own addresses, such as 127.0.0.1.", "hub-port-address")


def choose_addresses(public: int, kept: Addresses | None, *, keep_proxy: bool) -> Addresses:
    """The addresses of last time where they are free still, others where not.

    `public` is the port the hub is reached by; `keep_proxy` says that the proxy of last time stands.
    """
    trials = _trials(public)

    def settle(address: str | None, *, stands: bool = False) -> str:
        if address and (stands or not why_busy((LOCAL, port_of(address)))):
            return address
        return f"http://{LOCAL}:{next(port for port in trials if not why_busy((LOCAL, port)))}"

    return Addresses(
        proxy_api=settle(kept.proxy_api if kept else None, stands=keep_proxy),
        hub=settle(kept.hub if kept else None),
        gateway=settle(kept.gateway if kept else None),
    )


def why_busy(bind: tuple[str, int]) -> OSError | None:
    """Why a process can't listen there; None when it can."""
    family = socket.AF_INET6 if ":" in bind[0] else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(bind)
        except OSError as error:
            return error
    return None


def _trials(public: int) -> Iterator[int]:
    """Ports in an order that differs from hub to hub, so that two that start at once rarely meet."""
    span = LAST - FIRST
    return (FIRST + (public * 7 + step) % span for step in count())
