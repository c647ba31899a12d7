"""`passerelle hub …`: arguments in, sentences and an exit code out; `passerelle` finds it by its entry point."""

import argparse
from collections.abc import Callable
from typing import TypeAlias

from fallback_hub.commands import check, new, password, prune, restart, serve, start, status, stop
from fallback_hub.commands.arguments import Commands
from fallback_hub.packages import problems_in_packages
from fallback_hub.problems import HubError
from fallback_hub.telling import FAILED, tell

COMMANDS = (serve, new, check, start, status, restart, stop, password, prune)
WITHOUT_PACKAGES = (serve, new)
"""Commands that do something useful where the hub's packages are missing."""

Run: TypeAlias = Callable[[argparse.Namespace], int]


class Hub:
    """The group of commands."""

    def add(self, commands: Commands) -> None:
        """Declare them all under `hub`."""
        parser = commands.add_parser(
            "hub",
            help="the server side: sign-in, and kernels beyond the browser",
            description="Run the hub that lessons placed on the cluster need: accounts, servers, kernels.",
        )
        inner = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
        for command in COMMANDS:
            added = command.add(inner)
            added.set_defaults(run=careful(command.run, needs_packages=command not in WITHOUT_PACKAGES))


def careful(run: Run, *, needs_packages: bool) -> Run:
    """The command, with what is wrong told in sentences."""

    def carefully(options: argparse.Namespace) -> int:
        problems = list(problems_in_packages()) if needs_packages else []
        if not problems:
            try:
                return run(options)
            except HubError as error:
                problems += error.problems
        tell(problems, as_json=options.json)
        return FAILED

    return carefully


HUB = Hub()
