"""`passerelle prove`: runs every browser lesson in a real browser, and keeps what happened."""

import argparse
import json
import sys
from contextlib import ExitStack
from pathlib import Path

from lite_site.commands.arguments import Commands, add_courses, add_json, add_places, add_supply, settings_from
from lite_site.commands.telling import DONE, FAILED, live_report, tell

PAGES_AT_MOST = 4
LONGEST_CELL = 86_400


def add(commands: Commands) -> None:
    """Declare it."""
    parser = commands.add_parser(
        "prove",
        help="run every browser lesson in a real browser, and keep the proof",
        description="Build the site, run each lesson placed in the browser from its first cell to its last in a "
        "Chromium without a window, and write what happened to the course's proofs.toml: commit it. A lesson that "
        "fails goes to the cluster at the next build, with the reason. A proof holds until the notebook, its packages "
        "or the course's files change; only lessons without one are run.",
    )
    add_courses(parser)
    parser.add_argument("--again", action="store_true", help="run the lessons that are proven, too")
    parser.add_argument("--browser", type=Path, metavar="PROGRAM", help="default: the first Chromium on PATH")
    parser.add_argument("--pages", type=_pages, default=1, metavar="N", help=f"lessons at once (1 to {PAGES_AT_MOST})")
    parser.add_argument("--timeout", type=_seconds, default=120, metavar="S", help="seconds a cell may take (120)")
    add_places(parser)
    add_supply(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def _pages(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= PAGES_AT_MOST:
        raise argparse.ArgumentTypeError(f"{text} isn't a number from 1 to {PAGES_AT_MOST}")
    return int(text)


def _seconds(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= LONGEST_CELL:
        raise argparse.ArgumentTypeError(f"{text} isn't a number of seconds from 1 to {LONGEST_CELL}")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """`passerelle prove`."""
    from lite_site.proving.prove import prove_site  # noqa: PLC0415 - help must not wait for it

    with ExitStack() as stack:
        report = live_report(stack, as_json=options.json)
        proving = prove_site(
            settings_from(options),
            report,
            program=options.browser,
            jobs=options.pages,
            seconds=options.timeout,
            again=options.again,
        )
    if options.json:
        sys.stdout.write(json.dumps(proving.as_dict(), ensure_ascii=False) + "\n")
    else:
        tell(proving.problems, as_json=False)
        sys.stdout.write(f"{proving.summary}\n")
    return DONE if proving.ok else FAILED
