"""A package registry on this machine with the one package our tests install: npm's real client asks it."""

import base64
import hashlib
import io
import json
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

NAME, VERSION = "configurable-http-proxy", "5.9.9"
SCRIPT = "console.log(process.argv.slice(2).join(' '))\n"


@dataclass
class Registry:
    """`asked` are the paths it was asked for; with `stalls` it takes its time over the package itself."""

    address: str
    tarball: bytes
    asked: list[str] = field(default_factory=list)
    stalls: threading.Event | None = None


def package(script: str = SCRIPT) -> bytes:
    """The package, with a script that npm would run after installing it."""
    manifest = {"name": NAME, "version": VERSION, "scripts": {"postinstall": "touch ../../RAN"}}
    files = {"package.json": json.dumps(manifest), f"bin/{NAME}": script}
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w:gz") as archive:
        for name, text in files.items():
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text.encode()))
    return held.getvalue()


def write_lock(folder: Path, tarball: bytes) -> Path:
    """A lock that names the package by its hash, as ours does: without the registry's address."""
    folder.mkdir()
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(tarball).digest()).decode()
    wanted = {"name": "test", "version": "0.0.1", "dependencies": {NAME: VERSION}}
    locked = {
        "name": "test",
        "version": "0.0.1",
        "lockfileVersion": 3,
        "requires": True,
        "packages": {"": wanted, f"node_modules/{NAME}": {"version": VERSION, "integrity": integrity}},
    }
    (folder / "package.json").write_text(json.dumps(wanted))
    (folder / "package-lock.json").write_text(json.dumps(locked))
    return folder


@contextmanager
def serving(tarball: bytes) -> Iterator[Registry]:
    registry = Registry("", tarball)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            registry.asked.append(self.path)
            if self.path.endswith(".tgz"):
                if registry.stalls:
                    registry.stalls.wait(30)
                self._answer(registry.tarball, "application/octet-stream")
            else:
                dist = {"tarball": f"{registry.address}{NAME}/-/{NAME}-{VERSION}.tgz"}
                version = {"name": NAME, "version": VERSION, "dist": dist}
                about = {"name": NAME, "dist-tags": {"latest": VERSION}, "versions": {VERSION: version}}
                self._answer(json.dumps(about).encode(), "application/json")

        def _answer(self, body: bytes, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the parent's name
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    registry.address = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield registry
    finally:
        if registry.stalls:
            registry.stalls.set()
        server.shutdown()
        server.server_close()
        thread.join()
