"""`passerelle serve`: builds, shows the site on this machine, rebuilds what changes."""

import argparse

from lite_site.commands.arguments import Commands, add_courses, add_places, add_supply, settings_from
from lite_site.commands.telling import tell


def add(commands: Commands) -> None:
    """Declare it."""
    parser = commands.add_parser(
        "serve",
        help="build, show the site on this machine, rebuild what changes",
        description="Build, serve on 127.0.0.1, rebuild on every change and reload the open page. Ctrl-C stops it.",
    )
    add_courses(parser, "build these only; the others stay as they are")
    parser.add_argument("--port", type=_port, default=8000, help="port on 127.0.0.1 (default 8000; 0 takes a free one)")
    add_places(parser)
    add_supply(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object a line: each build's, and the address")
    parser.set_defaults(run=run)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"{text} isn't a port (0 to 65535)")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """`passerelle serve`."""
    from lite_site.serve.preview import serve_preview  # noqa: PLC0415 - help must not wait for it

    return serve_preview(settings_from(options), options.port, tell, as_json=options.json)
