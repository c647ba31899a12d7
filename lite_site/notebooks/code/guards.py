"""What code can do without: where it catches a failure, or asks first whether it is at Colab or has a card."""

import ast
from collections.abc import Iterator
from typing import NamedTuple, get_args

from lite_site.notebooks.code.folding import fold_texts
from lite_site.notebooks.code.scope import Scope
from lite_site.notebooks.facts import FactKind

Kinds = frozenset[FactKind]

NOTHING: Kinds = frozenset()
ALL: Kinds = frozenset(get_args(FactKind))
_IMPORTS: Kinds = frozenset(("import", "desktop"))
_SYSTEM: Kinds = frozenset(("reads", "program", "address", "socket", "process", "thread"))
# What each exception saves the code from.
_CAUGHT: dict[str, Kinds] = {
    **dict.fromkeys(("ImportError", "ModuleNotFoundError"), _IMPORTS),
    **dict.fromkeys(("Exception", "BaseException"), ALL),
    **dict.fromkeys(("OSError", "IOError", "EnvironmentError"), _SYSTEM),
    "FileNotFoundError": frozenset(("reads", "program")),
    **dict.fromkeys(("PermissionError", "NotADirectoryError", "IsADirectoryError"), frozenset(("reads",))),
    **dict.fromkeys(
        ("URLError", "HTTPError", "RequestException", "ConnectionError", "Timeout", "ConnectTimeout"),
        frozenset(("address", "socket")),
    ),
    "RuntimeError": frozenset(("gpu", "thread")),
    "CalledProcessError": frozenset(("program",)),
}
_GIVING_UP = frozenset(("exit", "quit", "_exit"))
_ELSEWHERE = ("colab", "kaggle", "binder_", "in_binder", "mybinder", "on_binder", "sagemaker", "databricks", "deepnote")
_BROWSERS = frozenset(("emscripten", "pyodide", "pyodide_kernel", "js"))
_LOOKS = frozenset((
    "os.path.exists", "os.path.isfile", "os.path.isdir", "pathlib.Path.exists", "pathlib.Path.is_file",
    "pathlib.Path.is_dir",
))  # fmt: skip
_LOOKS_OF_PATH = frozenset(("exists", "is_file", "is_dir"))


class Condition(NamedTuple):
    """What the two branches of a test can do without; `there` are the paths it looks for, in the first branch."""

    body: Kinds = NOTHING
    orelse: Kinds = NOTHING
    there: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


_PLAIN = Condition()


def caught(handlers: list[ast.ExceptHandler], scope: Scope) -> Kinds:
    """The kinds of facts whose failure the handlers get over."""
    kinds: set[FactKind] = set()
    for handler in handlers:
        if not _gives_up(handler.body, scope):
            lost = _IMPORTS if _only_tells(handler.body, scope) else NOTHING
            for name in _names(handler.type):
                kinds |= _CAUGHT.get(name, NOTHING) - lost
    return frozenset(kinds)


def suppressed(items: list[ast.withitem], scope: Scope) -> Kinds:
    """The kinds of facts whose failure `with contextlib.suppress(...)` gets over."""
    kinds: set[FactKind] = set()
    for item in items:
        call = item.context_expr
        if isinstance(call, ast.Call) and scope.dotted(call.func) in {"contextlib.suppress", "pytest.raises"}:
            for argument in call.args:
                for name in _names(argument):
                    kinds |= _CAUGHT.get(name, NOTHING)
    return frozenset(kinds)


