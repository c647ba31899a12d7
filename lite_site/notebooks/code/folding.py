"""Works out what an expression holds where that is written in the notebook: paths, addresses, sizes."""

import ast
import operator
import posixpath
from collections.abc import Callable
from itertools import chain, islice, product, zip_longest

from lite_site.notebooks.code.scope import Known, Listed, PathText, Scope, Value

_DEPTH = 40
_WAYS = 16
_LISTED = 50
_LONGEST = 4_096
_LARGEST = 10**18
_PATHS = frozenset(("pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath", "pathlib.PurePosixPath"))
_SAME = frozenset((
    "str", "os.fspath", "os.path.abspath", "os.path.realpath", "os.path.normpath", "os.path.expanduser",
    "os.path.expandvars", "os.fsencode",
))  # fmt: skip
_TEMPORARY = "/tmp"  # noqa: S108  a name in the code we read, not a folder of ours
_FIXED: dict[str, Value] = {
    "os.getcwd": ".", "pathlib.Path.cwd": PathText("."), "pathlib.Path.home": PathText("~"),
    **dict.fromkeys(("tempfile.gettempdir", "tempfile.mkdtemp", "tempfile.TemporaryDirectory"), _TEMPORARY),
    "os.sep": "/", "os.path.sep": "/", "os.name": "posix",
    "os.curdir": ".", "os.pardir": "..", "sys.executable": "python",
}  # fmt: skip
_SAME_PATH = frozenset(("resolve", "absolute", "expanduser", "as_posix", "__str__"))
_NUMBERS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
    ast.Div: operator.truediv, ast.FloorDiv: operator.floordiv,
}  # fmt: skip


def fold(node: ast.expr | None, scope: Scope, depth: int = 0) -> Known:
    """The values an expression may have, () where one of its parts isn't known."""
    if node is None or depth > _DEPTH:
        return ()
    folder = _FOLDERS.get(type(node))
    return folder(node, scope, depth + 1) if folder else ()


def fold_texts(node: ast.expr | None, scope: Scope) -> tuple[str, ...]:
    """The texts an expression may have."""
    return tuple(value for value in fold(node, scope) if isinstance(value, str))


def fold_items(node: ast.expr | None, scope: Scope) -> Known:
    """What a loop over the expression meets, one after the other, where all of it is known."""
    if isinstance(node, ast.Name):
        held = scope.constant(node.id)
        return tuple(held) if isinstance(held, Listed) else ()
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        if not 0 < len(node.elts) <= _LISTED:
            return ()
        found = [fold(item, scope) for item in node.elts]
        return tuple(values[0] for values in found) if all(len(values) == 1 for values in found) else ()
    if isinstance(node, ast.Call) and node.args and scope.dotted(node.func) in {"range", "sorted", "reversed"}:
        return _range(node, scope) if scope.dotted(node.func) == "range" else fold_items(node.args[0], scope)
    return ()


def fold_count(node: ast.expr | None, scope: Scope) -> int | None:
    """A whole number such as a length, None where it isn't known."""
    values = fold(node, scope)
    number = values[0] if len(values) == 1 else None
    return int(number) if isinstance(number, int | float) and abs(number) <= _LARGEST else None


def joined(first: str, *others: str) -> str:
    """The parts as one path: `.` at the start is left out, an absolute part begins anew."""
    path = posixpath.join(first, *others)
    while path.startswith("./") and len(path) > 2:
        path = path[2:].lstrip("/") or "."
    return path


def _range(node: ast.Call, scope: Scope) -> Known:
    bounds = [fold_count(argument, scope) for argument in node.args]
    whole = [bound for bound in bounds if bound is not None]
    if len(whole) != len(bounds) or len(whole) > 3 or (len(whole) == 3 and whole[2] == 0):
        return ()
    numbers = range(*whole)
    return tuple(numbers) if len(numbers) <= _LISTED else ()


def _constant(node: ast.expr, scope: Scope, depth: int) -> Known:
    value = node.value if isinstance(node, ast.Constant) else None
    if isinstance(value, str):
        return (value,) if len(value) <= _LONGEST else ()
    return (value,) if isinstance(value, int | float) and not isinstance(value, bool) else ()


