"""A plain static host, as a school has, that remembers what it was asked; and a trap for what leaves it."""

import http.server
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import unquote, urlsplit

OUTSIDE = "https://example.org"


@dataclass(frozen=True, slots=True)
class Visit:
    """One request that reached a server, and its answer."""

    method: str
    address: str
    status: int


class Recording(http.server.ThreadingHTTPServer):
    """A server on 127.0.0.1, at a free port, running until its `with` block ends."""

    daemon_threads = True
    request_queue_size = 128  # Python's five are fewer than a browser makes at once: the sixth waits a second or more

    def __init__(self, handler: type[http.server.BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.visits: list[Visit] = []
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,))

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"http://127.0.0.1:{self.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()

    def handle_error(self, *_: object) -> None:
        """Browsers hang up in the middle; that is no error of ours."""


class StaticHost(Recording):
    """Serves folders under sub-paths of one origin; `mounts` maps "/a/b/" to a folder, `headers` go with every file."""

    def __init__(self, mounts: Mapping[str, Path], headers: Mapping[str, str] | None = None) -> None:
        super().__init__(FileHandler)
        self.mounts, self.headers = dict(mounts), dict(headers or {})

    def missed(self, since: int = 0) -> list[str]:
        """The addresses asked for, from the visit numbered `since` on, that were not there."""
        return [visit.address for visit in self.visits[since:] if visit.status >= 400]


class FileHandler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: StaticHost

    def translate_path(self, path: str) -> str:
        plain = unquote(urlsplit(path).path)
        for mount, folder in self.server.mounts.items():
            if plain.startswith(mount):
                self.directory = str(folder)
                return super().translate_path("/" + path.removeprefix(mount))
        return str(Path(self.directory) / "nothing-is-mounted-here")

    def end_headers(self) -> None:
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        super().end_headers()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        self.server.visits.append(Visit(self.command, self.path, int(code)))

    def log_message(self, *_: object) -> None: ...


def read_headers(file: Path) -> dict[str, str]:
    """What a Netlify-style `_headers` file says of every path (https://docs.netlify.com/manage/routing/headers/)."""
    headers: dict[str, str] = {}
    pattern = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.startswith(" "):
            pattern = line.strip()
        elif pattern == "/*":
            name, _, value = line.partition(":")
            headers[name.strip()] = value.strip()
    return headers


class TrapHandler(http.server.BaseHTTPRequestHandler):
    """A proxy that lets nothing through, and remembers who tried."""

    server: Recording

    def refuse(self) -> None:
        self.server.visits.append(Visit(self.command, self.path, 502))
        self.send_response(502)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def __getattr__(self, name: str) -> Callable[[], None]:
        if name.startswith("do_"):
            return self.refuse
        raise AttributeError(name)

    def log_message(self, *_: object) -> None: ...
