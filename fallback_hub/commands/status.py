"""`passerelle hub status`: what runs, since when, and for how many."""

import argparse
import time

from fallback_hub.commands.arguments import Commands, add_config, add_json, state_of
from fallback_hub.telling import DONE, FAILED, answer, say


def add(commands: Commands) -> argparse.ArgumentParser:
    """Declare it."""
    parser = commands.add_parser(
        "status",
        help="say what runs",
        description="Say whether the hub runs, since when, and how many servers. Exit code 1 when it doesn't answer.",
    )
    add_config(parser)
    add_json(parser)
    return parser


def run(options: argparse.Namespace) -> int:
    """`passerelle hub status`."""
    from fallback_hub.running.state import StateFolder  # noqa: PLC0415 - help must not wait for it
    from fallback_hub.running.status import read_status  # noqa: PLC0415

    status = read_status(StateFolder(state_of(options.config)))
    if options.json:
        answer(status.as_dict())
    elif status.record is None:
        left = f" People's servers still up: {status.servers}." if status.servers else ""
        say(f"The hub isn't running.{left} Start it: passerelle hub start.")
    else:
        say(f"{'The hub runs' if status.answers else 'The hub does not answer'}: {status.record.url}")
        for name, part in status.record.parts.items():
            again = f"; ended and started again: {part.restarts}, last by {part.last_end}" if part.restarts else ""
            say(f"  {name:<8}{part.state}, since {_when(part.since)}{again}")
        say(f"  gateway {'answers' if status.gateway else 'does not answer'}")
        say(f"  servers {status.servers}")
    return DONE if status.answers else FAILED


def _when(epoch: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(epoch))
