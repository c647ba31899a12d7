"""The preview's web application: the built site as any static host would give it, plus word of new builds."""

import asyncio
import html
import secrets
from collections.abc import AsyncIterator, Iterable
from os import PathLike, stat_result
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from lite_site.problems import Problem

HOSTS = ["127.0.0.1", "localhost"]
EVENTS, SCRIPT = "/__preview__/events", "/__preview__/reload.js"
RELOAD = f"""\
const build = document.currentScript.dataset.build;
const events = new EventSource("{EVENTS}");
events.addEventListener("built", (event) => event.data === build || location.reload());
addEventListener("pagehide", () => events.close());
"""
KEEP_ALIVE = 15.0
WATCHERS_AT_MOST = 64


class News:
    """Tells every open page that a new site stands; safe to call from another thread than the server's.

    `build` names the site that stands, differently in every run: a page shows one and reloads when it hears of
    another, so that no build is missed between the page and its first event, nor over a restart.
    """

    def __init__(self) -> None:
        self.problems: tuple[Problem, ...] = ()
        self.build = secrets.token_hex(4)
        self._stands = False
        self._waiting: set[asyncio.Event] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closing = False

    def tell(self, problems: Iterable[Problem]) -> None:
        """Say that a build ended, with these problems if it failed; then the old site stands, if there is one."""
        self.problems = tuple(problems)
        if self.problems and self._stands:
            return
        self._stands = not self.problems
        self.build = secrets.token_hex(4)
        self._wake()

    def close(self) -> None:
        """End every open stream, so that the server can stop."""
        self._closing = True
        self._wake()

    async def stream(self) -> AsyncIterator[bytes]:
        """Server-sent events: one `built` at once and one a build, a comment now and then to keep the line open."""
        self._loop = asyncio.get_running_loop()
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            yield self._said()
            while not self._closing:
                try:
                    await asyncio.wait_for(event.wait(), KEEP_ALIVE)
                except TimeoutError:
                    yield b": still here\n\n"
                    continue
                event.clear()
                if not self._closing:
                    yield self._said()
        finally:
            self._waiting.discard(event)

    @property
    def crowded(self) -> bool:
        """Whether as many pages listen as are allowed."""
        return len(self._waiting) >= WATCHERS_AT_MOST

    def _said(self) -> bytes:
        return f"event: built\ndata: {self.build}\n\n".encode()

    def _wake(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            for event in tuple(self._waiting):
                self._loop.call_soon_threadsafe(event.set)


class SiteFiles(StaticFiles):
    """The site's files, never cached; its own HTML pages, not those a course brings as data, with the reload script."""

    def __init__(self, site: Path, news: News) -> None:
        super().__init__(directory=site, html=True, check_dir=False)
        self._news = news

    def file_response(
        self,
        full_path: str | PathLike[str],
        stat_result: stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """One file; pages get one script more than on disk."""
        if str(full_path).endswith(".html") and "/files/" not in scope["path"]:
            tag = reload_tag(self._news)
            page = Path(full_path).read_text(encoding="utf-8").replace("</head>", f"{tag}</head>", 1)
            return HTMLResponse(page, status_code, headers={"Cache-Control": "no-store"})
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = "no-cache"
        return response


def make_app(site: Path, news: News) -> Starlette:
    """The preview of `site`; before the first good build every page says what is wrong."""

    async def events(request: Request) -> Response:
        if news.crowded:
            return Response(status_code=503)
        return StreamingResponse(news.stream(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def reload(request: Request) -> Response:
        return Response(RELOAD, media_type="text/javascript")

    async def waiting(request: Request) -> Response:
        return HTMLResponse(_waiting_page(news), 503, headers={"Cache-Control": "no-store"})

    files, notice = SiteFiles(site, news), Route("/", waiting).app

    def current() -> ASGIApp:
        return files if site.is_dir() else notice

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        await current()(scope, receive, send)

    routes = [Route(EVENTS, events), Route(SCRIPT, reload), Mount("/", app=serve)]
    return Starlette(routes=routes, middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS)])


def reload_tag(news: News) -> str:
    """The script element that reloads a page when another build than this one stands."""
    return f'<script src="{SCRIPT}" data-build="{news.build}" defer></script>'


def _waiting_page(news: News) -> str:
    listed = "".join(f"<li>{html.escape(str(problem))}</li>" for problem in news.problems)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Not built yet</title>'
        f"{reload_tag(news)}</head><body><h1>Not built yet</h1>"
        f"<p>This page reloads when the site is built.</p><ul>{listed}</ul></body></html>"
    )
