"""The preview's web application: the built site as any static host would give it, plus word of new builds."""

import asyncio
import html
import json
import os
import secrets
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from dataclasses import asdict
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

from lite_site.language import LANGUAGES
from lite_site.pages.application import preview_words
from lite_site.problems import Problem
from lite_site.site.connection import Hub, NotConnectableError, connect, is_app_page
from lite_site.site.inventory import SHARED

HOSTS = ["127.0.0.1", "localhost"]
EVENTS, SCRIPT = "/__preview__/events", "/__preview__/reload.js"
RELOAD = Path(__file__).with_name("reload.js")
KEEP_ALIVE = 15.0
WATCHERS_AT_MOST = 64
TOLD_AT_MOST = 3


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
        if not (self.problems and self._stands):
            self._stands = not self.problems
            self.build = secrets.token_hex(4)
        self._wake()

    def close(self) -> None:
        """End every open stream, so that the server can stop."""
        self._closing = True
        self._wake()

    async def stream(self) -> AsyncIterator[bytes]:
        """Server-sent events: one `built` at once and one a new site, a comment now and then to keep the line open.

        After a build that failed, while an older site stands: `failed`, with what to say of that.
        """
        self._loop = asyncio.get_running_loop()
        event = asyncio.Event()
        self._waiting.add(event)
        try:
            said = self.build
            yield built_event(said) + self._failed()
            while not self._closing:
                try:
                    await asyncio.wait_for(event.wait(), KEEP_ALIVE)
                except TimeoutError:
                    yield b": still here\n\n"
                    continue
                event.clear()
                before, said = said, self.build  # read once: a build may end in the other thread meanwhile
                if not self._closing and (news := self._failed() if said == before else built_event(said)):
                    yield news
        finally:
            self._waiting.discard(event)

    @property
    def crowded(self) -> bool:
        """Whether as many pages listen as are allowed."""
        return len(self._waiting) >= WATCHERS_AT_MOST

    def _failed(self) -> bytes:
        """Nothing where the last build went well, or no site stands: then the page itself lists what is wrong."""
        if not self.problems or not self._stands:
            return b""
        errors = [str(problem) for problem in self.problems if problem.severity == "error"]
        texts = {language: asdict(preview_words(language, len(errors))) for language in LANGUAGES}
        note = json.dumps({"texts": texts, "problems": errors[:TOLD_AT_MOST]})
        return f"event: failed\ndata: {note}\n\n".encode()

    def _wake(self) -> None:
        if self._loop is not None and not self._loop.is_closed():
            for event in tuple(self._waiting):
                self._loop.call_soon_threadsafe(event.set)


def built_event(build: str) -> bytes:
    """The server-sent event that names the site that stands."""
    return f"event: built\ndata: {build}\n\n".encode()


class SiteFiles(StaticFiles):
    """The site's files, never cached; its own HTML pages, not those a course brings as data, with the reload script.

    With a hub, pages that run code are connected to it.
    """

    def __init__(self, site: Path, news: News, hub: Hub | None = None) -> None:
        super().__init__(directory=site, html=True, check_dir=False)
        self._site = site
        self._news = news
        self._hub = hub

    def file_response(
        self,
        full_path: str | PathLike[str],
        stat_result: stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """One file; pages get one script more than on disk, but for those behind the scenes (a sign-in's end)."""
        path = Path(os.path.relpath(full_path, os.path.realpath(self._site))).as_posix()
        if path.endswith(".html") and "/files/" not in scope["path"] and not path.startswith(f"{SHARED}/"):
            page = Path(full_path).read_text(encoding="utf-8")
            if self._hub and is_app_page(path):
                with suppress(NotConnectableError):  # an old site, until the first build has replaced it
                    page = connect(path, page, self._hub)
            page = page.replace("</head>", f"{reload_tag(self._news)}</head>", 1)
            return HTMLResponse(page, status_code, headers={"Cache-Control": "no-store"})
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["Cache-Control"] = "no-cache"
        return response


def make_app(site: Path, news: News, hub: Hub | None = None) -> Starlette:
    """The preview of `site`, connected to `hub`; before the first good build every page says what is wrong."""

    async def events(request: Request) -> Response:
        if news.crowded:
            return Response(status_code=503)
        return StreamingResponse(news.stream(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    async def reload(request: Request) -> Response:
        return Response(RELOAD.read_bytes(), media_type="text/javascript")

    async def waiting(request: Request) -> Response:
        return HTMLResponse(_waiting_page(news), 503, headers={"Cache-Control": "no-store"})

    files, notice = SiteFiles(site, news, hub), Route("/", waiting).app

    def current() -> ASGIApp:
        return files if site.is_dir() else notice

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        await current()(scope, receive, send)

    routes = [Route(EVENTS, events), Route(SCRIPT, reload), Mount("/", app=serve)]
    return Starlette(routes=routes, middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS)])


def reload_tag(news: News) -> str:
    """The script element that reloads a page when another build than this one stands."""
    return f'<script src="{SCRIPT}" data-build="{news.build}" data-events="{EVENTS}" defer></script>'


def _waiting_page(news: News) -> str:
    listed = "".join(f"<li>{html.escape(str(problem))}</li>" for problem in news.problems)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Not built yet</title>'
        f"{reload_tag(news)}</head><body><h1>Not built yet</h1>"
        f"<p>This page reloads when the site is built.</p><ul>{listed}</ul></body></html>"
    )
