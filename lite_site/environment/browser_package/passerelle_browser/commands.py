"""The small commands of a Unix shell that lessons use, done in Python where there are no programs.

Standard library only, importable anywhere: the build asks `can_run` what the browser will be able to.
Output is that of GNU coreutils 9 where it isn't a terminal (https://www.gnu.org/software/coreutils/manual/).
"""

import io
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from . import files, listing, system, texts
from .options import Options, WrongOptionError, parse_options
from .shellwords import Line, NotSimpleError, expand, parse_line

Write = Callable[[str], object]

NOT_FOUND = 127


@dataclass(frozen=True, slots=True)
class Command:
    """What a command takes: flags and valued options by letter, their long names, operands at least and at most.

    `raw` commands read their words themselves; `needs` are flags of which one must be there.
    """

    run: Callable[[Options, Write], int]
    flags: str = ""
    values: str = ""
    long: Mapping[str, str] = field(default_factory=dict)
    least: int = 0
    most: int = 1_000_000
    raw: bool = False
    needs: str = ""


ALL, HUMAN, RECURSIVE = {"all": "a"}, {"human-readable": "h"}, {"recursive": "r"}
LINES_BYTES = {"lines": "n", "bytes": "c", "quiet": "q"}
GREP_LONG = {"ignore-case": "i", "line-number": "n", "count": "c", "invert-match": "v", "extended-regexp": "E"}

COMMANDS: Mapping[str, Command] = {
    "ls": Command(listing.ls, "aA1lhRFGdrtS", long={**ALL, **HUMAN, "recursive": "R", "color": "G", "almost-all": "A"}),
    "cat": Command(texts.cat, "n", long={"number": "n"}, least=1),
    "head": Command(texts.head, "qv", "nc", LINES_BYTES, least=1),
    "tail": Command(texts.tail, "qv", "nc", LINES_BYTES, least=1),
    "wc": Command(texts.wc, "lwcm", long={"lines": "l", "words": "w", "bytes": "c", "chars": "m"}, least=1),
    "grep": Command(texts.grep, "incvEF", long=GREP_LONG, least=2),
    "pwd": Command(system.pwd, most=0),
    "echo": Command(system.echo, raw=True),
    "date": Command(system.date, "u", most=1),
    "whoami": Command(system.whoami, most=0),
    "hostname": Command(system.hostname, most=0),
    "which": Command(system.which, least=1),
    "python": Command(system.python, "V", long={"version": "V"}, most=0, needs="V"),
    "python3": Command(system.python, "V", long={"version": "V"}, most=0, needs="V"),
    "cd": Command(system.cd, most=1),
    "mkdir": Command(files.mkdir, "pv", long={"parents": "p"}, least=1),
    "touch": Command(files.touch, least=1),
    "rm": Command(files.rm, "rRfv", long={**RECURSIVE, "force": "f"}, least=1),
    "cp": Command(files.cp, "rRafpv", long=RECURSIVE, least=2),
    "mv": Command(files.mv, "fv", least=2),
    "du": Command(listing.du, "shc", long={"summarize": "s", **HUMAN}),
}


def can_run(command: str) -> bool:
    """Whether `run` does this line of shell, whatever the files are."""
    try:
        line = parse_line(command)
        first = "".join(piece.text for piece in line.words[0]) if line.words else ""
        known = COMMANDS[first]
        if line.redirect and first != "echo":
            return False
        if not known.raw:
            words = ["".join(piece.text for piece in word) for word in line.words[1:]]
            options_of(known, words)
    except (NotSimpleError, WrongOptionError, KeyError):
        return False
    return True


def run(command: str, write: Write) -> int:
    """Do a line that `can_run`, giving what it prints to `write`; its exit status (127 where it can't be done).

    The folder is the same after as before, as after a shell of its own.
    """
    return run_lines((command,), write)


def run_lines(commands: Sequence[str], write: Write) -> int:
    """Do lines one after the other, as one shell would: `cd` holds to the last; the last one's exit status."""
    before = Path.cwd()
    status = 0
    try:
        for command in commands:
            status = run_here(command, write)
    finally:
        os.chdir(before)
    return status


def run_here(command: str, write: Write) -> int:
    """Do one line in this folder, for good."""
    try:
        if can_run(command):
            return start(parse_line(command), write)
    except WrongOptionError:  # a variable or a pattern became more than the command takes
        pass
    write(f"{command.strip().partition(' ')[0]}: not found\n")
    return NOT_FOUND


def start(line: Line, write: Write) -> int:
    """Have the command of a line run with its arguments."""
    name, *arguments = line.arguments()
    known = COMMANDS[name]
    options = Options(tuple(arguments)) if known.raw else options_of(known, arguments)
    return redirect(line, lambda kept: known.run(options, kept), write) if line.redirect else known.run(options, write)


def options_of(command: Command, words: Sequence[str]) -> Options:
    """The options and operands of a command's words; `WrongOptionError` for any it doesn't take, or too few or many."""
    options = parse_options(words, command.flags, command.values, command.long)
    wrong = bool(command.needs) and not options.has(command.needs)
    if wrong or not command.least <= len(options.operands) <= command.most:
        raise WrongOptionError(" ".join(words))
    return options


def redirect(line: Line, run_into: Callable[[Write], int], write: Write) -> int:
    """Have a command's output in a file."""
    kept = io.StringIO()
    status = run_into(kept.write)
    (target,) = expand(line.target) or ("",)
    try:
        with open(target, "a" if line.redirect == ">>" else "w", encoding="utf-8") as file:  # noqa: PTH123
            file.write(kept.getvalue())
    except OSError as error:
        write(f"sh: {target}: {error.strerror}\n")
        return 1
    return status
