import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from .samples import write_site


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None: ...


@pytest.fixture(scope="session")
def site_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the sample site under a sub-path; gives its address with a trailing slash."""
    root: Path = tmp_path_factory.mktemp("pages")
    write_site(root / "school")
    handler = functools.partial(QuietHandler, directory=str(root))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/school/"
        server.shutdown()
        thread.join()
