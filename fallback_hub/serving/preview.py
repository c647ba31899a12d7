"""The site's preview as a process beside the hub: started, heard, ended with us whatever ends us."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Thread

ENDS_WITHIN = 15.0


@dataclass(frozen=True, slots=True)
class Line:
    """One JSON object that the preview said; None when it ended, with its exit code."""

    said: dict[str, object] | None
    code: int = 0


class Preview:
    """`python -m lite_site serve --json …`, on a leash."""

    def __init__(self, arguments: Sequence[str], hear: Callable[[Line], None]) -> None:
        leash = [sys.executable, "-m", "fallback_hub.running.leash"]
        self._hear = hear
        self._process = subprocess.Popen(
            [*leash, sys.executable, "-m", "lite_site", "serve", "--json", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        Thread(target=self._listen, name="preview", daemon=True).start()

    def end(self) -> None:
        """Let it go, and wait till all of it has ended."""
        if self._process.stdin:
            with suppress(BrokenPipeError):
                self._process.stdin.close()
        try:
            self._process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _listen(self) -> None:
        for line in self._process.stdout or ():
            with suppress(ValueError):
                said = json.loads(line)
                if isinstance(said, dict):
                    self._hear(Line(said))
        self._hear(Line(None, self._process.wait()))