def _name(node: ast.expr, scope: Scope, depth: int) -> Known:
    if not isinstance(node, ast.Name):
        return ()
    held = scope.constant(node.id)
    if not held:
        fixed = _FIXED.get(scope.aliases.get(node.id, ""))
        return () if fixed is None else (fixed,)
    return () if isinstance(held, Listed) else held


def _interpolated(node: ast.expr, scope: Scope, depth: int) -> Known:
    if not isinstance(node, ast.JoinedStr):
        return ()
    parts: list[Known] = []
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            parts.append(_formatted(part, scope, depth))
        else:
            parts.append(fold(part, scope, depth))
    return _ways(parts, lambda *values: "".join(map(str, values)))


def _formatted(part: ast.FormattedValue, scope: Scope, depth: int) -> Known:
    values = fold(part.value, scope, depth)
    if part.format_spec is None:
        return values
    layout = fold(part.format_spec, scope, depth)
    try:
        return tuple(format(value, str(layout[0])) for value in values if layout and len(str(layout[0])) < 9)
    except ValueError:
        return ()


def _sum(node: ast.expr, scope: Scope, depth: int) -> Known:
    if not isinstance(node, ast.BinOp):
        return ()
    kind = type(node.op)
    left = fold(node.left, scope, depth)
    if not left:
        return ()
    if kind is ast.Mod and isinstance(left[0], str):
        items = node.right.elts if isinstance(node.right, ast.Tuple) else [node.right]
        return _ways([left, *(fold(item, scope, depth) for item in items)], _percent)
    return _ways([left, fold(node.right, scope, depth)], lambda a, b: _combined(kind, a, b))


def _combined(kind: type[ast.operator], left: Value, right: Value) -> Value | None:
    if isinstance(left, str) or isinstance(right, str):
        if kind is ast.Div and (isinstance(left, PathText) or isinstance(right, PathText)):
            return PathText(joined(str(left), str(right)))
        both = isinstance(left, str) and isinstance(right, str)
        return f"{left}{right}" if kind is ast.Add and both else None
    if kind is ast.Pow:
        small = abs(left) <= 1_000 and isinstance(right, int) and 0 <= right <= 64
        return left**right if small else None
    compute = _NUMBERS.get(kind)
    try:
        number = compute(left, right) if compute else None
    except (ZeroDivisionError, OverflowError):
        return None
    return number if number is not None and abs(number) <= _LARGEST else None


def _percent(layout: Value, *values: Value) -> Value | None:
    if not isinstance(layout, str) or layout.count("%") != layout.count("%s") + layout.count("%d"):
        return None
    try:
        return layout % values
    except (TypeError, ValueError):
        return None


def _negative(node: ast.expr, scope: Scope, depth: int) -> Known:
    if not (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)):
        return ()
    return tuple(-value for value in fold(node.operand, scope, depth) if not isinstance(value, str))


def _attribute(node: ast.expr, scope: Scope, depth: int) -> Known:
    if not isinstance(node, ast.Attribute):
        return ()
    fixed = _FIXED.get(scope.dotted(node))
    if fixed is not None:
        return (fixed,)
    wanted = _PARTS.get(node.attr)
    if wanted is None:
        return ()
    return tuple(wanted(value) for value in fold(node.value, scope, depth) if isinstance(value, PathText))


def _parent(path: str) -> Value:
    if path in {"", "."}:
        return PathText("..")
    return PathText(f"{path}/..") if path.endswith("..") else PathText(posixpath.dirname(path) or ".")


_PARTS: dict[str, Callable[[str], Value]] = {
    "parent": _parent,
    "name": posixpath.basename,
    "stem": lambda path: posixpath.splitext(posixpath.basename(path))[0],
    "suffix": lambda path: posixpath.splitext(path)[1],
}


def _choice(node: ast.expr, scope: Scope, depth: int) -> Known:
    """`"cls" if os.name == "nt" else "clear"`: the branch that a comparison of known texts takes."""
    if not isinstance(node, ast.IfExp) or not isinstance(node.test, ast.Compare) or len(node.test.ops) != 1:
        return ()
    left, right = fold(node.test.left, scope, depth), fold(node.test.comparators[0], scope, depth)
    if len(left) != 1 or len(right) != 1 or not isinstance(node.test.ops[0], ast.Eq | ast.NotEq):
        return ()
    taken = (left == right) is isinstance(node.test.ops[0], ast.Eq)
    return fold(node.body if taken else node.orelse, scope, depth)


