"""Commands that list: ls, du."""

import os
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from .options import Options

BLOCK, PAGE = 512, 4096
HALF_A_YEAR = timedelta(seconds=31_556_952 // 2)
UNITS = "KMGT"
NOBODY = os.environ.get("USER", "root")

Write = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Entry:
    """A name as listed, and what the file system says of it."""

    name: str
    status: os.stat_result

    @property
    def is_folder(self) -> bool:
        """A folder, and no link to one."""
        return stat.S_ISDIR(self.status.st_mode)


def ls(options: Options, write: Write) -> int:
    """List folders, one name a line; `-l` with sizes and times, `-a` hidden ones too, `-R` what is below."""
    status = 0
    alone: list[Entry] = []
    folders: list[Entry] = []
    for operand in options.operands or (".",):
        try:
            followed = os.stat(operand)  # noqa: PTH116 - keeps the operand as written
            entry = Entry(operand, followed if not options.has("l") else os.lstat(operand))
        except OSError as error:
            write(f"ls: cannot access '{operand}': {error.strerror}\n")
            status = 2
            continue
        (folders if stat.S_ISDIR(followed.st_mode) and not options.has("d") else alone).append(entry)
    write_entries(arranged(alone, options), options, write)
    many = len(options.operands) > 1 or options.has("R")
    gap = bool(alone)
    for folder in arranged(folders, options):
        before = "\n" if gap else ""
        list_folder(folder.name, options, write, title=f"{before}{folder.name}:\n" if many else "")
        gap = True
    return status


def list_folder(folder: str, options: Options, write: Write, title: str) -> None:
    """List one folder under its title; those below it after, where asked."""
    names = os.listdir(folder)  # noqa: PTH208 - names are wanted, not paths
    if options.has("a"):
        names += [".", ".."]
    kept = [name for name in names if options.has("aA") or not name.startswith(".")]
    entries = arranged([Entry(name, os.lstat(os.path.join(folder, name))) for name in kept], options)  # noqa: PTH118
    if title:
        write(title)
    if options.has("l"):
        blocks = sum(blocks_of(entry.status) for entry in entries)
        write(f"total {human(blocks * BLOCK) if options.has('h') else blocks // 2}\n")
    write_entries(entries, options, write)
    if options.has("R"):
        for entry in entries:
            if entry.is_folder and entry.name not in {".", ".."}:
                below = os.path.join(folder, entry.name)  # noqa: PTH118
                list_folder(below, options, write, title=f"\n{below}:\n")


def arranged(entries: list[Entry], options: Options) -> list[Entry]:
    """In the order asked for: by name, `-t` newest first, `-S` largest first, `-r` the other way round."""
    entries = sorted(entries, key=lambda entry: entry.name)
    if options.has("t"):
        entries.sort(key=lambda entry: -entry.status.st_mtime_ns)
    elif options.has("S"):
        entries.sort(key=lambda entry: -entry.status.st_size)
    return entries[::-1] if options.has("r") else entries


def write_entries(entries: list[Entry], options: Options, write: Write) -> None:
    """One line each; the columns of `-l` stand under each other."""
    if not options.has("l"):
        for entry in entries:
            write(f"{entry.name}{mark(entry) if options.has('F') else ''}\n")
        return
    rows = [long_row(entry, options) for entry in entries]
    for row in rows:
        mode, links, *owners, size, time, name = row
        columns = list(zip(*rows, strict=True))
        right = [str(links).rjust(longest(columns[1]))]
        left = [owner.ljust(longest(columns[at])) for at, owner in enumerate(owners, start=2)]
        write(" ".join([mode, *right, *left, size.rjust(longest(columns[-3])), time, name]) + "\n")


def longest(column: tuple[str, ...]) -> int:
    """The width a column takes."""
    return max(map(len, column))


def long_row(entry: Entry, options: Options) -> list[str]:
    """The columns of `-l`: mode, links, owner, group, size, time, name."""
    found = entry.status
    size = human(found.st_size) if options.has("h") else str(found.st_size)
    owner = [user_name(found.st_uid)]
    group = [] if options.has("G") else [group_name(found.st_gid)]
    when = datetime.fromtimestamp(found.st_mtime, UTC).astimezone()
    recent = timedelta(0) <= datetime.now(UTC) - when < HALF_A_YEAR
    time = f"{when:%b} {when.day:2} {when:%H:%M}" if recent else f"{when:%b} {when.day:2}  {when.year}"
    name = f"{entry.name}{mark(entry) if options.has('F') else ''}"
    return [stat.filemode(found.st_mode), str(found.st_nlink), *owner, *group, size, time, name]


def mark(entry: Entry) -> str:
    """What `-F` says of a kind of file."""
    mode = entry.status.st_mode
    if stat.S_ISDIR(mode):
        return "/"
    if stat.S_ISLNK(mode):
        return "@"
    return "*" if mode & 0o111 else ""


@cache
def user_name(number: int) -> str:
    """A user's name, as far as this system knows users."""
    try:
        import pwd  # noqa: PLC0415 - Pyodide has none

        return pwd.getpwuid(number).pw_name
    except (ImportError, KeyError):
        return NOBODY


@cache
def group_name(number: int) -> str:
    """A group's name, as far as this system knows groups."""
    try:
        import grp  # noqa: PLC0415 - Pyodide has none

        return grp.getgrgid(number).gr_name
    except (ImportError, KeyError):
        return NOBODY


def blocks_of(found: os.stat_result) -> int:
    """What a file takes on disk, in blocks of 512 bytes."""
    if sys.platform == "emscripten":  # where st_blocks isn't in blocks
        return -(-found.st_size // PAGE) * (PAGE // BLOCK)
    return found.st_blocks


def human(size: int) -> str:
    """A size as `-h` writes it: powers of 1024, rounded up, one decimal below ten."""
    if size < 1024:
        return str(size)
    unit, scale = 0, 1024
    while size > scale * 1024 and unit + 1 < len(UNITS):
        unit, scale = unit + 1, scale * 1024
    tenths = -(-size * 10 // scale)
    if tenths < 100:
        return f"{tenths // 10}.{tenths % 10}{UNITS[unit]}"
    whole = -(-size // scale)
    return f"1.0{UNITS[unit + 1]}" if whole == 1024 and unit + 1 < len(UNITS) else f"{whole}{UNITS[unit]}"


def du(options: Options, write: Write) -> int:
    """Tell what files and folders take; `-s` without those below, `-h` readable, `-c` with their sum."""
    status, total = 0, 0
    seen: set[tuple[int, int]] = set()
    for operand in options.operands or (".",):
        if not os.path.lexists(operand):
            write(f"du: cannot access '{operand}': No such file or directory\n")
            status = 1
            continue
        total += weigh(Path(operand), operand, options, write, seen, top=True)
    if options.has("c"):
        write(f"{kibibytes(total, options)}\ttotal\n")
    return status


def weigh(path: Path, name: str, options: Options, write: Write, seen: set[tuple[int, int]], *, top: bool) -> int:
    """The blocks of a file, or of a folder with all below it; each file counts once."""
    found = path.lstat()
    is_folder = stat.S_ISDIR(found.st_mode)
    if not is_folder and (found.st_dev, found.st_ino) in seen:
        return 0
    seen.add((found.st_dev, found.st_ino))
    blocks = blocks_of(found)
    if is_folder:
        blocks += sum(
            weigh(below, f"{name.rstrip('/')}/{below.name}", options, write, seen, top=False)
            for below in sorted(path.iterdir())
        )
    if top or (is_folder and not options.has("s")):
        write(f"{kibibytes(blocks, options)}\t{name}\n")
    return blocks


def kibibytes(blocks: int, options: Options) -> str:
    """As du writes a size."""
    return human(blocks * BLOCK) if options.has("h") else str(-(-blocks // 2))
