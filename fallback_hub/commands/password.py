"""`passerelle hub password`: an account with a new password."""

import argparse

from fallback_hub.commands.arguments import Commands, add_config, add_json
from fallback_hub.problems import HubError, Problem
from fallback_hub.settings import NAME_RULE, USER_NAME, read_settings
from fallback_hub.telling import DONE, answer, say


def add(commands: Commands) -> argparse.ArgumentParser:
    """Declare it."""
    parser = commands.add_parser(
        "password",
        help="make an account, or give one a new password",
        description="Make an account of the hub, or give the one of that name a new password; it is said once.",
    )
    parser.add_argument("name", metavar="NAME", help="who")
    add_config(parser)
    add_json(parser)
    return parser


def run(options: argparse.Namespace) -> int:
    """`passerelle hub password`."""
    from fallback_hub.hub.first_admin import set_password  # noqa: PLC0415 - help must not wait for it

    settings = read_settings(options.config)
    name = options.name.strip().lower()
    if settings.sign_in.method != "accounts":
        problem, remedy = "This hub signs people in with the machine's accounts.", "Use useradd and passwd."
        raise HubError([Problem(str(options.config), problem, remedy, "hub-no-accounts")])
    if not USER_NAME.fullmatch(name):
        raise HubError([Problem(options.name, "That is no user name.", NAME_RULE, "hub-malformed")])
    password = set_password(settings, name)
    if options.json:
        answer({"ok": True, "name": name, "password": password})
    else:
        say(f"{name}   password: {password}")
    return DONE
