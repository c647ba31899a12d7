"""What imports name: modules, what they need besides, and what a `try` takes instead of them."""

import ast
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lite_site.notebooks.code import hardware, implied, processes
from lite_site.notebooks.code.called import Called, Found, Rule
from lite_site.notebooks.code.gone import gone_in, is_gone
from lite_site.notebooks.facts import Fact

_IMPORT_ROW = re.compile(r"(?m)^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import\b|import[ \t]+(\w[\w., \t]*))")
_LONGEST = 200
_MODULE = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")


class Fallback(NamedTuple):
    """What a `try` does about a missing module: take `modules` instead; it can do without where `idle`."""

    modules: tuple[str, ...] = ()
    idle: bool = True
    again: frozenset[str] = frozenset()  # modules that a handler tries once more

    def instead_of(self, subject: str) -> tuple[str, ...]:
        """What is taken instead of a module, or of a name that is gone: the same module has the new name."""
        module = subject.rpartition(".")[0]
        return (*self.modules, module) if module in self.again else self.modules


def imports_in(facts: Iterable[Fact]) -> tuple[str, ...]:
    """The top-level modules that the facts import, sorted: optional ones and alternatives too."""
    modules: set[str] = set()
    for fact in facts:
        if fact.kind == "import":
            modules.add(fact.subject.partition(".")[0])
            modules.update(other.partition(".")[0] for other in fact.otherwise)
    return tuple(sorted(modules))


def imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    """The modules a statement imports, in full, and the names it takes that none has any more; relative ones aside."""
    if isinstance(node, ast.Import):
        return [name.name for name in node.names]
    if node.level or not node.module:
        return []
    if node.module == "google" and any(name.name == "colab" for name in node.names):
        return ["google.colab"]
    return [node.module, *gone_in(node)]


def module_facts(module: str, manner: str = "") -> Iterator[Found]:
    """The module itself, and what is known of it: a window it opens, a card, modules it can't show anything without."""
    top = module.partition(".")[0]
    yield Found("import", module, manner)
    if top in processes.MODULES:
        yield Found("desktop", top)
    if top in hardware.MODULES or module in hardware.MODULES:
        yield Found("gpu", module)
    for needed in implied.of_import(module):
        yield Found("import", needed, module)


def names_bound(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str]]:
    """The names a statement makes, with the full names of what they stand for; `*` for all of a module's."""
    if isinstance(node, ast.Import):
        for name in node.names:
            top = name.name.partition(".")[0]
            yield (name.asname, name.name) if name.asname else (top, top)
    elif node.module and not node.level:
        for name in node.names:
            yield name.asname or name.name, node.module if name.name == "*" else f"{node.module}.{name.name}"


def modules_by_row(source: str) -> Iterator[str]:
    """The modules that the import lines of unparsable code name."""
    for found in _IMPORT_ROW.finditer(source):
        if found[1]:
            if len(found[1]) < _LONGEST and _MODULE.fullmatch(found[1]):
                yield found[1]
            continue
        for name in found[2].split(","):
            first = name.strip().partition(" ")[0]
            if len(first) < _LONGEST and _MODULE.fullmatch(first):
                yield first


def fallback_in(handlers: list[ast.ExceptHandler], body: list[ast.stmt], *, installing: bool) -> Fallback | None:
    """What the handlers of a `try` do about its imports; `installing` where one runs pip; None without imports."""
    tried = set(_modules(body))
    if not tried:
        return None
    modules = tuple(dict.fromkeys(module for handler in handlers for module in _modules(handler.body)))
    told = _whole if any(map(is_gone, tried)) else _top  # `sklearn.cross_validation` has another of its package instead
    again = frozenset(module for module in tried if told(module) in set(map(told, modules)))
    others = tuple(module for module in modules if told(module) not in set(map(told, tried)))
    idle = not installing and not again and not any(_needs_module(handler.body) for handler in handlers)
    return Fallback(others, idle, again)


def _top(module: str) -> str:
    return module.partition(".")[0]


def _whole(module: str) -> str:
    return module


def _needs_module(body: list[ast.stmt]) -> bool:
    """Whether a handler can't do without the modules it imports: a `try` of its own may get over that."""
    for statement in body:
        if isinstance(statement, ast.Import | ast.ImportFrom):
            return True
        if isinstance(statement, ast.Try):
            if any(_needs_module(handler.body) for handler in statement.handlers):
                return True
        elif any(True for _ in _modules([statement])):
            return True
    return False


def _modules(body: list[ast.stmt]) -> Iterator[str]:
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Import | ast.ImportFrom):
                yield from imported(node)


def _by_name(called: Called) -> Iterator[Found]:
    for text in called.texts(0, "name"):
        if _MODULE.fullmatch(text):
            yield from module_facts(text)


def _model(called: Called) -> Iterator[Found]:
    """Models of spaCy are packages too: `spacy.load("fr_core_news_sm")`."""
    for text in called.texts(0, "name"):
        if _MODULE.fullmatch(text):
            yield Found("import", text, called.name)


def needs_of(called: Called) -> Iterator[Found]:
    """What a function of a known package needs besides: `pandas.read_excel` needs openpyxl, by the file's name."""
    needed = implied.CALLS.get(called.name)
    if needed is None:
        owner = called.name.rpartition(".")[0]
        needed = implied.CALLS.get(owner)
        if needed is None:
            return
    yield from _needs(called, needed)


def needs_of_method(called: Called) -> Iterator[Found]:
    """What a method of a table needs, where the notebook imports the package that has such tables."""
    needed = implied.METHODS.get(called.name)
    receiver = called.receiver
    if isinstance(receiver, ast.Attribute) and receiver.attr in {"style", "plot"} and called.scope.packages & _TABLES:
        needed = implied.STYLES.get(called.name) if receiver.attr == "style" else implied.METHODS["plot"]
        manner = f"DataFrame.{receiver.attr}"
    elif needed is None or not implied.OWNERS[called.name] & called.scope.packages:
        return
    else:
        manner = f"DataFrame.{called.name}"
    yield from _needs(called, needed or (), manner)


_TABLES = frozenset(("pandas", "geopandas", "xarray"))


def _needs(called: Called, needed: tuple[str, ...], manner: str = "") -> Iterator[Found]:
    engines = called.texts(-1, "engine", "flavor")
    if engines and engines[0] in implied.ENGINES:
        needed = implied.ENGINES[engines[0]]
    elif "openpyxl" in needed:
        for text in called.texts(0, "io", "excel_writer", "path"):
            needed = implied.WORKBOOKS.get(text[text.rfind(".") :].lower(), needed)
    for module in needed:
        yield Found("import", module, manner or called.name, implied.INSTEAD.get(module, ()))


RULES: dict[str, Rule] = {
    **dict.fromkeys(("__import__", "builtins.__import__", "importlib.import_module", "import_module"), _by_name),
    "spacy.load": _model,
}
