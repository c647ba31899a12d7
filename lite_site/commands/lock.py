"""`passerelle lock`: freezes what courses need, for the browser and the server."""

import argparse
import sys
from contextlib import ExitStack

from lite_site.commands.arguments import Commands, add_courses, add_json, add_places, named_courses
from lite_site.commands.telling import DONE, answer, tell
from lite_site.report import live_report
from lite_site.settings import make_settings


def add(commands: Commands) -> None:
    """Declare it."""
    parser = commands.add_parser(
        "lock",
        help="freeze the packages of a course, for the browser and the server",
        description="Look up, on the Python package index, what courses declare and import, for the browser and for "
        "the server in the same versions, and freeze it in each course's environment.lock. Commit that file: builds "
        "follow it and look nothing up. What is locked stays, until --upgrade.",
    )
    add_courses(parser)
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions, and show what changes")
    add_places(parser, output=False)
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """`passerelle lock`."""
    from lite_site.lock_report import as_json, lines_about  # noqa: PLC0415 - help must not wait for it
    from lite_site.locking import lock_courses  # noqa: PLC0415

    settings = make_settings(contents=options.contents, only=named_courses(options))
    with ExitStack() as stack:
        made = lock_courses(settings, live_report(stack, as_json=options.json), upgrade=options.upgrade)
    if options.json:
        report = {"ok": True, "courses": [as_json(locked) for locked in made]}
        answer(report)
        return DONE
    tell((remark for locked in made for remark in locked.remarks), as_json=False)
    for locked in made:
        sys.stdout.write("".join(f"{line}\n" for line in lines_about(locked, rich=sys.stdout.isatty())))
    return DONE
