"""Programs that Python code starts: subprocess, `os.system` and their like."""

import ast
from collections.abc import Iterator

from lite_site.notebooks.code.called import Called, Found, Rule, rules_for
from lite_site.notebooks.code.folding import fold
from lite_site.notebooks.code.shell import program, shell_facts, words_facts

_STARTERS = (
    "subprocess.run", "subprocess.call", "subprocess.Popen", "subprocess.check_output", "subprocess.check_call",
    "subprocess.getoutput", "subprocess.getstatusoutput", "os.system", "os.popen", "os.startfile",
    "asyncio.create_subprocess_exec", "asyncio.create_subprocess_shell", "pexpect.spawn", "pexpect.run",
)  # fmt: skip
_REPLACERS = tuple(f"os.{name}" for name in (
    "execl", "execle", "execlp", "execv", "execve", "execvp", "spawnl", "spawnlp", "spawnv", "posix_spawn", "fork",
    "forkpty",
))  # fmt: skip
_INSTALLERS = ("micropip.install", "piplite.install")


def _start(called: Called) -> Iterator[Found]:
    given = called.argument(0, "args", "cmd", "command", "program")
    if isinstance(given, ast.List | ast.Tuple):
        words = [_word(item, called) for item in given.elts]
        yield from words_facts(words, called.name) if words else ()
        return
    commands = called.texts(0, "args", "cmd", "command", "program")
    for command in commands:
        yield from shell_facts(command, called.name)
    if not commands:
        yield from program(called.name, called.name)


def _word(item: ast.expr, called: Called) -> str:
    values = fold(item, called.scope)
    return str(values[0]) if len(values) == 1 else "…"


def _replace(called: Called) -> Iterator[Found]:
    yield Found("program", called.name, called.name)


def _install(called: Called) -> Iterator[Found]:
    """`await micropip.install(["x"])`: the browser's own installer."""
    given = called.argument(0, "requirements")
    items = given.elts if isinstance(given, ast.List | ast.Tuple) else [given]
    for item in items:
        for text in fold(item, called.scope):
            yield Found("install", str(text), called.name.partition(".")[0])


def _pip(called: Called) -> Iterator[Found]:
    given = called.argument(0)
    if isinstance(given, ast.List):
        yield from words_facts(["pip", *(_word(item, called) for item in given.elts)], "!pip")


def _browser_driver(called: Called) -> Iterator[Found]:
    yield Found("program", called.name, called.name)


def _film(called: Called) -> Iterator[Found]:
    """Matplotlib's films are made by FFmpeg."""
    if "matplotlib" in called.scope.packages:
        yield Found("program", "ffmpeg", called.name)


METHODS: dict[str, Rule] = {"to_html5_video": _film}

RULES: dict[str, Rule] = {
    **rules_for(_start, _STARTERS),
    **rules_for(_replace, _REPLACERS),
    **rules_for(_install, _INSTALLERS),
    **rules_for(_pip, ("pip.main", "pip._internal.main", "pip._internal.cli.main.main")),
    **rules_for(_browser_driver, (f"selenium.webdriver.{name}" for name in ("Chrome", "Firefox", "Edge", "Safari"))),
}
