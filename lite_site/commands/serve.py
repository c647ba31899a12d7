"""`passerelle serve`: builds, shows the site on this machine, rebuilds what changes."""

import argparse

from lite_site.commands.arguments import Commands, add_courses, add_places, add_supply, settings_from, whole
from lite_site.commands.telling import tell
from lite_site.problems import BuildError


def add(commands: Commands) -> None:
    """Declare it."""
    parser = commands.add_parser(
        "serve",
        help="build, show the site on this machine, rebuild what changes",
        description="Build, serve on 127.0.0.1, rebuild on every change and reload the open page. Ctrl-C stops it.",
    )
    add_courses(parser, "build these only; the others stay as they are")
    told = "port on 127.0.0.1 (default 8000; 0 takes a free one)"
    parser.add_argument("--port", type=whole(0, 65_535, "a port"), default=8000, help=told)
    hub = "connect the pages to this hub, on the way to the browser only"
    parser.add_argument("--hub", metavar="URL", help=hub)
    add_places(parser)
    add_supply(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object a line: each build's, and the address")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """`passerelle serve`."""
    from lite_site.serve.preview import serve_preview  # noqa: PLC0415 - help must not wait for it
    from lite_site.site.connection import read_hub  # noqa: PLC0415 - nor for this

    hub, problems = read_hub(options.hub, "--hub") if options.hub is not None else (None, [])
    if any(problem.severity == "error" for problem in problems):
        raise BuildError(problems)
    if not options.json:
        tell(problems, as_json=False)
    return serve_preview(settings_from(options), options.port, tell, as_json=options.json, hub=hub)
