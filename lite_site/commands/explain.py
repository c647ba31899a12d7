"""`passerelle explain`: says where each notebook runs, and why."""

import argparse
from pathlib import Path

from lite_site.commands.arguments import Commands, add_json
from lite_site.commands.telling import DONE, FAILED, answer, tell
from lite_site.language import LANGUAGES


def add(commands: Commands) -> None:
    """Declare it."""
    parser = commands.add_parser(
        "explain",
        help="say where a notebook runs, and why",
        description="Say for a notebook, a course or a folder of courses where each lesson would run, in the browser "
        "or on the cluster, why, how sure that is, and what would change it. Nothing is run, nothing is written.",
    )
    parser.add_argument(
        "path",
        nargs="?",
        type=Path,
        default=Path("contents"),
        metavar="PATH",
        help="a notebook, a course's folder or a folder of courses (default: contents)",
    )
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="language of the reasons (default en)")
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """`passerelle explain`."""
    from lite_site.commands.verdicts import print_verdicts  # noqa: PLC0415 - help must not wait for it
    from lite_site.explaining import explain  # noqa: PLC0415 - nor for this

    explained, problems = explain(options.path)
    ok = all(problem.severity != "error" for problem in problems)
    if options.json:
        report = {
            "ok": ok,
            "notebooks": [one.as_dict() for one in explained],
            "problems": [problem.as_dict() for problem in problems],
        }
        answer(report)
    else:
        print_verdicts(explained, options.language)
        tell(problems, as_json=False)
    return DONE if ok else FAILED
