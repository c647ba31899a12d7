"""A URL under which the files lie: Pyodide's distribution, or an operator's copy of it."""

import re
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException, HTTPMessage, HTTPResponse
from pathlib import Path
from typing import IO
from urllib.parse import quote, urljoin, urlsplit

from lite_site.problems import BuildError, Problem
from lite_site.runtime.assets import Asset, Origin
from lite_site.runtime.distribution import DISTRIBUTION_URL
from lite_site.runtime.sources.folders import Wheelhouse
from lite_site.runtime.sources.source import ABSENT, WRONG_BYTES, OnFile, Refusal, Refusals, Source
from lite_site.runtime.store import CHUNK, Download, Store, WrongBytesError

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
LARGEST_FILE = 200_000_000
"""Bytes; the largest wheel of the distribution has a fifth of that."""
ATTEMPTS = 3
_HTTP_PARTIAL = 206
_HTTP_BAD_RANGE = 416
_HTTP_ABSENT = frozenset({403, 404, 410})


class Mirror:
    """Files asked for one by one over HTTP, interrupted downloads resumed.

    `timeout` in seconds, for a connection and for each silence; a host that can't be reached is asked once
    per run. `origins` says whose bytes lie there.
    """

    def __init__(
        self,
        base: str,
        name: str | None = None,
        origins: frozenset[Origin] | None = None,
        timeout: float = 5.0,
    ) -> None:
        self.base = base if base.endswith("/") else f"{base}/"
        self.name = name or f"the mirror {urlsplit(base).hostname}"
        self._origins = origins
        self._timeout = timeout
        self._dead: Refusal | None = None
        self._open = _opener(self.base)

    def offers(self, asset: Asset) -> bool:
        """Whether these bytes are published there."""
        return self._origins is None or asset.origin in self._origins

    def fetch(self, assets: Sequence[Asset], store: Store, jobs: int, on_file: OnFile) -> Refusals:
        """Download in `jobs` threads, once a first file has shown that the host answers."""
        refusals: dict[str, Refusal] = {}
        lock = threading.Lock()

        def fetch_one(asset: Asset) -> None:
            refusal = self._dead or self._fetch(asset, store)
            if refusal is None:
                on_file(asset)
                return
            with lock:
                refusals[asset.sha256] = refusal

        if assets:
            fetch_one(assets[0])
        with ThreadPoolExecutor(max_workers=max(1, jobs)) as pool:
            for _ in pool.map(fetch_one, assets[1:]):
                pass
        return refusals

    def _fetch(self, asset: Asset, store: Store) -> Refusal | None:
        url = urljoin(self.base, quote(asset.file_name))
        refusal: Refusal | None = None
        with store.resume(asset.sha256) as download:
            had = download.size
            for _ in range(ATTEMPTS):
                refusal = self._attempt(url, download)
                if refusal is None or refusal.cause in ("absent", "wrong-bytes") or self._dead:
                    return refusal
            if refusal and refusal.cause == "unreachable" and download.size <= had:
                self._dead = refusal
        return refusal

    def _attempt(self, url: str, download: Download) -> Refusal | None:
        had = download.size
        headers = {"Range": f"bytes={had}-"} if had else {}
        request = urllib.request.Request(url, headers=headers)  # noqa: S310 `open_mirror` chose the scheme
        try:
            response = self._open(request, self._timeout)
        except urllib.error.HTTPError as error:
            with error:
                if error.code == _HTTP_BAD_RANGE:
                    download.restart()
                return ABSENT if error.code in _HTTP_ABSENT else Refusal("failed", f"answers HTTP {error.code}")
        except (HTTPException, OSError) as error:
            self._dead = Refusal("unreachable", f"can't be reached ({_reason_of(error)})")
            return self._dead
        try:
            with response:
                _receive(response, download, had)
            download.finish()
        except WrongBytesError:
            return WRONG_BYTES if had == 0 else Refusal("failed", "gave bytes that don't continue the earlier ones")
        except (HTTPException, OSError):
            return Refusal("unreachable", "broke off the download")
        except _TooLargeError:
            download.restart()
            return Refusal("wrong-bytes", f"sends more than {LARGEST_FILE // 1_000_000} MB")
        return None


def pyodide_distribution(base: str = DISTRIBUTION_URL) -> Source:
    """The release as Pyodide's authors publish it: its own files only, never those of the Python index."""
    return open_mirror(base, "Pyodide's distribution", frozenset({"pyodide"}))


def open_mirror(base: str, name: str | None = None, origins: frozenset[Origin] | None = None) -> Source:
    """A mirror at an https or file address (http on this machine only); `BuildError` for any other."""
    parts = urlsplit(base)
    if parts.scheme == "file" and parts.hostname in (None, "localhost"):
        return Wheelhouse(Path(urllib.request.url2pathname(parts.path)), name)
    if parts.scheme == "https" and parts.hostname:
        return Mirror(base, name, origins)
    if parts.scheme == "http" and parts.hostname in LOOPBACK:
        return Mirror(base, name, origins)
    problem = Problem(
        place=f"{parts.scheme}://{parts.hostname or ''}{parts.path}",
        problem="This mirror's address is neither https nor a local folder.",
        remedy="Give an https:// or file:// address (http:// works for 127.0.0.1 only).",
        code="mirror-address",
    )
    raise BuildError([problem])


class _TooLargeError(Exception):
    """The answer goes on past any wheel's size."""


class _SafeRedirects(urllib.request.HTTPRedirectHandler):
    """Follows a redirect to https only: a page's bytes are hashed, but a request must not leak in clear."""

    def redirect_request(  # noqa: PLR0917 the standard library's signature
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        target = urlsplit(newurl)
        if target.scheme == "https" or (target.scheme == "http" and target.hostname in LOOPBACK):
            return super().redirect_request(req, fp, code, msg, headers, newurl)
        message = "redirects to an address that isn't https"
        raise urllib.error.URLError(message)


def _opener(base: str) -> Callable[[urllib.request.Request, float], HTTPResponse]:
    handlers: list[urllib.request.BaseHandler] = [_SafeRedirects()]
    if urlsplit(base).hostname in LOOPBACK:
        handlers.append(urllib.request.ProxyHandler({}))
    opener = urllib.request.build_opener(*handlers)

    def open_url(request: urllib.request.Request, timeout: float) -> HTTPResponse:
        response: HTTPResponse = opener.open(request, timeout=timeout)
        return response

    return open_url


def _receive(response: HTTPResponse, download: Download, had: int) -> None:
    """Write the body after the `had` bytes that are here, or from the start if the server gives all."""
    if had and response.status != _HTTP_PARTIAL:
        download.restart()
    elif had and _range_start(response) != had:
        raise HTTPException("another range than asked")
    expected = response.length
    received = 0
    while chunk := response.read(CHUNK):
        received += len(chunk)
        if received > LARGEST_FILE:
            raise _TooLargeError
        download.write(chunk)
    if expected is not None and received < expected:
        raise HTTPException("connection closed early")


def _range_start(response: HTTPResponse) -> int | None:
    found = re.match(r"bytes (\d+)-", response.headers.get("Content-Range", ""))
    return int(found[1]) if found else None


def _reason_of(error: Exception) -> str:
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    words = cause.strerror if isinstance(cause, OSError) and cause.strerror else str(cause)
    return words.strip().rstrip(".") or type(cause).__name__
