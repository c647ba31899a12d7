"""What commands print: problems as sentences or JSON, a live line while they work, how they end."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence

from lite_site.problems import Problem

DONE, FAILED, INTERRUPTED = 0, 1, 130  # argparse itself ends with 2 for wrong usage


def tell(problems: Iterable[Problem], *, as_json: bool) -> None:
    """Print problems: sentences on standard error, or one JSON object on standard output."""
    listed = sorted(problems, key=lambda problem: (problem.severity, problem))
    if as_json:
        ok = all(problem.severity != "error" for problem in listed)
        report = {"ok": ok, "problems": [problem.as_dict() for problem in listed]}
        answer(report)
        return
    for problem in listed:
        label = "" if problem.severity == "error" else "warning: "
        sys.stderr.write(f"{label}{problem}\n")


def answer(report: Mapping[str, object]) -> None:
    """Print one JSON object on standard output, on one line."""
    sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n")


def count(problems: Sequence[Problem]) -> str:
    """How many there are, in words."""
    errors = sum(problem.severity == "error" for problem in problems)

    def one(count: int, noun: str) -> str:
        return f"{count} {noun}{'' if count == 1 else 's'}"

    return f"{one(errors, 'error')}, {one(len(problems) - errors, 'warning')}."
