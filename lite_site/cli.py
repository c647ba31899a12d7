"""The command line: arguments in, sentences and an exit code out."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

from lite_site import __version__
from lite_site.problems import BuildError, Problem
from lite_site.report import Report, SilentReport, terminal_is_live
from lite_site.settings import Settings, make_settings

DONE, FAILED, MISUSED, INTERRUPTED = 0, 1, 2, 130
JOBS_AT_MOST = 64


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 when it did its work, 1 when the input has problems, 2 for misuse."""
    options = make_parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except BuildError as error:
        tell(error.problems, as_json=options.json)
        if not options.json and len(error.problems) > 1:
            sys.stderr.write(f"{_count(error.problems)}\n")
        return FAILED
    except KeyboardInterrupt:
        sys.stderr.write("Stopped; the site is as it was.\n")
        return INTERRUPTED


def make_parser() -> argparse.ArgumentParser:
    """The whole command line, with its help."""
    parser = argparse.ArgumentParser(
        prog="passerelle",
        description="Build a folder of notebooks into a static site where pupils run code in their own browser.",
        epilog="Exit code: 0 done, 1 problems in the input (each named with its remedy), 2 wrong usage, 130 stopped.",
    )
    parser.add_argument("--version", action="version", version=f"passerelle {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_build(commands)
    _add_serve(commands)
    _add_check(commands)
    _add_new(commands)
    _add_lock(commands)
    return parser


def _add_build(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "build",
        help="write the site",
        description="Build the courses into a static site. What has not changed is reused; if anything is wrong, "
        "every problem is named and the old site stays as it was.",
    )
    parser.add_argument("courses", nargs="*", metavar="COURSE", help="build these only; the others stay as they are")
    _add_places(parser)
    _add_supply(parser)
    _add_json(parser)
    parser.set_defaults(run=run_build)


def _add_serve(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "serve",
        help="build, show the site on this machine, rebuild what changes",
        description="Build, serve on 127.0.0.1, rebuild on every change and reload the open page. Ctrl-C stops it.",
    )
    parser.add_argument("courses", nargs="*", metavar="COURSE", help="build these only; the others stay as they are")
    parser.add_argument("--port", type=_port, default=8000, help="port on 127.0.0.1 (default 8000; 0 takes a free one)")
    _add_places(parser)
    _add_supply(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object a line: each build's, and the address")
    parser.set_defaults(run=run_serve)


def _add_check(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "check",
        help="name every problem without building",
        description="Read the courses and name every problem, with its place and remedy. Writes nothing.",
    )
    parser.add_argument("courses", nargs="*", metavar="COURSE", help="these only (default: all)")
    _add_places(parser, output=False)
    _add_json(parser)
    parser.set_defaults(run=run_check)


def _add_new(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "new",
        help="make a course that builds",
        description="Make contents/NAME with a course.toml, two lessons and a data file, ready to build.",
    )
    parser.add_argument("name", metavar="NAME", help="the course's folder, and its address on the site")
    parser.add_argument("--language", choices=("fr", "en"), default="fr", help="language of the course (default fr)")
    _add_places(parser, output=False)
    _add_json(parser)
    parser.set_defaults(run=run_new)


def _add_lock(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "lock",
        help="pin packages that Pyodide doesn't have",
        description="Look up, on the Python package index, the packages of course.toml that Pyodide's distribution "
        "lacks, and write what was found to the course's environment.lock. Commit that file: builds follow it.",
    )
    parser.add_argument("courses", nargs="*", metavar="COURSE", help="these only (default: all)")
    _add_places(parser, output=False)
    _add_json(parser)
    parser.set_defaults(run=run_lock)


def _add_places(parser: argparse.ArgumentParser, *, output: bool = True) -> None:
    parser.add_argument("--contents", type=Path, default=Path("contents"), metavar="DIR", help="default: contents")
    if output:
        parser.add_argument("--output", type=Path, default=Path("_site"), metavar="DIR", help="default: _site")


def _add_supply(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("where Pyodide and the wheels come from (any source is good: their hash decides)")
    group.add_argument("--wheelhouse", type=Path, action="append", default=[], metavar="DIR", help="look here first")
    group.add_argument("--mirror", action="append", default=[], metavar="URL", help="a copy of Pyodide's distribution")
    group.add_argument(
        "--cache", type=Path, metavar="DIR", help="default: the user's cache folder, or PASSERELLE_CACHE"
    )
    group.add_argument("--offline", action="store_true", help="use the cache only")
    group.add_argument("--jobs", type=_jobs, metavar="N", help="downloads at once")


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output, for machines")


def _jobs(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= JOBS_AT_MOST:
        raise argparse.ArgumentTypeError(f"{text} isn't a number from 1 to {JOBS_AT_MOST}")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"{text} isn't a port (0 to 65535)")
    return int(text)


def named_courses(options: argparse.Namespace) -> tuple[str, ...]:
    """The courses a command names: as they are called, or as the shell completes them (`contents/rna/`)."""
    return tuple(Path(name).name for name in options.courses)


def settings_from(options: argparse.Namespace) -> Settings:
    """The settings a command's options ask for."""
    return make_settings(
        contents=options.contents,
        output=options.output,
        cache=options.cache,
        only=named_courses(options),
        offline=options.offline,
        wheelhouses=tuple(options.wheelhouse),
        mirrors=tuple(options.mirror),
        jobs=options.jobs,
    )


def run_build(options: argparse.Namespace) -> int:
    """`passerelle build`."""
    from lite_site.pipeline import build_site  # noqa: PLC0415 - help must not wait for it

    with ExitStack() as stack:
        result = build_site(settings_from(options), live_report(stack, as_json=options.json))
    if options.json:
        sys.stdout.write(json.dumps(result.as_dict(), ensure_ascii=False) + "\n")
    else:
        tell(result.warnings, as_json=False)
        sys.stdout.write(f"{result.summary}\n")
    return DONE


def run_serve(options: argparse.Namespace) -> int:
    """`passerelle serve`."""
    from lite_site.serve.preview import serve_preview  # noqa: PLC0415 - help must not wait for it

    return serve_preview(settings_from(options), options.port, tell, as_json=options.json)


def run_check(options: argparse.Namespace) -> int:
    """`passerelle check`."""
    from lite_site.pipeline import check_contents  # noqa: PLC0415 - help must not wait for it

    problems = check_contents(make_settings(contents=options.contents, only=named_courses(options)))
    tell(problems, as_json=options.json)
    if not options.json:
        sys.stdout.write(f"{_count(problems) if problems else 'Nothing to mend.'}\n")
    return FAILED if any(problem.severity == "error" for problem in problems) else DONE


def run_new(options: argparse.Namespace) -> int:
    """`passerelle new`."""
    from lite_site.courses.new import new_course  # noqa: PLC0415 - help must not wait for it

    folder = new_course(options.contents, options.name, options.language)
    if options.json:
        sys.stdout.write(json.dumps({"ok": True, "course": str(folder)}) + "\n")
    else:
        sys.stdout.write(f"Made {folder}. Next: passerelle serve {folder.name}\n")
    return DONE


def run_lock(options: argparse.Namespace) -> int:
    """`passerelle lock`."""
    from lite_site.locking import lock_courses  # noqa: PLC0415 - help must not wait for it

    pinned = []
    for folder, wheels in lock_courses(make_settings(contents=options.contents, only=named_courses(options))):
        pinned.append({"course": str(folder), "pinned": [f"{wheel.name}=={wheel.version}" for wheel in wheels]})
        if not options.json:
            names = ", ".join(f"{wheel.name} {wheel.version}" for wheel in wheels)
            sys.stdout.write(f"{folder}: {names or 'nothing to pin, Pyodide has it all'}.\n")
    if options.json:
        sys.stdout.write(json.dumps({"ok": True, "courses": pinned}) + "\n")
    return DONE


def live_report(stack: ExitStack, *, as_json: bool) -> Report:
    """A live line when somebody watches, silence otherwise; closed with `stack`."""
    if as_json or not terminal_is_live():
        return SilentReport()
    from lite_site.terminal import TerminalReport  # noqa: PLC0415 - a piped build must not wait for it

    return stack.enter_context(TerminalReport())


def tell(problems: Iterable[Problem], *, as_json: bool) -> None:
    """Print problems: sentences on standard error, or one JSON object on standard output."""
    listed = sorted(problems, key=lambda problem: (problem.severity, problem))
    if as_json:
        ok = all(problem.severity != "error" for problem in listed)
        report = {"ok": ok, "problems": [problem.as_dict() for problem in listed]}
        sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n")
        return
    for problem in listed:
        label = "" if problem.severity == "error" else "warning: "
        sys.stderr.write(f"{label}{problem}\n")


def _count(problems: Sequence[Problem]) -> str:
    errors = sum(problem.severity == "error" for problem in problems)

    def one(count: int, noun: str) -> str:
        return f"{count} {noun}{'' if count == 1 else 's'}"

    return f"{one(errors, 'error')}, {one(len(problems) - errors, 'warning')}."
