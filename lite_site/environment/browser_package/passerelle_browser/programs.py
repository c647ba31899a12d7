"""In the place of the system's programs: small commands are done in Python, others refused in a sentence.

As in Jupyter, `!cmd` never stops the lesson and `%%bash` does when it fails. Left to itself, `%%bash` fails in
asyncio's depths and leaves the kernel waiting for ever.
"""

import contextlib
import io
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence

from IPython import get_ipython

from .sentences import say

SHELLS = ("bash", "sh")
PYTHONS = ("python", "python3")
OTHERS = ("cmd", "perl", "pypy", "ruby", "script")
NOT_FOUND = 127
LONGEST = 120

Write = Callable[[str], object]


class NoProgramsError(NotImplementedError):
    """A program was asked for; IPython shows the sentence alone, without our frames."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def refusal(command: str) -> str:
    """Say that `command` can't run."""
    line = " ".join(command.split())
    return say("program", line if len(line) <= LONGEST else f"{line[:LONGEST]}…")


def attempt(command: str, write: Write) -> int | None:
    """Do what can be done without programs; its exit status, None where nothing can."""
    from . import commands, packages  # noqa: PLC0415 - most lessons never need them

    status = packages.run_pip(command, write)
    if status is None and commands.can_run(command):
        status = commands.run(command, write)
    return status


def run_or_say(command: str, write: Write) -> int:
    """Do it, or say on stderr that it can't be done."""
    status = attempt(command, write)
    if status is None:
        sys.stderr.write(f"{refusal(command)}\n")
        return NOT_FOUND
    return status


def run_script(text: str, write: Write) -> int:
    """Do a script of simple lines as one shell; `NoProgramsError`, with nothing done, where one is more than that."""
    from . import commands, packages  # noqa: PLC0415 - most lessons never need them

    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]
    if wrong := next((line for line in lines if not (packages.COMMAND.match(line) or commands.can_run(line))), None):
        raise NoProgramsError(refusal(wrong))
    before, status = os.getcwd(), 0  # noqa: PTH109 - chdir's counterpart
    try:
        for line in lines:
            done = packages.run_pip(line, write)
            status = commands.run_here(line, write) if done is None else done
    finally:
        os.chdir(before)
    return status


def system(command: str) -> None:
    """`!command`: what it prints goes to the cell, its exit status to `_exit_code`."""
    shell = get_ipython()
    command = shell.var_expand(command, depth=1)
    shell.user_ns["_exit_code"] = run_or_say(command, sys.stdout.write)


def getoutput(command: str, split: bool = True, depth: int = 0) -> object:  # noqa: FBT001, FBT002 - IPython's signature
    """`x = !command`: the lines it prints; none where it can't run."""
    from IPython.utils.text import LSString, SList  # noqa: PLC0415 - most lessons never need it

    kept = io.StringIO()
    run_or_say(get_ipython().var_expand(command, depth=depth + 1), kept.write)
    return SList(kept.getvalue().splitlines()) if split else LSString(kept.getvalue())


def run_shell_cell(name: str, line: str, cell: str) -> None:
    """`%%bash`: its lines where all are simple; refused whole otherwise."""
    if line.strip():
        raise NoProgramsError(refusal(f"%%{name} {line}"))
    if status := run_script(cell, sys.stdout.write):
        raise subprocess.CalledProcessError(status, name)


def run_python_cell(line: str, cell: str) -> None:
    """`%%python`: a Python of its own, as near as one process comes to it."""
    if line.strip():
        raise NoProgramsError(refusal(f"%%python {line}"))
    exec(compile(cell, "<python>", "exec"), {"__name__": "__main__"})  # noqa: S102 - the pupil's own cell


class Process(subprocess.Popen):
    """A process that is over as soon as it starts, or never does: `subprocess` and `os.popen` go through here."""

    def __init__(
        self,
        args: str | Sequence[str],
        *_: object,
        stdout: object = None,
        stderr: object = None,
        **options: object,
    ) -> None:
        self.args = args
        command = args if isinstance(args, str) else shlex.join(os.fsdecode(word) for word in args)
        kept = io.StringIO()
        with contextlib.chdir(options.get("cwd") or "."):
            status = attempt(command, kept.write)
        if status is None:
            raise FileNotFoundError(refusal(command))
        text = any(options.get(name) for name in ("text", "universal_newlines", "encoding", "errors"))
        self.returncode = status
        self.stdin = None
        self.stdout, self.stderr = None, None
        said = kept.getvalue()
        if stdout == subprocess.PIPE:
            self.stdout = io.StringIO(said) if text else io.BytesIO(said.encode())
        elif stdout != subprocess.DEVNULL:
            sys.stdout.write(said)
        if stderr == subprocess.PIPE:
            self.stderr = io.StringIO() if text else io.BytesIO()

    def communicate(self, input: object = None, timeout: float | None = None) -> tuple[object, object]:  # noqa: A002
        """What it wrote, at once."""
        return self.stdout and self.stdout.read(), self.stderr and self.stderr.read()


def run_installer(name: str, line: str) -> None:
    """`%pip` and its like: what `!pip` does."""
    run_or_say(f"{name} {line}", sys.stdout.write)


def os_system(command: str) -> int:
    """`os.system`: its exit status, 127 after a sentence where it can't run."""
    return run_or_say(command, sys.stdout.write)


def replace_programs() -> None:
    """Put all this in the place of everything that starts a program."""
    shell = get_ipython()
    for name in SHELLS:
        shell.register_magic_function(lambda line, cell, name=name: run_shell_cell(name, line, cell), "cell", name)
    for name in PYTHONS:
        shell.register_magic_function(run_python_cell, "cell", name)
    for name in OTHERS:
        shell.register_magic_function(lambda line, _cell, name=name: refuse(f"%%{name} {line}"), "cell", name)
    for name in ("pip", "conda", "mamba", "micromamba", "uv"):
        shell.register_magic_function(lambda line, name=name: run_installer(name, line), "line", name)
    shell.system, shell.getoutput = system, getoutput
    os.system = os_system
    subprocess.Popen = Process


def refuse(command: str) -> None:
    """Refuse to run `command`."""
    raise NoProgramsError(refusal(command))
