"""The gateway's log: one JSON object a line on standard error, from our own words and fields only."""

import json
import logging
import sys
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TextIO

# What a record carries of its own (the logging library's), so that the rest is ours.
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "color_message", "taskName"}


class JsonLines(logging.Formatter):
    """One line a record: time, level, logger, what happened, its fields, and where it went wrong.

    Of an exception the kind and the places are kept, not its text: that may quote what a page sent.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON; nothing in it can begin another."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        line |= {key: value for key, value in vars(record).items() if key not in _OWN and value is not None}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__qualname__
            line["trace"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return json.dumps(line, default=str)


def start_journal(stream: TextIO = sys.stderr, level: int = logging.INFO) -> None:
    """Send every logger's records to the stream; the HTTP client's own lines, which name addresses, are left out."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    quiet: Mapping[str, int] = {"httpx": logging.WARNING, "httpcore": logging.WARNING, "asyncio": logging.WARNING}
    for name, least in quiet.items():
        logging.getLogger(name).setLevel(least)
