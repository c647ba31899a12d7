"""`passerelle hub restart`: a new hub, with new settings, under running servers."""

import argparse

from fallback_hub.commands import start
from fallback_hub.commands.arguments import Commands, add_config, add_json, settings_with_warnings
from fallback_hub.telling import DONE, answer, say, tell, working


def add(commands: Commands) -> argparse.ArgumentParser:
    """Declare it."""
    parser = commands.add_parser(
        "restart",
        help="start the hub anew; servers and open pages stay",
        description="Read hub.toml again and start the hub anew, with the code that is installed now. The proxy and "
        "people's servers stand meanwhile. A hub that doesn't run is started.",
    )
    add_config(parser)
    add_json(parser)
    parser.set_defaults(foreground=False)
    return parser


def run(options: argparse.Namespace) -> int:
    """`passerelle hub restart`."""
    from fallback_hub.running.restarting import restart_hub  # noqa: PLC0415 - help must not wait for it
    from fallback_hub.running.state import StateFolder  # noqa: PLC0415

    settings, warnings = settings_with_warnings(options)
    state = StateFolder(settings.state)
    if not state.is_held():
        return start.run(options)
    if not options.json:
        tell(warnings, as_json=False)
    with working("Starting the hub anew …", as_json=options.json):
        restart_hub(state)
    if options.json:
        answer({"ok": True, "url": settings.url})
    else:
        say(f"The hub runs anew: {settings.url}")
    return DONE
