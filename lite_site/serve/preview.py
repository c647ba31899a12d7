"""Runs the preview: one build, a server on 127.0.0.1, another build for every change."""

import errno
import json
import socket
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Protocol

import uvicorn
from starlette.applications import Starlette
from watchfiles import DefaultFilter, watch

from lite_site.pipeline import build_site
from lite_site.problems import BuildError, Problem
from lite_site.report import live_report
from lite_site.serve.app import News, make_app
from lite_site.settings import Settings
from lite_site.site.connection import Hub

HOST = "127.0.0.1"
SETTLE_MS = 300
BEGIN_MS = 200  # the watcher says once that it stands, this long after it does


class Tell(Protocol):
    """Prints problems."""

    def __call__(self, problems: Iterable[Problem], *, as_json: bool) -> None:
        """Print them."""


def serve_preview(settings: Settings, port: int, tell: Tell, *, as_json: bool = False, hub: Hub | None = None) -> int:
    """Serve until Ctrl-C; the exit code is 0. A port in use, or no contents to watch, is a BuildError.

    With `as_json`, one JSON object a line: the result or the problems of each build, and the address. With `hub`, pages
    are connected to it on their way to the browser, whatever site.toml says; the site on disk isn't.
    """
    if not settings.contents.is_dir():
        remedy = "Name the folder that holds your courses with --contents, or make one: passerelle new NAME."
        raise BuildError([Problem(str(settings.contents), "There is no such folder.", remedy, "contents-missing")])
    news = News()
    app = make_app(settings.output, news, hub)
    with claim_port(port) as listening, running_server(listening, app, news):
        try:
            for number, _ in enumerate(changes(settings)):
                news.tell(rebuild(settings, tell, as_json=as_json))
                if number == 0:
                    address = f"http://{HOST}:{listening.getsockname()[1]}/"
                    say(json.dumps({"serving": address}) if as_json else f"{address}  (Ctrl-C stops)")
        except KeyboardInterrupt:
            say("" if as_json else "Stopped.")
    return 0


def changes(settings: Settings) -> Iterator[None]:
    """Once at the start, then at every change of the contents; what changes meanwhile isn't lost."""
    begun = False
    ignored = (settings.output.resolve(),)
    for changed in watch(
        settings.contents.resolve(),
        watch_filter=LessonFilter(ignore_paths=ignored),
        debounce=SETTLE_MS,
        rust_timeout=BEGIN_MS,
        yield_on_timeout=True,
        raise_interrupt=True,
    ):
        if changed or not begun:
            begun = True
            yield


class LessonFilter(DefaultFilter):
    """What a teacher changes: everything but editors' and tools' own files, and the site itself."""

    ignore_dirs = (*DefaultFilter.ignore_dirs, ".ipynb_checkpoints", ".passerelle")


def say(line: str) -> None:
    """Put a line on standard output at once, if there is one to say."""
    if line:
        sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def rebuild(settings: Settings, tell: Tell, *, as_json: bool = False) -> tuple[Problem, ...]:
    """Build once; what is wrong is told and returned, and the old site stays."""
    with ExitStack() as stack:
        try:
            result = build_site(settings, live_report(stack, as_json=as_json))
        except BuildError as error:
            stack.close()
            tell(error.problems, as_json=as_json)
            say("")
            return error.problems
    if not as_json:
        tell(result.warnings, as_json=False)
    say(json.dumps(result.as_dict(), ensure_ascii=False) if as_json else result.summary)
    return ()


@contextmanager
def claim_port(port: int) -> Iterator[socket.socket]:
    """A listening socket on 127.0.0.1, taken before the build so that a busy port is told at once."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, port))
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise
            problem = "is in use." if error.errno == errno.EADDRINUSE else "is reserved to the system."
            remedy = "Give another with --port, or --port 0 for a free one."
            raise BuildError([Problem(f"port {port}", problem, remedy, "port-busy")]) from error
        listening.listen(128)
        yield listening


@contextmanager
def running_server(listening: socket.socket, app: Starlette, news: News) -> Iterator[None]:
    """The server in a thread of its own; stopped, with its open streams, at the end."""
    config = uvicorn.Config(app, log_level="error", access_log=False, lifespan="off", timeout_graceful_shutdown=2)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="preview", daemon=True)
    thread.start()
    try:
        yield
    finally:
        news.close()
        server.should_exit = True
        thread.join(timeout=5)
