"""What commands print: problems as sentences or JSON, a live line while they work, how they end."""

import json
import sys
from collections.abc import Iterable, Sequence
from contextlib import ExitStack

from lite_site.problems import Problem
from lite_site.report import Report, SilentReport, terminal_is_live

DONE, FAILED, MISUSED, INTERRUPTED = 0, 1, 2, 130


def tell(problems: Iterable[Problem], *, as_json: bool) -> None:
    """Print problems: sentences on standard error, or one JSON object on standard output."""
    listed = sorted(problems, key=lambda problem: (problem.severity, problem))
    if as_json:
        ok = all(problem.severity != "error" for problem in listed)
        report = {"ok": ok, "problems": [problem.as_dict() for problem in listed]}
        sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n")
        return
    for problem in listed:
        label = "" if problem.severity == "error" else "warning: "
        sys.stderr.write(f"{label}{problem}\n")


def count(problems: Sequence[Problem]) -> str:
    """How many there are, in words."""
    errors = sum(problem.severity == "error" for problem in problems)

    def one(count: int, noun: str) -> str:
        return f"{count} {noun}{'' if count == 1 else 's'}"

    return f"{one(errors, 'error')}, {one(len(problems) - errors, 'warning')}."


def live_report(stack: ExitStack, *, as_json: bool) -> Report:
    """A live line when somebody watches, silence otherwise; closed with `stack`."""
    if as_json or not terminal_is_live():
        return SilentReport()
    from lite_site.terminal import TerminalReport  # noqa: PLC0415 - a piped build must not wait for it

    return stack.enter_context(TerminalReport())
