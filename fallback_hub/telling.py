"""What the hub's commands print: problems as sentences or JSON, a live line while they wait, how they end."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from fallback_hub.problems import Problem

DONE, FAILED = 0, 1


def tell(problems: Iterable[Problem], *, as_json: bool) -> None:
    """Print problems: sentences on standard error, or one JSON object on standard output."""
    listed = sorted(problems, key=lambda problem: (problem.severity, problem))
    if as_json:
        ok = all(problem.severity != "error" for problem in listed)
        answer({"ok": ok, "problems": [problem.as_dict() for problem in listed]})
        return
    for problem in listed:
        label = "" if problem.severity == "error" else "warning: "
        sys.stderr.write(f"{label}{problem}\n")
    sys.stderr.flush()


def answer(report: Mapping[str, object]) -> None:
    """Print one JSON object on standard output, on one line."""
    say(json.dumps(report, ensure_ascii=False))


def say(line: str) -> None:
    """Print a line on standard output at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def counted(number: int, noun: str) -> str:
    """How many there are, in words."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


@contextmanager
def working(what: str, *, as_json: bool = False) -> Iterator[None]:
    """A live line when somebody watches standard error, silence otherwise."""
    if as_json or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console  # noqa: PLC0415 - a pipe must not wait for it

    with Console(stderr=True).status(what):
        yield
