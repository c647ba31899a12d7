"""`passerelle hub serve`: the preview of the site, and a hub for it, on this machine."""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

from fallback_hub.commands.arguments import Commands, port

PASSED_ON = ("wheelhouse", "mirror")


def add(commands: Commands) -> argparse.ArgumentParser:
    """Declare it."""
    parser = commands.add_parser(
        "serve",
        help="site and hub on this machine, wired, for trying them",
        description="Build and show the site, rebuild what changes, and run a hub beside it. Ctrl-C stops both. "
        "Where the hub can't run, the site is shown all the same.",
    )
    parser.add_argument("courses", nargs="*", metavar="COURSE", help="build these only; the others stay as they are")
    parser.add_argument(
        "--port", type=port(0), default=8000, help="the site's, on 127.0.0.1 (8000; 0 takes a free one)"
    )
    parser.add_argument("--hub-port", type=port(), default=8001, metavar="PORT", help="the hub's (8001)")
    parser.add_argument("--contents", type=Path, default=Path("contents"), metavar="DIR", help="default: contents")
    parser.add_argument("--output", type=Path, default=Path("_site"), metavar="DIR", help="default: _site")
    parser.add_argument("--cache", type=Path, metavar="DIR", help="as for passerelle serve")
    parser.add_argument("--wheelhouse", action="append", default=[], metavar="DIR", help="as for passerelle serve")
    parser.add_argument("--mirror", action="append", default=[], metavar="URL", help="as for passerelle serve")
    parser.add_argument("--offline", action="store_true", help="as for passerelle serve")
    parser.set_defaults(json=False)
    return parser


def run(options: argparse.Namespace) -> int:
    """`passerelle hub serve`."""
    from fallback_hub.serving.serve import Serving  # noqa: PLC0415 - help must not wait for it

    output = Path(os.path.abspath(options.output))
    return Serving(output, options.hub_port, options.cache).run([*passed_on(options)])


def passed_on(options: argparse.Namespace) -> Iterator[str]:
    """The arguments that are the preview's."""
    yield from options.courses
    yield from ("--port", str(options.port), "--contents", str(options.contents), "--output", str(options.output))
    for name in PASSED_ON:
        for value in getattr(options, name):
            yield from (f"--{name}", value)
    if options.cache:
        yield from ("--cache", str(options.cache))
    if options.offline:
        yield "--offline"
