"""`passerelle new`: makes a course that builds."""

import argparse
import sys

from lite_site.commands.arguments import Commands, add_json, add_places
from lite_site.commands.telling import DONE, answer


def add(commands: Commands) -> None:
    """Declare it."""
    parser = commands.add_parser(
        "new",
        help="make a course that builds",
        description="Make contents/NAME with a course.toml, two lessons and a data file, ready to build.",
    )
    parser.add_argument("name", metavar="NAME", help="the course's folder, and its address on the site")
    parser.add_argument("--language", choices=("fr", "en"), default="fr", help="language of the course (default fr)")
    add_places(parser, output=False)
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """`passerelle new`."""
    from lite_site.courses.new import new_course  # noqa: PLC0415 - help must not wait for it

    folder = new_course(options.contents, options.name, options.language)
    if options.json:
        answer({"ok": True, "course": str(folder)})
    else:
        sys.stdout.write(f"Made {folder}. Next: passerelle serve {folder.name}\n")
    return DONE
