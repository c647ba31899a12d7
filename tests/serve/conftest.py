import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from lite_site.serve.app import News, make_app
from lite_site.serve.preview import claim_port, running_server

PAGE = "<!doctype html><html><head><title>Portail</title></head><body>bonjour é</body></html>"


@dataclass
class Preview:
    """A preview on a real port, and the means to ask it."""

    site: Path
    port: int
    news: News = field(default_factory=News)

    def get(self, path: str, host: str | None = None, method: str = "GET") -> tuple[int, dict[str, str], str]:
        """Status, headers (lower case) and text; the path is sent as it is written."""
        with self.ask(path, host, method) as answer:
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, headers, answer.read().decode()

    @contextmanager
    def ask(self, path: str, host: str | None = None, method: str = "GET") -> Iterator[http.client.HTTPResponse]:
        """The answer, still open."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.putrequest(method, path, skip_host=True)
            connection.putheader("Host", host or f"127.0.0.1:{self.port}")
            connection.endheaders()
            yield connection.getresponse()
        finally:
            connection.close()


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    """A preview of a folder that isn't there yet."""
    with claim_port(0) as listening:
        preview = Preview(tmp_path / "_site", listening.getsockname()[1])
        with running_server(listening, make_app(preview.site, preview.news), preview.news):
            yield preview


@pytest.fixture
def built(preview: Preview) -> Preview:
    """A preview of a small site, built once."""
    course = preview.site / "rna"
    (course / "files").mkdir(parents=True)
    (preview.site / "index.html").write_text(PAGE, encoding="utf-8")
    (preview.site / "404.html").write_text(PAGE.replace("bonjour", "perdu"), encoding="utf-8")
    (course / "index.html").write_text(PAGE.replace("bonjour", "cours"), encoding="utf-8")
    (course / "files" / "table.html").write_bytes(b"<head></head>\xe9t\xe9")
    (course / "files" / "a b.csv").write_text("x,y\n")
    (preview.site / "pyodide.mjs").write_text("export {}")
    (preview.site / "pyodide.wasm").write_bytes(b"\0asm")
    (preview.site.parent / "secret.txt").write_text("secret")
    preview.news.tell([])
    return preview
