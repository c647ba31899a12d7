"""The arguments that several commands take, and the settings they make."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from lite_site.settings import Settings, make_settings

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no public name
JOBS_AT_MOST = 64


def add_courses(parser: argparse.ArgumentParser, what: str = "these only (default: all)") -> None:
    """Which courses."""
    parser.add_argument("courses", nargs="*", metavar="COURSE", help=what)


def add_places(parser: argparse.ArgumentParser, *, output: bool = True) -> None:
    """Where the courses are and the site goes."""
    parser.add_argument("--contents", type=Path, default=Path("contents"), metavar="DIR", help="default: contents")
    if output:
        parser.add_argument("--output", type=Path, default=Path("_site"), metavar="DIR", help="default: _site")


def add_supply(parser: argparse.ArgumentParser) -> None:
    """Where the runtime comes from."""
    group = parser.add_argument_group("where Pyodide and the wheels come from (any source is good: their hash decides)")
    group.add_argument("--wheelhouse", type=Path, action="append", default=[], metavar="DIR", help="look here first")
    group.add_argument("--mirror", action="append", default=[], metavar="URL", help="a copy of Pyodide's distribution")
    group.add_argument(
        "--cache", type=Path, metavar="DIR", help="default: the user's cache folder, or PASSERELLE_CACHE"
    )
    group.add_argument("--offline", action="store_true", help="use the cache only")
    group.add_argument("--jobs", type=whole(1, JOBS_AT_MOST), metavar="N", help="downloads at once")


def add_json(parser: argparse.ArgumentParser) -> None:
    """The answer for machines."""
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output, for machines")


def whole(least: int, most: int, what: str = "a number") -> Callable[[str], int]:
    """A reader of whole numbers between two bounds, both allowed."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdecimal()) or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text} isn't {what} from {least} to {most}")
        return int(text)

    return read


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
