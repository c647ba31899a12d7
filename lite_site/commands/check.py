"""`passerelle check`: names every problem without building."""

import argparse
import sys

from lite_site.commands.arguments import Commands, add_courses, add_json, add_places, named_courses
from lite_site.commands.telling import DONE, FAILED, count, tell
from lite_site.settings import make_settings


def add(commands: Commands) -> None:
    """Declare it."""
    parser = commands.add_parser(
        "check",
        help="name every problem without building",
        description="Read the courses and name every problem, with its place and remedy. Writes nothing.",
    )
    add_courses(parser)
    add_places(parser, output=False)
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """`passerelle check`."""
    from lite_site.pipeline import check_contents  # noqa: PLC0415 - help must not wait for it

    problems = check_contents(make_settings(contents=options.contents, only=named_courses(options)))
    tell(problems, as_json=options.json)
    if not options.json:
        sys.stdout.write(f"{count(problems) if problems else 'Nothing to mend.'}\n")
    return FAILED if any(problem.severity == "error" for problem in problems) else DONE
