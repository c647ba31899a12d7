"""What IPython's own lines ask for: `%matplotlib`, `%pip`, `!command`, `%%bash` and their like."""

import ast
import re
from collections.abc import Iterator

from lite_site.notebooks.code.called import Called, Found, Rule, is_address, place_found
from lite_site.notebooks.code.cells import CellMagic
from lite_site.notebooks.code.imports import module_facts
from lite_site.notebooks.code.processes import draws_on_screen
from lite_site.notebooks.code.shell import install_facts, shell_facts

_LINE = re.compile(r"%([A-Za-z_]\w*)[ \t]*(.*)", re.DOTALL)
_BUILT_IN_EXTENSIONS = frozenset(("autoreload", "storemagic"))
_SHELLS = frozenset((
    "bash", "sh", "script", "perl", "ruby", "cmd", "powershell", "system", "sx", "python", "python2", "python3", "pypy",
))  # fmt: skip
_LANGUAGES = {"R": "rpy2", "cython": "Cython", "julia": "julia", "octave": "oct2py", "fortran": "fortranmagic"}
_EXTENSION_LANGUAGES = {"rpy2": "R", "rpy2.ipython": "R", "rmagic": "R", "julia.magic": "julia"}
_PATH = re.compile(r"(?:-\w+[ \t]+)*(\"[^\"]+\"|'[^']+'|\S+)")
_SIMPLE = re.compile(
    r"(?:ls|cat|head|tail|wc|pwd|echo|mkdir|touch|rm|cp|mv|date|whoami|hostname|du|grep)\b[^|&;$`(<]*$"
)
_STARTS_WORK = re.compile(r"\s*(?:#.*|set\b.*|cd\b.*|export\b.*)?$")


def line_facts(line: str) -> Iterator[Found]:
    """What one line asks for that starts with `!`, `%` or `?`."""
    if line.startswith("!"):
        yield from shell_facts(line.lstrip("!"))
        return
    found = _LINE.match(line)
    if found:
        yield from magic_facts(found[1], found[2].strip())


def magic_facts(name: str, arguments: str) -> Iterator[Found]:
    """What a line magic asks for."""
    if name in {"pip", "conda", "mamba"}:
        yield from install_facts(arguments, name)
    elif name == "matplotlib":
        yield from _matplotlib(arguments)
    elif name == "pylab":
        yield Found("import", "matplotlib", "%pylab")
        yield Found("import", "numpy", "%pylab")
    elif name in {"load_ext", "reload_ext"}:
        yield from _extension(arguments.partition(" ")[0])
    elif name in {"run", "load", "loadpy", "cd"}:
        yield from _file(name, arguments)
    elif name in {"sx", "system", "sc"}:
        yield from shell_facts(arguments, f"%{name}")
    elif name == "R":
        yield from _language("R", "%R")
    elif name == "sql":
        yield Found("import", "sql", "%sql")


def cell_facts(magic: CellMagic) -> Iterator[Found]:
    """What a cell asks for that a cell magic hands to something else."""
    name, manner = magic.name, f"%%{magic.name}"
    if name in {"writefile", "file"}:
        target = _path(magic.arguments)
        yield from place_found(target, manner, "writes") if target else ()
    elif name in _SHELLS:
        yield from _script(magic)
    elif name in _LANGUAGES:
        yield from _language(name, manner)
    elif name in {"sql", "bigquery"}:
        yield Found("import", "sql", manner)


def _of_ipython(called: Called) -> Iterator[Found]:
    """What notebooks saved as scripts say: `get_ipython().run_line_magic("pip", "install x")`."""
    receiver = called.receiver
    if not (isinstance(receiver, ast.Call) and called.scope.dotted(receiver.func) == "get_ipython"):
        return
    texts = [(called.texts(position) or ("",))[0] for position in range(3)]
    if called.name in {"system", "getoutput"}:
        yield from shell_facts(texts[0])
    elif called.name == "run_line_magic":
        yield from magic_facts(texts[0], texts[1])
    elif called.name == "magic":
        yield from line_facts(f"%{texts[0]}")
    else:
        yield from cell_facts(CellMagic(*texts))


METHODS: dict[str, Rule] = dict.fromkeys(
    ("system", "getoutput", "run_line_magic", "run_cell_magic", "magic"), _of_ipython
)


def written_module(magic: CellMagic) -> str | None:
    """The Python that `%%writefile module.py` puts into a file, else None."""
    return magic.body if magic.name in {"writefile", "file"} and _path(magic.arguments).endswith(".py") else None


def _matplotlib(arguments: str) -> Iterator[Found]:
    yield Found("import", "matplotlib", "%matplotlib")
    backend = arguments.strip("'\"").partition(" ")[0]
    if draws_on_screen(backend):
        yield Found("desktop", f"%matplotlib {backend}")
    elif backend in {"widget", "ipympl"}:
        yield Found("import", "ipympl", "%matplotlib")


def _extension(name: str) -> Iterator[Found]:
    if not re.fullmatch(r"[^\W\d]\w*(?:\.\w+)*", name) or name in _BUILT_IN_EXTENSIONS:
        return
    if name in _EXTENSION_LANGUAGES:
        yield Found("language", _EXTENSION_LANGUAGES[name], "%load_ext")
    yield from module_facts(name, "%load_ext")


def _file(name: str, arguments: str) -> Iterator[Found]:
    target = _path(arguments)
    if not target or set(target) & set("{}$"):
        return
    if is_address(target):
        yield Found("address", target, f"%{name}")
    elif target != "-":
        yield from place_found(target, f"%{name}")


def _language(name: str, manner: str) -> Iterator[Found]:
    yield Found("language", name, manner)
    yield Found("import", _LANGUAGES[name], manner)


def _script(magic: CellMagic) -> Iterator[Found]:
    """One line stands for the whole script: the first that isn't a simple command, else the first at work."""
    rows = [row.strip() for row in magic.body.split("\n", 200)[:200] if row.strip() and not row.strip().startswith("#")]
    working = [row for row in rows if not _STARTS_WORK.match(row)] or rows
    first = next((row for row in working if not _SIMPLE.match(row)), working[0] if working else "")
    shown = magic.arguments if magic.name == "script" else first
    if shown or rows:
        yield Found("program", " ".join((shown or magic.name).split())[:120], f"%%{magic.name}")


def _path(arguments: str) -> str:
    found = _PATH.match(arguments)
    return found[1].strip("'\"") if found else ""