def _item(node: ast.expr, scope: Scope, depth: int) -> Known:
    if not isinstance(node, ast.Subscript):
        return ()
    if scope.dotted(node.value) == "os.environ":
        return ("~",) if fold(node.slice, scope, depth) == ("HOME",) else ()
    held = scope.constant(node.value.id) if isinstance(node.value, ast.Name) else ()
    place = fold(node.slice, scope, depth)
    if not isinstance(held, Listed) or len(place) != 1 or not isinstance(place[0], int):
        return ()
    return (held[place[0]],) if -len(held) <= place[0] < len(held) else ()


def _call(node: ast.expr, scope: Scope, depth: int) -> Known:
    if not isinstance(node, ast.Call):
        return ()
    name = scope.dotted(node.func)
    if name in _FIXED:
        return (_FIXED[name],)
    combine = _CALLS.get(name)
    if combine is None:
        return _method(node, scope, depth) if isinstance(node.func, ast.Attribute) else ()
    if not node.args:
        return (PathText("."),) if name in _PATHS else ()
    return _ways([fold(argument, scope, depth) for argument in node.args], combine)


def _number(value: Value) -> Value | None:
    return None if isinstance(value, str) else value


_CALLS: dict[str, Callable[..., Value | None]] = {
    **dict.fromkeys(_PATHS, lambda *parts: PathText(joined(*map(str, parts)))),
    **dict.fromkeys(_SAME, lambda value, *_: str(value)),
    **dict.fromkeys(("int", "float"), lambda value, *_: _number(value)),
    "os.path.join": lambda *parts: joined(*map(str, parts)),
    "os.path.dirname": lambda path, *_: str(_parent(str(path))),
    "os.path.basename": lambda path, *_: posixpath.basename(str(path)),
}


def _method(node: ast.Call, scope: Scope, depth: int) -> Known:
    if not isinstance(node.func, ast.Attribute) or node.keywords:
        return ()
    name = node.func.attr
    if name not in {"joinpath", "with_suffix", "with_name", "join", "format"} and name not in _SAME_PATH:
        return ()
    if name == "join":
        glue, items = fold(node.func.value, scope, depth), fold_items(node.args[0], scope) if node.args else ()
        return (str(glue[0]).join(map(str, items)),) if glue and items else ()
    return _ways(
        [fold(node.func.value, scope, depth), *(fold(argument, scope, depth) for argument in node.args)],
        lambda of, *others: _applied(name, of, [str(other) for other in others]),
    )


def _applied(name: str, of: Value, others: list[str]) -> Value | None:
    if name == "format" and isinstance(of, str):
        plain = of.count("{") == of.count("}") == of.count("{}") == len(others)
        return "".join(chain.from_iterable(zip_longest(of.split("{}"), others, fillvalue=""))) if plain else None
    if not isinstance(of, PathText):
        return None
    if name == "joinpath":
        return PathText(joined(of, *others))
    if len(others) == 1:
        beside = posixpath.splitext(of)[0] if name == "with_suffix" else joined(posixpath.dirname(of), "")
        return PathText(beside + others[0])
    return of


def _ways(parts: list[Known], combine: Callable[..., Value | None]) -> Known:
    """Every combination of the parts' values, a few at most; () where a part or a combination isn't known."""
    if not all(parts):
        return ()
    values: list[Value] = []
    for combination in islice(product(*parts), _WAYS if len(parts) > 1 else _LISTED):
        value = combine(*combination)
        if value is None or (isinstance(value, str) and len(value) > _LONGEST):
            return ()
        values.append(value)
    return tuple(values)


_FOLDERS: dict[type[ast.AST], Callable[[ast.expr, Scope, int], Known]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.JoinedStr: _interpolated,
    ast.BinOp: _sum,
    ast.UnaryOp: _negative,
    ast.Attribute: _attribute,
    ast.Subscript: _item,
    ast.Call: _call,
    ast.IfExp: _choice,
}
