"""The preview's web application: the built site as any static host would give it, plus word of new builds."""

import asyncio
import html
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
from starlette.types import Scope

from lite_site.problems import Problem

HOSTS = ["127.0.0.1", "localhost"]
EVENTS, SCRIPT = "/__preview__/events", "/__preview__/reload.js"
TAG = f'<script src="{SCRIPT}" defer></script></head>'
RELOAD = f"""\
const events = new EventSource("{EVENTS}");
events.addEventListener("built", () => location.reload());
addEventListener("pagehide", () => events.close());
"""
KEEP_ALIVE = 15.0
WATCHERS_AT_MOST = 64


class News:
    """Tells every open page that a new site stands; safe to call from another thread than the server's."""

    def __init__(self) -> None:
        self.problems: tuple[Problem, ...] = ()
        self._waiting: set[asyncio.Event] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closing = False

    def tell(self, problems: Iterable[Problem]) -> None:
        """Say that a build ended, with these problems if it failed."""
        self.problems = tuple(problems)
        self._wake()

    def close(self) -> None:
        """End every open stream, so that the server can stop."""
        self._closing = True
        self._wake()

    async def stream(self) -> AsyncIterator[bytes]:
        """Server-sent events: one `built` a build, a comment now and then to keep the line open."""
        self._loop = asyncio.get_running_loop()
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            yield b": here\n\n"
            while not self._closing:
                try:
                    await asyncio.wait_for(event.wait(), KEEP_ALIVE)
                except TimeoutError:
                    yield b": still here\n\n"
                    continue
                event.clear()
                if not self._closing:
                    yield b"event: built\ndata:\n\n"
        finally:
            self._waiting.discard(event)

    @property
    def crowded(self) -> bool:
        """Whether as many pages listen as are allowed."""
        return len(self._waiting) >= WATCHERS_AT_MOST

    def _wake(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            for event in tuple(self._waiting):
                self._loop.call_soon_threadsafe(event.set)


class SiteFiles(StaticFiles):
    """The site's files, never cached, HTML pages with the reload script."""

    def file_response(
        self,
        full_path: str | PathLike[str],
        stat_result: stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """One file; pages get one script more than on disk."""
        if str(full_path).endswith(".html"):
            page = Path(full_path).read_text(encoding="utf-8").replace("</head>", TAG, 1)
            return HTMLResponse(page, status_code, headers={"Cache-Control": "no-store"})
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = "no-cache"
        return response


def make_app(site: Path, news: News) -> Starlette:
    """The preview of `site`; before the first good build every page says what is wrong."""

    async def events(request: Request) -> Response:
        if news.crowded:
            return Response(status_code=503)
        return StreamingResponse(
            news.stream(), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    async def reload(request: Request) -> Response:
        return Response(RELOAD, media_type="text/javascript")

    async def waiting(request: Request) -> Response:
        return HTMLResponse(_waiting_page(news.problems), 503, headers={"Cache-Control": "no-store"})

    files = SiteFiles(directory=site, html=True, check_dir=False)

    async def serve(scope: Scope, receive, send) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
        await (files if site.is_dir() else Route("/", waiting).app)(scope, receive, send)

    routes = [Route(EVENTS, events), Route(SCRIPT, reload), Mount("/", app=serve)]
    return Starlette(routes=routes, middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS)])


def _waiting_page(problems: Iterable[Problem]) -> str:
    listed = "".join(f"<li>{html.escape(str(problem))}</li>" for problem in problems)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Not built yet</title>'
        f"{TAG}<body><h1>Not built yet</h1><p>This page reloads when the site is built.</p><ul>{listed}</ul></body></html>"
    )
