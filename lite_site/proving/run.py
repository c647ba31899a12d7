"""Lessons in, outcomes out: serves the site to a browser on this machine and runs them there, wherever they belong."""

import asyncio
from collections.abc import AsyncGenerator, Generator, Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from lite_site.courses.model import Course, Lesson
from lite_site.problems import BuildError, Problem
from lite_site.proving.outcome import Outcome
from lite_site.serve.app import HOSTS, News
from lite_site.serve.preview import HOST, claim_port, running_server

CELL_SECONDS = 120.0


def run_lessons(
    site: Path,
    lessons: Iterable[tuple[Course, Lesson]],
    *,
    program: Path | None = None,
    jobs: int = 1,
    seconds: float = CELL_SECONDS,
) -> Generator[Outcome, None, None]:
    """Run lessons of a built site in a headless browser, `jobs` at once, and tell of each as it ends.

    Where they are placed doesn't matter. `program` is the browser, the first on PATH where None; a cell may take
    `seconds`. Close the iterator to stop; `BuildError` where no browser can be driven.
    """
    if find_spec("playwright") is None:
        problem = "The program that drives browsers isn't installed."
        remedy = "Install it with Passerelle: pip install 'passerelle[prove]'."
        raise BuildError([Problem("playwright", problem, remedy, "prove-no-browser")])
    from lite_site.proving.session import Sitting, prove  # noqa: PLC0415 - it needs what may not be installed

    with serving(site) as origin, asyncio.Runner() as runner:
        outcomes = prove(Sitting(origin, program, jobs, seconds), lessons)

        pending: asyncio.Task[Outcome | None] | None = None

        async def following() -> Outcome | None:
            nonlocal pending
            pending = asyncio.ensure_future(_next_of(outcomes))
            return await pending

        async def stop() -> None:
            if pending and not pending.done():  # something other than Ctrl-C broke in
                pending.cancel()
                await asyncio.wait({pending})
            await outcomes.aclose()

        try:
            while outcome := runner.run(following()):
                yield outcome
        finally:
            runner.run(stop())


async def _next_of(outcomes: AsyncGenerator[Outcome, None]) -> Outcome | None:
    return await anext(outcomes, None)


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """The site at an address of this machine, as a plain static host gives it."""
    files = StaticFiles(directory=site, html=True)
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS)
    app = Starlette(routes=[Mount("/", files)], middleware=[hosts])
    with claim_port(0) as listening, running_server(listening, app, News()):
        yield f"http://{HOST}:{listening.getsockname()[1]}"
