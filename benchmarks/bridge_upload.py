"""How fast a lesson's files are carried to the server, beside a plain HTTP PUT of as many bytes from a page.

`ours` is from the first to the last byte of the carry: chunks, hashes, a file put in place whole; `peer` is one
`fetch` a file, with method PUT, to a server of forty lines on this machine that writes what comes to the same disk.
"""

import http.server
import os
import random
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bridging import COURSE, LESSON, Crossing, crossing
from measure import parse_options, print_figure
from playwright.sync_api import Request

PUT = """async ([names, size]) => {
  let took = 0;
  for (const name of names) {
    const file = new Blob([new Uint8Array(size).map((_, at) => at * 2654435761 >>> 13)]);
    const begun = performance.now();
    await fetch(name, { method: 'PUT', body: file });
    took += performance.now() - begun;
  }
  return took / 1000;
}"""
BLOCK = 1024 * 1024


class Receiver(http.server.BaseHTTPRequestHandler):
    """Writes what is PUT into the folder of its server."""

    def do_GET(self) -> None:
        """A page to send from."""
        self._answer(200)

    def do_PUT(self) -> None:
        """Write what comes, to the disk itself."""
        left = int(self.headers["Content-Length"])
        with tempfile.NamedTemporaryFile() as target:
            while left:
                left -= target.write(self.rfile.read(min(BLOCK, left)))
            target.flush()
            os.fsync(target.fileno())
        self._answer(201)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        """Say nothing."""

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "0")
        self.end_headers()


@contextmanager
def receiving() -> Iterator[str]:
    """The plain server's address."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def carry(there: Crossing, total: int) -> float:
    """MB a second over the bridge, by a pupil whose server has none of the files."""
    spans: list[tuple[float, float]] = []
    window = there.open_window()
    lesson = window.open(COURSE, LESSON)

    def note(request: Request) -> None:
        if request.method == "PUT" and "/passerelle/files/" in request.url:
            timing = request.timing
            spans.append((timing["startTime"], timing["startTime"] + timing["responseEnd"]))

    lesson.page.on("requestfinished", note)
    lesson.cross()
    window.context.close()
    begun, ended = min(begun for begun, _ in spans), max(ended for _, ended in spans)
    return total / 1e3 / (ended - begun)


def put(there: Crossing, names: list[str], size: int) -> float:
    """MB a second by plain PUT."""
    window = there.open_window()
    page = window.context.new_page()
    with receiving() as address:
        page.goto(address)
        took: float = page.evaluate(PUT, [names, size])
    window.context.close()
    return len(names) * size / 1e6 / took


def main() -> None:
    """Print the figure."""
    options = parse_options(__doc__)
    files, size, runs = (2, 4_000_000, 1) if options.quick else (3, 45_000_000, 5)
    data = {f"reads-{number}.bin": random.Random(number).randbytes(size) for number in range(files)}  # noqa: S311
    total, ours, peer = files * size, [], []
    with tempfile.TemporaryDirectory() as scratch, crossing(Path(scratch), data) as there:
        carry(there, total)  # the server starts
        folder = there.world.course_folder(there.person, COURSE)
        for _ in range(runs):
            for name in data:
                (folder / "data" / name).unlink()
            ours.append(carry(there, total))
            peer.append(put(there, list(data), size))
    print_figure("bridge_upload.throughput", "MB/s", ours, peer)


if __name__ == "__main__":
    main()
