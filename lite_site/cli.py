"""The command line: arguments in, sentences and an exit code out."""

import argparse
import sys
from collections.abc import Callable, Sequence

from lite_site import __version__
from lite_site.commands import build, check, connect, explain, lock, new, prove, serve
from lite_site.commands.further import further_commands
from lite_site.commands.telling import FAILED, INTERRUPTED, count, tell
from lite_site.problems import BuildError

COMMANDS = (build, serve, check, explain, prove, lock, connect, new)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 when it did its work, 1 when the input has problems, 2 for misuse."""
    options = make_parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except BuildError as error:
        tell(error.problems, as_json=options.json)
        if not options.json and len(error.problems) > 1:
            sys.stderr.write(f"{count(error.problems)}\n")
        return FAILED
    except KeyboardInterrupt:
        sys.stderr.write("Stopped; nothing is half written.\n")
        return INTERRUPTED


def make_parser() -> argparse.ArgumentParser:
    """The whole command line, with its help."""
    parser = argparse.ArgumentParser(
        prog="passerelle",
        description="Build a folder of notebooks into a static site where pupils run code in their own browser.",
        epilog="Exit code: 0 done, 1 problems in the input (each named with its remedy), 2 wrong usage, 130 stopped.",
    )
    parser.add_argument("--version", action="version", version=f"passerelle {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in (*COMMANDS, *further_commands()):
        command.add(commands)
    return parser