def condition_of(test: ast.expr, scope: Scope) -> Condition:
    """What a test tells about its branches; a plain one tells nothing."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        found = condition_of(test.operand, scope)
        return found if found == _BOTH else Condition(found.orelse, found.body, found.missing, found.there)
    if isinstance(test, ast.BoolOp):
        found = next((one for one in (condition_of(part, scope) for part in test.values) if one != _PLAIN), _PLAIN)
        return found if isinstance(test.op, ast.And) else found._replace(orelse=NOTHING)
    if isinstance(test, ast.Compare):
        return _compared(test, scope)
    if isinstance(test, ast.Constant):
        return Condition(NOTHING, ALL) if test.value else Condition(ALL, NOTHING)
    if isinstance(test, ast.Call):
        return _asked(test, scope)
    name = test.id if isinstance(test, ast.Name) else test.attr if isinstance(test, ast.Attribute) else ""
    return Condition(ALL, NOTHING) if _is_elsewhere(name) or name == "TYPE_CHECKING" else _named(name)


_BOTH = Condition(ALL, ALL)


def _named(name: str) -> Condition:
    lowered = name.lower()
    if lowered in {"use_cuda", "cuda", "use_gpu", "has_gpu", "gpu_available", "cuda_available"}:
        return Condition(frozenset(("gpu",)), NOTHING)
    return _BOTH if "emscripten" in lowered or "pyodide" in lowered else _PLAIN


def _compared(test: ast.Compare, scope: Scope) -> Condition:
    against = isinstance(test.ops[0], ast.NotIn | ast.NotEq | ast.IsNot)
    if isinstance(test.left, ast.Call) and not isinstance(test.comparators[0], ast.Call):
        found = condition_of(test.left, scope)
        if found == _BOTH or not against:
            return found if isinstance(test.ops[0], ast.Eq | ast.Is | ast.IsNot | ast.NotEq) else _PLAIN
        return _PLAIN
    words = list(_words([test.left, *test.comparators]))
    if any(word in _BROWSERS for word in words):
        return _BOTH
    if any(_is_elsewhere(word) for word in words):
        return Condition(NOTHING, ALL) if against else Condition(ALL, NOTHING)
    return _PLAIN


def _asked(test: ast.Call, scope: Scope) -> Condition:
    name = scope.dotted(test.func)
    last = test.func.attr if isinstance(test.func, ast.Attribute) else name.rpartition(".")[2]
    if last == "find_spec":
        return _BOTH
    if last in {"is_available", "list_physical_devices", "is_gpu_available", "is_built"}:
        return Condition(frozenset(("gpu",)), NOTHING)
    paths: tuple[str, ...] = ()
    if name in _LOOKS and test.args:
        paths = fold_texts(test.args[0], scope)
    elif last in _LOOKS_OF_PATH and isinstance(test.func, ast.Attribute):
        paths = fold_texts(test.func.value, scope)
    elif any(_is_elsewhere(word) for word in (last, *_words(test.args))):
        return Condition(ALL, NOTHING)
    if name in _LOOKS or (last in _LOOKS_OF_PATH and not test.args):
        return Condition(frozenset(("reads",)), NOTHING, paths, ())
    return _PLAIN


def _words(expressions: list[ast.expr]) -> Iterator[str]:
    for one in expressions:
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value


def _is_elsewhere(name: str) -> bool:
    """Whether a name or text speaks of a place elsewhere: `IN_COLAB`, "google.colab", not a protein's `is_binder`."""
    lowered = name.lower()
    return any(place in lowered for place in _ELSEWHERE)


def _names(expression: ast.expr | None) -> Iterator[str]:
    """The exceptions an `except` names; a bare one catches all."""
    if expression is None:
        yield "BaseException"
    for one in expression.elts if isinstance(expression, ast.Tuple) else [expression]:
        if isinstance(one, ast.Attribute):
            yield one.attr
        elif isinstance(one, ast.Name):
            yield one.id


def _only_tells(body: list[ast.stmt], scope: Scope) -> bool:
    """Whether a handler just says that something is missing: what follows will miss it."""
    return all(
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Call)
        and scope.dotted(statement.value.func) in {"print", "display", "warnings.warn", "logging.warning"}
        for statement in body
    )


def _gives_up(body: list[ast.stmt], scope: Scope) -> bool:
    """Whether a handler ends in the same failure."""
    for statement in body:
        if isinstance(statement, ast.Raise):
            return True
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            called = statement.value.func
            name = called.attr if isinstance(called, ast.Attribute) else scope.dotted(called)
            if name.rpartition(".")[2] in _GIVING_UP:
                return True
    return False
