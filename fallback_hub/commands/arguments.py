"""The arguments that several of the hub's commands take, and what they name."""

import argparse
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from fallback_hub.problems import HubError, Problem
from fallback_hub.settings import HubSettings, examine_settings, read_settings

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no public name
LAST_PORT = 65_535


def add_config(parser: argparse.ArgumentParser) -> None:
    """Which hub."""
    parser.add_argument("--config", type=Path, default=Path("hub.toml"), metavar="FILE", help="default: hub.toml")


def add_json(parser: argparse.ArgumentParser) -> None:
    """The answer for machines."""
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output, for machines")


def port(least: int = 1) -> Callable[[str], int]:
    """A reader of port numbers."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdecimal()) or not least <= int(text) <= LAST_PORT:
            raise argparse.ArgumentTypeError(f"{text} isn't a port from {least} to {LAST_PORT}")
        return int(text)

    return read


def settings_with_warnings(options: argparse.Namespace) -> tuple[HubSettings, tuple[Problem, ...]]:
    """The settings, and what is odd in them; HubError with everything where something is wrong."""
    reading = examine_settings(options.config)
    if reading.settings is None:
        raise HubError(reading.problems)
    return reading.settings, reading.problems


def state_of(config: Path) -> Path:
    """The state folder, also of a hub.toml that was broken since the hub started: it must be possible to stop it."""
    try:
        return read_settings(config).state
    except HubError:
        try:
            named = tomllib.loads(config.read_text(encoding="utf-8")).get("state", "state")
        except (OSError, ValueError):
            named = "state"
        state = config.absolute().parent / str(named)
        if not (state / "running.json").is_file():
            raise
        return state
