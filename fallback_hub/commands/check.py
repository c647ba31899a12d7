"""`passerelle hub check`: what is missing on this machine, and how to get it."""

import argparse
import sys

from fallback_hub.commands.arguments import Commands, add_config, add_json
from fallback_hub.telling import DONE, FAILED, answer, counted, say, working

MARKS = {"ok": "ok      ", "warning": "warning ", "problem": "PROBLEM "}
COLOURS = {"ok": "32", "warning": "33", "problem": "1;31"}


def add(commands: Commands) -> argparse.ArgumentParser:
    """Declare it."""
    parser = commands.add_parser(
        "check",
        help="say what is missing on this machine, and how to get it",
        description="Look at the settings, the site and this machine, and name everything that would stand in the "
        "way, with its remedy. Changes nothing. Exit code 1 when there is a problem.",
    )
    add_config(parser)
    add_json(parser)
    return parser


def run(options: argparse.Namespace) -> int:
    """`passerelle hub check`."""
    from fallback_hub.checking.look import look_around  # noqa: PLC0415 - help must not wait for it

    with working("Looking around …", as_json=options.json):
        findings = list(look_around(options.config))
    problems = sum(finding.level == "problem" for finding in findings)
    warnings = sum(finding.level == "warning" for finding in findings)
    if options.json:
        answer({"ok": not problems, "findings": [finding.as_dict() for finding in findings]})
    else:
        for finding in findings:
            say(f"{mark(finding.level)}{finding}")
        say(f"{counted(problems, 'problem')}, {counted(warnings, 'warning')}.".capitalize())
    return FAILED if problems else DONE


def mark(level: str) -> str:
    """The level at the beginning of a line, in colour on a terminal."""
    return f"\x1b[{COLOURS[level]}m{MARKS[level]}\x1b[0m" if sys.stdout.isatty() else MARKS[level]
