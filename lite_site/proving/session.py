"""A sitting of the browser: lessons run side by side, each in a fresh window, told of as they end."""

import asyncio
from collections.abc import AsyncGenerator, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from playwright.async_api import Browser, Error

from lite_site.courses.model import Course, Lesson
from lite_site.problems import BuildError
from lite_site.proving.browser import fresh_context, no_browser, open_browser
from lite_site.proving.outcome import Outcome
from lite_site.proving.page import open_lesson
from lite_site.proving.trap import set_trap
from lite_site.proving.walk import walk
from lite_site.steps.addresses import lesson_href, main_interface
from lite_site.steps.surroundings import BROWSER_KERNELS

TRIES = 2  # a page that doesn't open shows nothing of the lesson


@dataclass(frozen=True, slots=True)
class Sitting:
    """How lessons are run: where the site answers, with which browser, how many at once, seconds a cell may take."""

    origin: str
    program: Path | None
    jobs: int
    seconds: float


async def prove(sitting: Sitting, lessons: Iterable[tuple[Course, Lesson]]) -> AsyncGenerator[Outcome, None]:
    """Each lesson's outcome, in the order in which they end."""
    async with open_browser(sitting.program) as browser:
        waiting = iter(lessons)
        running: set[asyncio.Task[Outcome]] = set()
        try:
            while running or (running := set(_begin(browser, sitting, waiting, sitting.jobs))):
                done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                running.update(_begin(browser, sitting, waiting, len(done)))
                for task in done:
                    yield task.result()
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)


def _begin(
    browser: Browser, sitting: Sitting, waiting: Iterator[tuple[Course, Lesson]], number: int
) -> Iterator[asyncio.Task[Outcome]]:
    """Start the next lessons, at most `number` of them."""
    for course, lesson in islice(waiting, number):
        yield asyncio.create_task(prove_lesson(browser, sitting, course, lesson))


async def prove_lesson(browser: Browser, sitting: Sitting, course: Course, lesson: Lesson) -> Outcome:
    """Run one lesson from its first code cell to its last, or to the one that fails."""
    if lesson.kernel not in BROWSER_KERNELS:
        return Outcome(course.slug, lesson, "failed", error=f"no browser kernel runs {lesson.kernel}")
    app = "lab" if main_interface(course) == "repl" else main_interface(course)
    if app not in course.interfaces:
        return Outcome(course.slug, lesson, "undecided", error="the course has no interface that opens notebooks")
    address = f"{sitting.origin}/{course.slug}/{lesson_href(course, lesson, app)}"
    told = ""
    for _ in range(TRIES):
        try:
            async with set_trap() as trap, fresh_context(browser, trap.address) as context:
                opened = await open_lesson(context, sitting.origin, address)
                outcome = await walk(opened, course, lesson, sitting.seconds)
                left = (f"asked for {address}" for address in dict.fromkeys(trap.asked))
                return replace(outcome, notes=(*opened.notes, *left))
        except Error as error:
            if not browser.is_connected():
                raise BuildError([no_browser("the browser", "It was closed while lessons ran")]) from error
            told = error.message.partition("\n")[0]
    return Outcome(course.slug, lesson, "undecided", error=f"its page doesn't open: {told}")
