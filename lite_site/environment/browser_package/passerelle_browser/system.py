"""Commands about the machine and the session: pwd, echo, date, whoami, hostname, which, python --version, cd."""

import getpass
import os
import platform
import re
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from .options import Options

ESCAPES = {"a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\"}
ESCAPE = re.compile(r"\\([abefnrtv\\])")
PYTHONS = {"python", "python3"}
ECHO_OPTION = re.compile(r"-[neE]+$")

Write = Callable[[str], object]


def pwd(options: Options, write: Write) -> int:
    """Name the folder."""
    write(f"{Path.cwd()}\n")
    return 0


def cd(options: Options, write: Write) -> int:
    """Change the folder for the lines after."""
    target = options.operands[0] if options.operands else str(Path.home())
    try:
        os.chdir(target)
    except OSError as error:
        write(f"cd: {target}: {error.strerror}\n")
        return 1
    return 0


def echo(options: Options, write: Write) -> int:
    """Say the words again, as bash's own echo does."""
    words = list(options.operands)
    given = ""
    while words and ECHO_OPTION.match(words[0]):
        given += words.pop(0)[1:]
    text = " ".join(words)
    if "e" in given:
        text = ESCAPE.sub(lambda found: ESCAPES[found[1]], text)
    write(text if "n" in given else f"{text}\n")
    return 0


def date(options: Options, write: Write) -> int:
    """Tell the time; `+FORMAT` as strftime(3)."""
    now = datetime.now(UTC) if options.has("u") else datetime.now(UTC).astimezone()
    wish = options.operands[0] if options.operands else "+%a %b %e %H:%M:%S %Z %Y"
    if not wish.startswith("+"):
        write(f"date: invalid date '{wish}'\n")
        return 1
    write(f"{now.strftime(wish[1:])}\n")
    return 0


def whoami(options: Options, write: Write) -> int:
    """Name the user."""
    write(f"{getpass.getuser()}\n")
    return 0


def hostname(options: Options, write: Write) -> int:
    """Name the machine."""
    write(f"{platform.node()}\n")
    return 0


def which(options: Options, write: Write) -> int:
    """Tell where programs are: Python is here."""
    status = 0
    for name in options.operands:
        if path := sys.executable if name in PYTHONS else shutil.which(name):
            write(f"{path}\n")
        else:
            status = 1
    return status


def python(options: Options, write: Write) -> int:
    """Tell Python's version."""
    write(f"Python {platform.python_version()}\n")
    return 0
