"""`passerelle hub new`: writes a hub.toml to begin with."""

import argparse
import json
from pathlib import Path

from fallback_hub.commands.arguments import Commands, add_config, add_json
from fallback_hub.problems import HubError, Problem
from fallback_hub.settings import examine_settings
from fallback_hub.telling import DONE, answer, say, tell

TEXT = """\
# The hub's settings. Every key, with its usual value: docs/en/hub.md.
# After a change: passerelle hub check, then passerelle hub restart.

site = {site}    # the built site's folder
site_url = {site_url}    # where browsers find the site
url = {url}    # where they find the hub: another host, or another port on one machine

[sign_in]
admins = ["admin"]    # the first one's password is said at the first start

# [courses.COURSE]    # without such a table a course is open to everybody who may sign in
# open = false
# teachers = ["name"]
# students = ["name"]
"""


def add(commands: Commands) -> argparse.ArgumentParser:
    """Declare it."""
    parser = commands.add_parser(
        "new",
        help="write a hub.toml to begin with",
        description="Write a hub.toml for a site and a hub at these addresses.",
    )
    parser.add_argument("--site", default="_site", metavar="DIR", help="the built site's folder (_site)")
    parser.add_argument("--site-url", default="http://127.0.0.1:8000/", metavar="URL", help="the site's address")
    parser.add_argument("--url", default="http://127.0.0.1:8001/", metavar="URL", help="the hub's address")
    add_config(parser)
    add_json(parser)
    return parser


def run(options: argparse.Namespace) -> int:
    """`passerelle hub new`."""
    config: Path = options.config
    values = {"site": options.site, "site_url": options.site_url, "url": options.url}
    text = TEXT.format(**{key: json.dumps(value, ensure_ascii=False) for key, value in values.items()})
    try:
        with config.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError as error:
        remedy = "Change it by hand, or name another with --config."
        raise HubError([Problem(str(config), "It is there already.", remedy, "hub-settings-exist")]) from error
    except OSError as error:
        remedy = "Name another with --config."
        raise HubError(
            [Problem(str(config), f"It can't be written: {error.strerror}.", remedy, "state-unusable")]
        ) from error
    reading = examine_settings(config)
    if reading.settings is None:
        config.unlink()
        raise HubError(reading.problems)
    if options.json:
        answer({"ok": True, "config": str(config)})
    else:
        tell(reading.problems, as_json=False)
        say(f"{config} is written. Next: passerelle hub check --config {config}")
    return DONE
