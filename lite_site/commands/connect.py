"""`passerelle connect`: tells a built site which hub it works with."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from lite_site.commands.arguments import Commands, add_json
from lite_site.commands.telling import DONE, answer, tell
from lite_site.problems import BuildError, Problem
from lite_site.report import live_report

if TYPE_CHECKING:
    from lite_site.site.reconnect import Connection


def add(commands: Commands) -> None:
    """Declare it."""
    parser = commands.add_parser(
        "connect",
        help="connect a built site to a hub, or to none",
        description="Connect a built site to the hub at URL, without building it again: pages that run code learn its "
        "address, and their security policy lets them reach it and nothing else. The site changes in one step. "
        "Without URL, say which hub the site is connected to.",
        epilog="A build connects the site as hub_url in site.toml says; set it there to keep it.",
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("url", nargs="?", metavar="URL", help="the hub's address, such as https://hub.example.org/")
    which.add_argument("--none", action="store_true", help="take the site off its hub")
    parser.add_argument("--site", type=Path, default=Path("_site"), metavar="DIR", help="default: _site")
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """`passerelle connect`."""
    from lite_site.site.connection import read_hub  # noqa: PLC0415 - help must not wait for it
    from lite_site.site.reconnect import read_connection, reconnect  # noqa: PLC0415 - nor for this

    if options.url is None and not options.none:
        return say(read_connection(options.site), options, [])
    hub, problems = read_hub(options.url, "URL") if options.url is not None else (None, [])
    if any(problem.severity == "error" for problem in problems):
        raise BuildError(problems)
    with ExitStack() as stack:
        connection = reconnect(options.site, hub, live_report(stack, as_json=options.json))
    return say(connection, options, problems)


def say(connection: "Connection", options: argparse.Namespace, problems: Sequence[Problem]) -> int:
    """Print how the site stands, and the exit code."""
    if options.json:
        answer({**connection.as_dict(), "problems": [problem.as_dict() for problem in problems]})
    else:
        tell(problems, as_json=False)
        sys.stdout.write(f"{connection.summary}\n")
    return DONE
