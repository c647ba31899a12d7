"""Ports for servers, such that nothing else is given one between our choice and the server's own bind."""

import secrets
import socket
from pathlib import Path

from jupyterhub.utils import random_port

EPHEMERAL = Path("/proc/sys/net/ipv4/ip_local_port_range")
"""What connections that go out are given (ip(7)): a port of these may be anybody's at any time."""
_FIRST = 20_000
_LAST_PORT = 65_535


class Ports:
    """Ports of 127.0.0.1 outside `EPHEMERAL`, in turn: servers that start together never get the same."""

    def __init__(self) -> None:
        low, high = _ephemeral()
        self._numbers: list[int] = [*range(_FIRST, low), *range(max(high + 1, _FIRST), _LAST_PORT + 1)]
        self._turn = secrets.randbelow(max(len(self._numbers), 1))

    def take(self) -> int:
        """The next port that is free now; any free one where there is none of these."""
        for _ in self._numbers:
            port = self._numbers[self._turn]
            self._turn = (self._turn + 1) % len(self._numbers)
            if _is_free(port):
                return port
        any_port: int = random_port()
        return any_port


def _ephemeral() -> tuple[int, int]:
    try:
        low, high = EPHEMERAL.read_text(encoding="ascii").split()
    except OSError:  # no Linux: what IANA sets aside (RFC 6335)
        return 49_152, _LAST_PORT
    return int(low), int(high)


def _is_free(port: int) -> bool:
    with socket.socket() as asked:
        try:
            asked.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
