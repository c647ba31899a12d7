"""`passerelle hub stop`: nothing of the hub runs any more."""

import argparse

from fallback_hub.commands.arguments import Commands, add_config, add_json, state_of
from fallback_hub.telling import DONE, answer, counted, say, working


def add(commands: Commands) -> argparse.ArgumentParser:
    """Declare it."""
    parser = commands.add_parser(
        "stop",
        help="stop the hub, and everybody's servers",
        description="End hub, proxy and everybody's servers; what a killed hub left behind, too.",
    )
    add_config(parser)
    told = "let people's kernels run on; the next start finds them again"
    parser.add_argument("--keep-servers", action="store_true", help=told)
    add_json(parser)
    return parser


def run(options: argparse.Namespace) -> int:
    """`passerelle hub stop`."""
    from fallback_hub.running.state import StateFolder  # noqa: PLC0415 - help must not wait for it
    from fallback_hub.running.stopping import stop_hub  # noqa: PLC0415

    with working("Stopping …", as_json=options.json):
        stopped = stop_hub(StateFolder(state_of(options.config)), keep_servers=options.keep_servers)
    if options.json:
        answer({"ok": True, "ran": stopped.ran, "servers": stopped.servers, "kept": options.keep_servers})
    elif not stopped.ran and not stopped.servers:
        say("The hub wasn't running.")
    elif options.keep_servers:
        say(f"Stopped. Servers left up: {stopped.servers}; the next start finds them again.")
    else:
        say(f"Stopped, with {counted(stopped.servers, 'server')}." if stopped.servers else "Stopped.")
    return DONE
