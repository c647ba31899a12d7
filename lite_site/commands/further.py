"""Commands that other packages bring, found by their entry points: none of them is imported by name here."""

import argparse
from collections.abc import Iterator
from importlib.metadata import entry_points
from typing import Protocol

from lite_site.commands.arguments import Commands
from lite_site.problems import BuildError, Problem

GROUP = "passerelle.commands"


class Command(Protocol):
    """What a command, or a group of them, is made of."""

    def add(self, commands: Commands) -> object:
        """Declare it; its parser's default `run` does it."""


def further_commands() -> Iterator[Command]:
    """What other packages bring, or in its place the sentence that says what is missing."""
    for point in sorted(entry_points(group=GROUP)):
        try:
            yield point.load()
        except ImportError as error:
            yield Missing(point.name, error.name or str(error))


class Missing:
    """A command whose packages aren't installed: it says so, whatever it is asked."""

    def __init__(self, name: str, module: str) -> None:
        self._name = name
        self._module = module

    def add(self, commands: Commands) -> None:
        """Declare it."""
        told = f"needs passerelle[{self._name}]"
        parser = commands.add_parser(self._name, help=told, add_help=False, prefix_chars="\0")  # nothing is an option
        parser.add_argument("rest", nargs="*")
        parser.set_defaults(run=self.run, json=False)

    def run(self, options: argparse.Namespace) -> int:
        """Say what is missing."""
        problem = f"Its packages aren't all installed (no {self._module})."
        remedy = f"Install them: pip install 'passerelle[{self._name}]'."
        raise BuildError([Problem(f"passerelle {self._name}", problem, remedy, "packages-missing")])
