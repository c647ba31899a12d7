"""The wire between a browser and the hub's proxy: counts who calls, can be cut, and can lose what is on it."""

import socket
import socketserver
import threading
from contextlib import suppress
from typing import Self

CHUNK = 1 << 16
CALLS_WAITING = 128
"""Python's five are fewer than a browser makes at once: the sixth is tried again a second later, then three."""


class Cable(socketserver.ThreadingTCPServer):
    """A relay on 127.0.0.1 to another port there, until its `with` block ends.

    `calls` counts connections that came; while it is cut there are none, and those that were are broken.
    """

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = CALLS_WAITING

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", 0), _Call)
        self.far, self.calls = port, 0
        self._is_cut, self._loses = threading.Event(), threading.Event()
        self._ends: set[socket.socket] = set()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,))

    @property
    def port(self) -> int:
        """Where browsers call."""
        return int(self.server_address[1])

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()
        self.shutdown()
        self._thread.join()
        self.server_close()

    def cut(self) -> None:
        """Break every connection, and let no other through."""
        self._is_cut.set()
        for end in list(self._ends):
            _break(end)

    def lose(self) -> None:
        """Let nothing more through of what the hub says, and tell neither side."""
        self._loses.set()

    def mend(self) -> None:
        """Let connections through again; those that lost something break."""
        if self._loses.is_set():
            self.cut()
        self._loses.clear()
        self._is_cut.clear()

    def carry(self, near: socket.socket) -> None:
        """Pass on what one caller says and is told, until one side has enough."""
        self.calls += 1
        if self._is_cut.is_set():
            return
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.far), 10) as far:
            far.settimeout(None)
            self._ends |= {near, far}
            if not self._is_cut.is_set():  # else it came too late to be broken with the others
                back = threading.Thread(target=_pass_on, args=(far, near, self._loses), daemon=True)
                back.start()
                _pass_on(near, far, threading.Event())
                back.join()
            self._ends -= {near, far}

    def handle_error(self, *_: object) -> None:
        """Callers hang up in the middle; that is no error of ours."""


class _Call(socketserver.BaseRequestHandler):
    server: Cable

    def handle(self) -> None:
        self.server.carry(self.request)


def _pass_on(source: socket.socket, target: socket.socket, loses: threading.Event) -> None:
    with suppress(OSError):
        while data := source.recv(CHUNK):
            if not loses.is_set():
                target.sendall(data)
    # What one side ended is ended for the other, who may still be speaking.
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)


def _break(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
