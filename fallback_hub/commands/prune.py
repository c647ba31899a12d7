"""`passerelle hub prune`: the environments that nobody used for long, listed, and removed where asked."""

import argparse

from fallback_hub.commands.arguments import Commands, add_config, add_json
from fallback_hub.telling import DONE, answer, counted, say

LONG = 180


def add(commands: Commands) -> argparse.ArgumentParser:
    """Declare it."""
    parser = commands.add_parser(
        "prune",
        help="list environments nobody used for long, and remove them",
        description="List the environments that no server was started from for long. A course that comes back builds "
        "its own again.",
    )
    add_config(parser)
    parser.add_argument("--days", type=days, default=LONG, help=f"how long, at least 1; default: {LONG}")
    parser.add_argument("--remove", action="store_true", help="remove them, instead of listing only")
    add_json(parser)
    return parser


def days(text: str) -> int:
    """A number of days."""
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text) <= 100_000:
        raise argparse.ArgumentTypeError(f"{text} isn't a number of days from 1 on")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """`passerelle hub prune`."""
    from fallback_hub.environments.prune import remove_environments, unused_environments  # noqa: PLC0415
    from fallback_hub.settings import read_settings  # noqa: PLC0415 - help must not wait for it

    unused = list(unused_environments(read_settings(options.config).environments, options.days))
    if options.remove:
        remove_environments(unused)
    if options.json:
        answer({"environments": [str(place) for place in unused], "removed": options.remove})
        return DONE
    for place in unused:
        say(str(place))
    what = counted(len(unused), "environment")
    if options.remove:
        say(f"Removed {what}.")
    else:
        say(f"{what.capitalize()} unused for {options.days} days.{' Remove with --remove.' if unused else ''}")
    return DONE
