"""Runs the gateway's application as a process that JupyterHub manages: one socket, one parent, an orderly end."""

import logging
import os
import signal
import socket
import time
from types import FrameType
from typing import NoReturn

import uvicorn
from starlette.types import ASGIApp

LOG = logging.getLogger(__name__)

GRACE_SECONDS = 5
HEADERS_AT_MOST = 16_384
CONNECTIONS_AT_MOST = 1_000
# JupyterHub's proxy keeps its connections open: whoever closes one first as it is used again breaks that request.
IDLE_SECONDS = 3_600
_BIND_SECONDS = 15.0


class Server(uvicorn.Server):
    """A server that also ends when the process that started it is gone: a hub that was killed can't stop it."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._parent = os.getppid()

    async def on_tick(self, counter: int) -> bool:
        """Whether to end; uvicorn asks ten times a second."""
        if os.getppid() != self._parent:
            LOG.warning("the process that started the gateway is gone")
            return True
        return await super().on_tick(counter)


def end_when_told() -> None:
    """Exit with 0 on SIGTERM and SIGINT: uvicorn raises the signal again once it has ended in order."""

    def end(number: int, frame: FrameType | None) -> NoReturn:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)


def open_socket(address: tuple[str, int], seconds: float = _BIND_SECONDS) -> socket.socket:
    """A listening socket; waits while another process has the port, such as the gateway of a hub that was killed.

    Raises OSError where it still has it after `seconds`.
    """
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    until = time.monotonic() + seconds
    while True:
        listener = socket.socket(family, socket.SOCK_STREAM)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen()
        except OSError:
            listener.close()
            if time.monotonic() >= until:
                raise
            time.sleep(0.2)
        else:
            return listener


def make_server(app: ASGIApp) -> Server:
    """The HTTP server around the application: bounded headers and connections, our own log, no word of itself."""
    return Server(
        uvicorn.Config(
            app,
            http="h11",
            ws="none",
            loop="asyncio",
            lifespan="on",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            h11_max_incomplete_event_size=HEADERS_AT_MOST,
            limit_concurrency=CONNECTIONS_AT_MOST,
            timeout_keep_alive=IDLE_SECONDS,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
    )
