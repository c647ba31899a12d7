"""Runs site and hub together: the preview first, the hub once there is a site, and everything ends with us."""

import os
import signal
from collections.abc import Iterable, Sequence
from pathlib import Path
from queue import SimpleQueue
from types import FrameType

from fallback_hub.places import SERVED
from fallback_hub.problems import HubError, Problem
from fallback_hub.serving.hubside import HubNews, HubSide
from fallback_hub.serving.laptop import Laptop
from fallback_hub.serving.preview import Line, Preview
from fallback_hub.serving.words import build_line, problems_of
from fallback_hub.telling import DONE, FAILED, say, tell, working

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Serving:
    """One run: what happens comes through one queue, whoever it is from; None asks for the end."""

    def __init__(self, output: Path, hub_port: int, cache: Path | None) -> None:
        self._events: SimpleQueue[Line | HubNews | None] = SimpleQueue()
        self._output = output
        self._hub = HubSide(Laptop(output.parent / SERVED, output), hub_port, cache, self._events.put)
        self._wants_hub = True
        self._courses: tuple[str, ...] = ()
        self._site_url = ""
        self._built = False

    def run(self, arguments: Sequence[str]) -> int:
        """Serve until Ctrl-C, SIGTERM or the end of the terminal; the `arguments` are the preview's."""
        for number in SIGNALS:
            signal.signal(number, self._stop)
        with working("Looking for what the hub needs …"):
            problems = list(self._hub.problems_before())
        if problems:
            self._go_without(problems)
        preview = Preview([*arguments, *(["--hub", self._hub.url] if self._wants_hub else [])], self._events.put)
        try:
            with working("Building the site …"):
                event = self._events.get()
            return self._follow(event)
        finally:
            self._hub.end()
            preview.end()

    def _follow(self, event: Line | HubNews | None) -> int:
        """Do what the events say until the last one; the exit code."""
        while event is not None:
            if isinstance(event, HubNews):
                self._hear_hub(event)
            elif event.said is None:
                return event.code or FAILED
            else:
                self._hear_preview(event.said)
            event = self._events.get()
        say("Stopping …")
        return DONE

    def _hear_preview(self, said: dict[str, object]) -> None:
        if "serving" in said:
            self._site_url = str(said["serving"])
            say(f"Site  {self._site_url}  (Ctrl-C stops)")
        else:
            tell(problems_of(said), as_json=False)
            if said.get("ok"):
                say(build_line(said))
                self._built = True
        if self._built and self._site_url and self._wants_hub:
            self._keep_hub_current()

    def _keep_hub_current(self) -> None:
        """Start the hub at the first good build, and anew when the site has other courses."""
        courses = tuple(sorted(path.parent.name for path in self._output.glob("*/course.json")))
        changed, self._courses = courses != self._courses, courses
        if not self._hub.is_started:
            try:
                self._hub.start(self._site_url)
            except HubError as error:
                self._go_without(error.problems)
        elif changed:
            say("The site has other courses than before: the hub starts anew.")
            self._hub.reload()

    def _hear_hub(self, news: HubNews) -> None:
        if news.gone:
            self._hub.end()
            self._go_without(news.problems)
        elif news.stands:
            for line in self._hub.lines():
                say(line)
        else:
            say(news.text)

    def _go_without(self, problems: Iterable[Problem]) -> None:
        self._wants_hub = False
        tell(problems, as_json=False)
        say("No hub: lessons run in the browser only.")

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if number == signal.SIGHUP:  # the terminal is gone, and writing to it would fail
            nowhere = os.open(os.devnull, os.O_WRONLY)
            for stream in (1, 2):
                os.dup2(nowhere, stream)
        self._events.put(None)
