"""What the supervisor says: one line at a time, to whoever listens, and to its log."""

import json
import os
import time
from collections.abc import Iterable
from pathlib import Path

from fallback_hub.problems import Problem
from fallback_hub.running.logs import open_log
from fallback_hub.running.supervisor import Told

STDOUT = 1


class Teller:
    """Says it in sentences (`plain`) or as JSON; nobody listening is no trouble."""

    def __init__(self, log: Path, *, plain: bool) -> None:
        self._log = log
        self._plain = plain

    def tell(self, told: Told) -> None:
        """Say that something happened, and write it down."""
        self._note(told.text)
        self._say(told.text if self._plain else json.dumps(told.as_dict()))

    def complain(self, problems: Iterable[Problem]) -> None:
        """Say what is wrong."""
        listed = list(problems)
        for problem in listed:
            self._note(str(problem))
        if self._plain:
            self._say("\n".join(str(problem) for problem in listed))
        else:
            self._say(json.dumps({"problems": [problem.as_dict() for problem in listed]}))

    def _note(self, text: str) -> None:
        if self._log.parent.is_dir():
            line = f"{time.strftime('%Y-%m-%d %H:%M:%S')} {text}\n"
            with os.fdopen(open_log(self._log), "ab") as stream:
                stream.write(line.encode())

    def _say(self, text: str) -> None:
        try:
            os.write(STDOUT, f"{text}\n".encode())
        except OSError:
            return  # whoever started us has gone on
