"""What Python code cells ask for: modules, keyboard input. IPython's magics and shell lines are set aside."""

import ast
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Cell magics whose body is still Python for this kernel.
_PYTHON_MAGICS = frozenset(("time", "timeit", "capture", "prun", "python", "python3", "debug", "memit", "mprun"))
_LINE_WITH_CODE = re.compile(r"(?m)^([ \t]*)%(?:time|prun|memit)[ \t]+(?=\S)(?!-)")
_SHELL_LINE = re.compile(r"(?m)^([ \t]*)(?:[!%?](?!=).*|[\w.\[\]]+\?{1,2})$")
_SHELL_VALUE = re.compile(r"(?m)^([ \t]*[\w., \[\]'\"]+=[ \t]*)[!%](?!=).*$")
_CELL_MAGIC = re.compile(r"\s*%%(\w+).*\n?")
_IMPORT_LINE = re.compile(r"(?m)^[ \t]*(?:from[ \t]+(\w+)[\w.]*[ \t]+import\b|import[ \t]+(\w[\w., \t]*))")
_MAGIC_MODULES = (
    (re.compile(r"(?m)^\s*%matplotlib\b"), "matplotlib"),
    (re.compile(r"(?m)^\s*%pylab\b"), "matplotlib"),
    (re.compile(r"(?m)^\s*%pylab\b"), "numpy"),
)
_EXTENSION = re.compile(r"(?m)^\s*%load_ext[ \t]+(\w+)")
_BUILT_IN_EXTENSIONS = frozenset(("autoreload", "storemagic"))


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """What a notebook's code cells import, whether they call `input`, and the cells nobody can parse."""

    imports: tuple[str, ...]
    asks_input: bool
    unparsable: tuple[int, ...]


def facts_in(cells: Iterable[tuple[int, str]]) -> CodeFacts:
    """The facts in (cell number, source) pairs; of a cell that doesn't parse, only its import lines count."""
    modules: set[str] = set()
    unparsable: list[int] = []
    asks_input = False
    for number, source in cells:
        body = _python_in(source)
        if body is None:
            continue
        modules.update(_magic_modules(body))
        tree = _parsed(body)
        if tree is None:
            unparsable.append(number)
            modules.update(_modules_by_line(body))
            continue
        if "import" in body:  # walking every cell's tree took a third of a first build
            modules.update(_modules_in(tree))
        asks_input = asks_input or ("input" in body and _calls_input(tree))
    return CodeFacts(tuple(sorted(modules)), asks_input, tuple(unparsable))


def parses(source: str) -> bool:
    """Whether the cell is Python, magics aside; a cell of another language's magic counts as Python's."""
    body = _python_in(source)
    return body is None or _parsed(body) is not None


def _python_in(source: str) -> str | None:
    """The Python of a cell, None where a cell magic hands the cell to something else."""
    while found := _CELL_MAGIC.match(source):
        if found[1] not in _PYTHON_MAGICS:
            return None
        source = source[found.end() :]
    return source


def _parsed(source: str) -> ast.Module | None:
    for text in (source, _without_magics(source)):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # a lesson's invalid escapes are no news to its builder
                return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return None


def _without_magics(source: str) -> str:
    source = _LINE_WITH_CODE.sub(r"\1", source)
    return _SHELL_VALUE.sub(r"\1None", _SHELL_LINE.sub(r"\1pass", source))


def _modules_in(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]
        elif isinstance(node, ast.Call) and _called(node) in {"__import__", "import_module"} and node.args:
            named = node.args[0]
            if isinstance(named, ast.Constant) and isinstance(named.value, str):
                yield from filter(str.isidentifier, [named.value.partition(".")[0]])


def _modules_by_line(source: str) -> Iterator[str]:
    for found in _IMPORT_LINE.finditer(source):
        if found[1]:
            yield found[1]
            continue
        for name in found[2].split(","):
            first = name.strip().partition(" ")[0].partition(".")[0]
            if first.isidentifier():
                yield first


def _magic_modules(source: str) -> Iterator[str]:
    if "%" not in source:
        return
    yield from (module for pattern, module in _MAGIC_MODULES if pattern.search(source))
    yield from (found[1] for found in _EXTENSION.finditer(source) if found[1] not in _BUILT_IN_EXTENSIONS)


def _calls_input(tree: ast.Module) -> bool:
    return any(isinstance(node, ast.Call) and _called(node) == "input" for node in ast.walk(tree))


def _called(node: ast.Call) -> str:
    """The name called: `input`, or the attribute of `builtins` and `importlib`."""
    if isinstance(node.func, ast.Name):
        return node.func.id
    if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
        return node.func.attr if node.func.value.id in {"builtins", "importlib"} else ""
    return ""
