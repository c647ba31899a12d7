"""`passerelle hub start`: proxy and hub run from now on."""

import argparse
import sys

from fallback_hub.commands.arguments import Commands, add_config, add_json, settings_with_warnings
from fallback_hub.settings import HubSettings
from fallback_hub.telling import DONE, answer, say, tell, working


def add(commands: Commands) -> argparse.ArgumentParser:
    """Declare it."""
    parser = commands.add_parser(
        "start",
        help="start the hub",
        description="Start the hub in the background, and return when it answers. The first start makes an admin's "
        "account and says its password, once.",
    )
    add_config(parser)
    parser.add_argument("--foreground", action="store_true", help="stay here until Ctrl-C (for systemd)")
    add_json(parser)
    return parser


def run(options: argparse.Namespace) -> int:
    """`passerelle hub start`."""
    from fallback_hub.courses import read_courses  # noqa: PLC0415 - help must not wait for it
    from fallback_hub.proxy.install import ensure_proxy  # noqa: PLC0415
    from fallback_hub.running.state import StateFolder  # noqa: PLC0415

    settings, warnings = settings_with_warnings(options)
    if not options.json:
        tell(warnings, as_json=False)
    if StateFolder(settings.state).is_held():
        return _done(options, settings, "", already=True)
    read_courses(settings.site)
    with working("Installing the hub's proxy …", as_json=options.json):
        ensure_proxy()
    return _in_foreground(settings) if options.foreground else _in_background(options, settings)


def tell_password(settings: HubSettings, password: str) -> None:
    """Say the first admin's password: it is kept nowhere."""
    say(f"First admin: {settings.sign_in.admins[0]}   password: {password}")
    say("Write it down: it is said this once. Change it on the hub's page.")


def _in_foreground(settings: HubSettings) -> int:
    from fallback_hub.hub.first_admin import ensure_first_admin  # noqa: PLC0415
    from fallback_hub.running.__main__ import supervise  # noqa: PLC0415
    from fallback_hub.running.signals import Wishes  # noqa: PLC0415

    if sys.stdout.isatty() and (password := ensure_first_admin(settings)):
        tell_password(settings, password)  # into no journal: there, `passerelle hub password` makes the account
    return supervise(settings, Wishes(leash=False), leash=False, plain=True, again=False)


def _in_background(options: argparse.Namespace, settings: HubSettings) -> int:
    from fallback_hub.hub.first_admin import ensure_first_admin  # noqa: PLC0415
    from fallback_hub.running.launch import launch  # noqa: PLC0415

    launched = launch(settings)
    try:
        with working("Starting the hub …", as_json=options.json):
            launched.await_ready()
    except KeyboardInterrupt:
        launched.end()
        raise
    password = ensure_first_admin(settings) or ""
    if password and not options.json:
        tell_password(settings, password)
    return _done(options, settings, password)


def _done(options: argparse.Namespace, settings: HubSettings, password: str, *, already: bool = False) -> int:
    if options.json:
        made = {"admin": settings.sign_in.admins[0], "password": password} if password else {}
        answer({"ok": True, "url": settings.url, "already": already, **made})
    else:
        say(f"The hub {'already runs' if already else 'runs'}: {settings.url}")
    return DONE
