"""A real HTTP server on this machine, and files with their hashes."""

import hashlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from lite_site.runtime.assets import Asset


class FileServer:
    """Serves `files` with ranges; counts requests, and can break off after some bytes."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.requests: list[tuple[str, str | None]] = []
        self.break_after: int | None = None
        self.ignore_ranges = False
        self.status: int | None = None
        handler = type("Handler", (_Handler,), {"owner": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    owner: FileServer

    def do_GET(self) -> None:
        owner, name = self.owner, self.path.lstrip("/")
        asked = self.headers.get("Range")
        owner.requests.append((name, asked))
        if owner.status or name not in owner.files:
            self.send_error(owner.status or 404)
            return
        body = owner.files[name]
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and not owner.ignore_ranges else 0
        if start >= len(body) > 0:
            self.send_error(416)
            return
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        self.send_header("Content-Length", str(len(body) - start))
        self.end_headers()
        end = len(body) if owner.break_after is None else start + owner.break_after
        self.wfile.write(body[start:end])

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the parent's name
        """Say nothing."""


def asset_of(name: str, content: bytes, **fields: object) -> Asset:
    """An asset with the hash of `content`."""
    values = {"origin": "pyodide", "project": name.split("-", maxsplit=1)[0], "version": "1.0"} | fields
    return Asset(file_name=name, sha256=hashlib.sha256(content).hexdigest(), **values)  # type: ignore[arg-type]
