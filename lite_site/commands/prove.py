"""`passerelle prove`: runs every browser lesson in a real browser, and keeps what happened."""

import argparse
import sys
from contextlib import ExitStack
from pathlib import Path

from lite_site.commands.arguments import Commands, add_courses, add_json, add_places, add_supply, settings_from, whole
from lite_site.commands.telling import DONE, FAILED, answer, tell
from lite_site.report import live_report

PAGES_AT_MOST = 4  # a kernel takes a core to itself for ten seconds, and half a gigabyte
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
    pages, seconds = whole(1, PAGES_AT_MOST), whole(1, LONGEST_CELL)
    parser.add_argument("--pages", type=pages, default=1, metavar="N", help=f"lessons at once (1 to {PAGES_AT_MOST})")
    parser.add_argument("--timeout", type=seconds, default=120, metavar="S", help="seconds a cell may take (120)")
    add_places(parser)
    add_supply(parser)
    add_json(parser)
    parser.set_defaults(run=run)


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
        answer(proving.as_dict())
    else:
        tell(proving.problems, as_json=False)
        sys.stdout.write(f"{proving.summary}\n")
    return DONE if proving.ok else FAILED
