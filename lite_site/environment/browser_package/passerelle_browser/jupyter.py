"""Habits of Jupyter that the browser's IPython lacks: windows for plots, `%run` of a notebook, `exit()`, `urlopen`."""

import sys
import urllib.request
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from urllib.error import URLError

from IPython import get_ipython

from .loading import code_cells
from .sentences import say

ON_PAPER = ("inline", "agg", "svg", "pdf", "ps", "cairo", "-l", "--list")


def inline_instead(magic: Callable[[str], object], line: str) -> object:
    """`%matplotlib notebook`, `qt`, ... draw below the cell, the one place there is."""
    wish = (line.split() or [""])[0]
    if wish in ON_PAPER or (wish in {"widget", "ipympl"} and find_spec("ipympl")):
        return magic(line)
    if wish:
        sys.stdout.write(f"{say('no-window')}\n")
    return magic("inline")


def run_notebook(name: str, *, shell_futures: bool = False, raise_exceptions: bool = False) -> None:
    """`%run other.ipynb`: its code cells, up to the first that fails; IPython would want nbformat for that."""
    shell = get_ipython()
    for cell in code_cells(Path(name).expanduser().read_text(encoding="utf-8")):
        result = shell.run_cell(cell, silent=True, shell_futures=shell_futures)
        if raise_exceptions:
            result.raise_error()
        elif not result.success:
            return


def unreachable(_handler: object, _connection: object, request: urllib.request.Request, **_: object) -> None:
    """`urlopen` fails as it does on a computer without a network."""
    raise URLError(say("network", request.full_url))


def restore_habits() -> None:
    """Put these in their places."""
    shell = get_ipython()
    magics = shell.magics_manager.magics["line"]
    for name in ("matplotlib", "pylab"):
        shell.register_magic_function(lambda line, magic=magics[name]: inline_instead(magic, line), "line", name)
    run_script = shell.safe_execfile_ipy
    shell.safe_execfile_ipy = lambda name, **options: (run_notebook if str(name).endswith(".ipynb") else run_script)(
        name, **options
    )
    shell.ask_exit = lambda: None
    urllib.request.AbstractHTTPHandler.do_open = unreachable
