"""`passerelle build`: writes the site."""

import argparse
import sys
from contextlib import ExitStack

from lite_site.commands.arguments import Commands, add_courses, add_json, add_places, add_supply, settings_from
from lite_site.commands.telling import DONE, answer, tell
from lite_site.report import live_report


def add(commands: Commands) -> None:
    """Declare it."""
    parser = commands.add_parser(
        "build",
        help="write the site",
        description="Build the courses into a static site. What has not changed is reused; if anything is wrong, "
        "every problem is named and the old site stays as it was.",
    )
    add_courses(parser, "build these only; the others stay as they are")
    add_places(parser)
    add_supply(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """`passerelle build`."""
    from lite_site.pipeline import build_site  # noqa: PLC0415 - help must not wait for it

    with ExitStack() as stack:
        result = build_site(settings_from(options), live_report(stack, as_json=options.json))
    if options.json:
        answer(result.as_dict())
    else:
        tell(result.warnings, as_json=False)
        sys.stdout.write(f"{result.summary}\n")
    return DONE
