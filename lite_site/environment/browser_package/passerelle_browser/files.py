"""Commands that change files: mkdir, touch, rm, cp, mv."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from .options import Options

Write = Callable[[str], object]


def mkdir(options: Options, write: Write) -> int:
    """Make folders; `-p` with those above, and none the worse where they are."""
    status = 0
    for operand in options.operands:
        try:
            Path(operand).mkdir(parents=options.has("p"), exist_ok=options.has("p"))
        except OSError as error:
            write(f"mkdir: cannot create directory '{operand}': {error.strerror}\n")
            status = 1
        else:
            if options.has("v"):
                write(f"mkdir: created directory '{operand}'\n")
    return status


def touch(options: Options, write: Write) -> int:
    """Make empty files, or give those there are the time of now."""
    status = 0
    for operand in options.operands:
        try:
            Path(operand).touch()
        except OSError as error:
            write(f"touch: cannot touch '{operand}': {error.strerror}\n")
            status = 1
    return status


def rm(options: Options, write: Write) -> int:
    """Remove files; `-r` folders too, `-f` without a word about those that aren't there."""
    status = 0
    for operand in options.operands:
        reason = remove(operand, folders=options.has("rR"), verbose=write if options.has("v") else None)
        if reason and not (options.has("f") and not os.path.lexists(operand)):
            write(f"rm: {reason}\n")
            status = 1
    return status


def remove(operand: str, *, folders: bool, verbose: Write | None) -> str:
    """Remove one; the reason where it stays."""
    path = Path(operand)
    if path.is_dir() and not path.is_symlink():
        if not folders:
            return f"cannot remove '{operand}': Is a directory"
        if operand.rstrip("/").rpartition("/")[2] in {".", ".."}:
            return f"refusing to remove '.' or '..' directory: skipping '{operand}'"
        if path.resolve() in {*Path.cwd().parents, Path.cwd()}:
            return f"refusing to remove '{operand}': the lesson is in it"
    try:
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    except OSError as error:
        return f"cannot remove '{operand}': {error.strerror}"
    if verbose:
        verbose(f"removed '{operand}'\n")
    return ""


def cp(options: Options, write: Write) -> int:
    """Copy files to a file or into a folder; `-r` folders too."""

    def copy(source: Path, target: Path) -> str:
        if source.is_dir() and not options.has("rRa"):
            return f"-r not specified; omitting directory '{source}'"
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        else:
            shutil.copyfile(source, target)
        return ""

    return carry("cp", options, write, copy)


def mv(options: Options, write: Write) -> int:
    """Rename a file or folder, or move several into a folder."""

    def move(source: Path, target: Path) -> str:
        shutil.move(source, target)
        return ""

    return carry("mv", options, write, move)


def carry(name: str, options: Options, write: Write, act: "Callable[[Path, Path], str]") -> int:
    """Do `act` for every source and the place it goes to."""
    *sources, last = options.operands
    into = Path(last)
    if len(sources) > 1 and not into.is_dir():
        reason = ": Not a directory" if into.exists() else ": No such file or directory"
        write(f"{name}: target '{last}'{reason}\n")
        return 1
    status = 0
    for operand in sources:
        source = Path(operand)
        target = into / source.name if into.is_dir() else into
        reason = obstacle(name, operand, source, target)
        try:
            reason = reason or act(source, target)
        except OSError as error:
            reason = f"cannot create regular file '{target}': {error.strerror}"
        if reason:
            write(f"{name}: {reason}\n")
            status = 1
        elif options.has("v"):
            write(f"{'renamed ' if name == 'mv' else ''}'{operand}' -> '{target}'\n")
    return status


def obstacle(name: str, operand: str, source: Path, target: Path) -> str:
    """Why a file can't be carried; nothing where it can."""
    if not source.exists():
        return f"cannot stat '{operand}': No such file or directory"
    if target.exists() and source.samefile(target):
        return f"'{operand}' and '{target}' are the same file"
    if source.is_dir() and source.resolve() in target.resolve().parents:
        if name == "cp":
            return f"cannot copy a directory, '{operand}', into itself, '{target}'"
        return f"cannot move '{operand}' to a subdirectory of itself, '{target}'"
    return ""
