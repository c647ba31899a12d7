"""Commands that read text: cat, head, tail, wc, grep."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from .options import Options

LINES_BY_DEFAULT = "10"
BASIC_OPERATORS = re.compile(r"\\([(){}|+?])|([(){}|+?])|(\\.)|(\[\^?\]?[^\]]*\])")
CLASSES = {"alpha": "a-zA-Z", "digit": "0-9", "alnum": "a-zA-Z0-9", "upper": "A-Z", "lower": "a-z", "space": r"\s"}
NAMED_CLASS = re.compile(r"\[:(\w+):\]")

Write = Callable[[str], object]


def read_files(name: str, options: Options, write: Write, verb: str) -> Iterator[tuple[str, bytes | None]]:
    """Each operand with its bytes; None, once the reason is written, where it can't be read."""
    for operand in options.operands:
        path = Path(operand)
        try:
            yield operand, path.read_bytes()
        except IsADirectoryError:
            write(verb.format(name=name, file=operand, reason="Is a directory"))
            yield operand, None
        except OSError as error:
            reason = "Is a directory" if path.is_dir() else error.strerror
            write(f"{name}: {operand}: {reason}\n" if name in {"cat", "wc", "grep"} else opening(name, operand, reason))
            yield operand, None


def opening(name: str, operand: str, reason: str | None) -> str:
    """How head and tail put it."""
    return f"{name}: cannot open '{operand}' for reading: {reason}\n"


def shown(data: bytes) -> str:
    """The bytes as text, whatever they are."""
    return data.decode("utf-8", errors="replace")


def cat(options: Options, write: Write) -> int:
    """Write the files one after the other; `-n` numbers the lines."""
    status, number = 0, 0
    for _, data in read_files("cat", options, write, "{name}: {file}: {reason}\n"):
        if data is None:
            status = 1
        elif options.has("n"):
            for line in data.splitlines(keepends=True):
                number += 1
                write(f"{number:6}\t{shown(line)}")
        elif data:
            write(shown(data))
    return status


def head(options: Options, write: Write) -> int:
    """Write the beginning of each file: `-n` lines, `-c` bytes, all but the last so many where negative."""
    return write_parts("head", options, write, lambda parts, count: parts[:count] if count else [])


def tail(options: Options, write: Write) -> int:
    """Write the end of each file: `-n` lines, `-c` bytes, from the so-manieth on where it has a plus."""
    return write_parts("tail", options, write, lambda parts, count: parts[count:])


def write_parts(name: str, options: Options, write: Write, choose: "Callable[[list[bytes], int], list[bytes]]") -> int:
    """Write of each file what `choose` takes of its lines or bytes, under its name where there are several."""
    letter = "c" if "c" in options.values else "n"
    count = count_of(name, options.values.get(letter, LINES_BY_DEFAULT))
    if count is None:
        what = "bytes" if letter == "c" else "lines"
        write(f"{name}: invalid number of {what}: '{options.values[letter]}'\n")
        return 1
    status, before = 0, ""
    titled = options.has("v") or (len(options.operands) > 1 and not options.has("q"))
    for file, data in read_files(name, options, write, "{name}: error reading '{file}': {reason}\n"):
        if data is None:
            status = 1
            continue
        if titled:
            write(f"{before}==> {file} <==\n")
            before = "\n"
        parts = [data[at : at + 1] for at in range(len(data))] if letter == "c" else data.splitlines(keepends=True)
        if chosen := b"".join(choose(parts, count)):
            write(shown(chosen))
    return status


def count_of(name: str, text: str) -> int | None:
    """Where a slice begins (tail) or ends (head); None if it is no number."""
    if not re.fullmatch(r"[-+]?\d+", text):
        return None
    number = int(text)
    if name == "head":
        return number
    if text.startswith("+"):
        return max(number - 1, 0)
    return -abs(number) or 1 << 62


def wc(options: Options, write: Write) -> int:
    """Count lines, words and bytes (or characters) of each file, and of all."""
    wanted = [letter for letter in "lwmc" if options.has(letter)] or list("lwc")
    rows: list[tuple[list[int], str]] = []
    status = 0
    size = 0
    for file, data in read_files("wc", options, write, "{name}: {file}: {reason}\n"):
        if data is None:
            status = 1
            if Path(file).is_dir():
                rows.append(([0] * len(wanted), file))
            continue
        size += len(data)
        counts = {"l": data.count(b"\n"), "w": len(data.split()), "c": len(data), "m": len(shown(data))}
        rows.append(([counts[letter] for letter in wanted], file))
    if len(options.operands) > 1:
        rows.append(([sum(column) for column in zip(*(row for row, _ in rows), strict=True)] or [0], "total"))
    folders = any(Path(file).is_dir() for file in options.operands)
    single = len(wanted) == 1 and len(options.operands) == 1
    width = 1 if single else max(len(str(size)), 7 if folders else 1)
    for row, file in rows:
        write(" ".join(f"{count:{width}}" for count in row) + f" {file}\n")
    return status


def grep(options: Options, write: Write) -> int:
    """Write the lines that match: `-i` either case, `-v` those that don't, `-n` numbered, `-c` only how many."""
    pattern, *operands = options.operands
    try:
        matches = re.compile(python_pattern(pattern, options), re.IGNORECASE if options.has("i") else 0)
    except re.error as error:
        write(f"grep: {error}\n")
        return 2
    found, failed = False, False
    only_files = Options(tuple(operands), options.flags)
    for file, data in read_files("grep", only_files, write, "{name}: {file}: {reason}\n"):
        if data is None:
            failed = True
            continue
        prefix = f"{file}:" if len(operands) > 1 else ""
        lines = [
            (number, line)
            for number, line in enumerate(shown(data).removesuffix("\n").split("\n") if data else [], start=1)
            if bool(matches.search(line)) != options.has("v")
        ]
        found = found or bool(lines)
        if options.has("c"):
            write(f"{prefix}{len(lines)}\n")
            continue
        for number, line in lines:
            write(f"{prefix}{f'{number}:' if options.has('n') else ''}{line}\n")
    return 2 if failed else 0 if found else 1


def python_pattern(pattern: str, options: Options) -> str:
    """A basic regular expression (POSIX 9.3; `-E` extended, `-F` plain text) as Python writes it."""
    if options.has("F"):
        return re.escape(pattern)
    named = NAMED_CLASS.sub(lambda found: CLASSES.get(found[1], ""), pattern)
    return named if options.has("E") else BASIC_OPERATORS.sub(translate_basic, named)


def translate_basic(found: re.Match[str]) -> str:
    """In a basic expression, operators are those with a backslash."""
    operator, literal, other, bracket = found.groups()
    return operator or (f"\\{literal}" if literal else other or bracket)
