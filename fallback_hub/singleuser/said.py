"""What a notebook's connection was told of late: a line that was on the wire when it broke can be told again.

Jupyter Server keeps what a kernel says from when it notices that a connection is gone; what it wrote before, into a
connection whose other end had gone already, is here.
"""

import json
from collections import deque

from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1

KEPT_BYTES = 8 * 1024 * 1024
"""Of one connection."""
KEPT_NAMES = 4
"""Connections of one kernel; beyond, the one that came least recently is forgotten."""


def message_id(frame: bytes) -> str:
    """The `msg_id` of a message as it goes over a websocket (v1.kernel.websocket.jupyter.org)."""
    _, (header, *_) = deserialize_msg_from_ws_v1(frame)  # type: ignore[no-untyped-call]
    return str(json.loads(header)["msg_id"])


class Said:
    """The last messages of one connection, whoever heard them: at most `KEPT_BYTES`."""

    def __init__(self) -> None:
        self._frames: deque[bytes] = deque()
        self._size = 0
        self._forgotten = ""

    def add(self, frame: bytes) -> None:
        """Keep a message; the oldest make room for it."""
        self._frames.append(frame)
        self._size += len(frame)
        while self._size > KEPT_BYTES:
            oldest = self._frames.popleft()
            self._size -= len(oldest)
            self._forgotten = message_id(oldest)

    def after(self, shown: str) -> tuple[list[bytes], bool]:
        """What came after the message `shown` ("" before all), in order, and whether that is all that came after it."""
        missed: list[bytes] = []
        for frame in reversed(self._frames):
            if message_id(frame) == shown:
                return missed[::-1], True
            missed.append(frame)
        return missed[::-1], shown == self._forgotten


class SaidByKernels:
    """What was said on all connections, by kernel and by the key of the connection."""

    def __init__(self) -> None:
        self._by_kernel: dict[str, dict[str, Said]] = {}

    def begin(self, kernel_id: str, session_key: str) -> Said:
        """Take up the connection, whose name may have been connected before."""
        connections = self._by_kernel.setdefault(kernel_id, {})
        said = connections.pop(session_key) if session_key in connections else Said()
        connections[session_key] = said
        while len(connections) > KEPT_NAMES:
            del connections[next(iter(connections))]
        return said

    def forget(self, kernel_id: str) -> None:
        """The kernel has ended."""
        self._by_kernel.pop(kernel_id, None)
