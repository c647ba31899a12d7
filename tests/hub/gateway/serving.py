"""Real servers for tests: an ASGI application on a free port of 127.0.0.1, ended with the block."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp


@contextmanager
def served(server: uvicorn.Server) -> Iterator[str]:
    """Run the server in a thread; gives its address, without a slash at the end."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(30)
            assert not thread.is_alive()


def plain_server(app: ASGIApp) -> uvicorn.Server:
    return uvicorn.Server(uvicorn.Config(app, http="h11", ws="none", log_config=None, access_log=False, lifespan="off"))
