"""Walks the expressions of a statement, each node once, and asks the rules about every call."""

import ast
from collections.abc import Callable
from typing import cast

from lite_site.notebooks.code import hardware
from lite_site.notebooks.code.called import Called
from lite_site.notebooks.code.cells import PLACEHOLDER
from lite_site.notebooks.code.findings import Findings
from lite_site.notebooks.code.folding import fold, fold_items
from lite_site.notebooks.code.guards import condition_of
from lite_site.notebooks.code.magics import line_facts
from lite_site.notebooks.code.rules import TAKES_PLACES, found_in, found_in_method
from lite_site.notebooks.code.scope import Scope

_LEFT_OUT = frozenset(("ctx", "op", "ops", "attr", "id", "type_comment", "kind", "arg", "is_async", "conversion"))
_CHILDREN: dict[type, tuple[str, ...]] = {
    kind: tuple(field for field in kind._fields if field not in _LEFT_OUT)
    for kind in vars(ast).values()
    if isinstance(kind, type)
    and issubclass(kind, ast.expr | ast.stmt | ast.keyword | ast.comprehension)
    and not issubclass(kind, ast.Constant | ast.Name)
}
_COMPREHENSIONS = ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp
_NO_CALL = ast.Call(ast.Name("", ast.Load()), [], [])


def _stay_outside(node: ast.Call, name: str) -> None:
    """Look into no function."""


class Expressions:
    """The expressions of one notebook: `lines` are the magics and commands of the cell being read.

    `enter` is told of each call by a bare name, which may be a function of the notebook; `places_taken` counts the
    calls met that take paths or addresses.
    """

    def __init__(self, scope: Scope, findings: Findings) -> None:
        self.lines: tuple[str, ...] = ()
        self.places_taken = 0
        self.enter: Callable[[ast.Call, str], None] = _stay_outside
        self._scope = scope
        self._findings = findings
        special = {
            ast.Call: self._call,
            ast.IfExp: self._choice,
            ast.NamedExpr: self._named,
            ast.BinOp: self._operation,
            ast.ListComp: self._comprehension,
            ast.SetComp: self._comprehension,
            ast.GeneratorExp: self._comprehension,
            ast.DictComp: self._comprehension,
        }
        self._kinds = cast(
            "dict[type, tuple[Callable[[object], bool] | None, tuple[str, ...]]]",
            {kind: (special.get(kind), children) for kind, children in _CHILDREN.items()},
        )

    def walk(self, *roots: ast.AST | None) -> None:
        """Look at everything below the roots, statements' own bodies aside."""
        stack: list[object] = list(roots)
        kinds = self._kinds
        while stack:
            node = stack.pop()
            kind = kinds.get(node.__class__)
            if kind is None:
                continue
            special, children = kind
            if special is not None and special(node):
                continue
            for field in children:
                child = getattr(node, field)
                if child.__class__ is list:
                    stack.extend(child)
                else:
                    stack.append(child)

    def bind(self, target: ast.expr, source: ast.expr) -> None:
        """Let a loop's variable hold each of the elements, where all of them are known."""
        if isinstance(target, ast.Name):
            self._scope.assign(target.id, fold_items(source, self._scope))
            return
        counted = isinstance(source, ast.Call) and self._scope.dotted(source.func) == "enumerate" and source.args
        if counted and isinstance(target, ast.Tuple) and len(target.elts) == 2 and isinstance(source, ast.Call):
            self.bind(target.elts[1], source.args[0])
            return
        for node in ast.walk(target):
            if isinstance(node, ast.Name):
                self._scope.assign(node.id, ())

    def line_of(self, node: ast.Call) -> str:
        """The magic or command that a placeholder stands for."""
        number = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
        return self.lines[number] if isinstance(number, int) and 0 <= number < len(self.lines) else ""

    def _call(self, node: ast.Call) -> bool:
        name = self._scope.dotted(node.func)
        if not name:
            if isinstance(node.func, ast.Attribute):
                self.places_taken += node.func.attr in TAKES_PLACES
                self._findings.keep(found_in_method(Called(node, node.func.attr, self._scope)))
        elif name == PLACEHOLDER:
            self._findings.keep(line_facts(self.line_of(node)))
        else:
            self.places_taken += name in TAKES_PLACES
            self._findings.keep(found_in(Called(node, name, self._scope)))
            if "." not in name:
                for star in self._scope.stars:
                    self._findings.keep(found_in(Called(node, f"{star}.{name}", self._scope)))
                self.enter(node, name)
            elif name == "os.chdir" and not fold(node.args[0] if node.args else None, self._scope):
                self._findings.leave_folder()
        return False

    def _choice(self, node: ast.IfExp) -> bool:
        condition = condition_of(node.test, self._scope)
        if not condition.body and not condition.orelse:
            return False
        self.walk(node.test)
        for kinds, branch in ((condition.body, node.body), (condition.orelse, node.orelse)):
            with self._findings.without(kinds):
                self.walk(branch)
        return True

    def _named(self, node: ast.NamedExpr) -> bool:
        self._scope.assign(node.target.id, fold(node.value, self._scope))
        return False

    def _operation(self, node: ast.BinOp) -> bool:
        if isinstance(node.op, ast.Mult):
            self._findings.keep(hardware.repeated(node, Called(_NO_CALL, "", self._scope)))
        return False

    def _comprehension(self, node: _COMPREHENSIONS) -> bool:
        if isinstance(node, ast.ListComp | ast.SetComp):
            self._findings.keep(hardware.comprehended(node, Called(_NO_CALL, "", self._scope)))
        mark = self._scope.mark()
        for generator in node.generators:
            self.walk(generator.iter)
            self.bind(generator.target, generator.iter)
            self.walk(*generator.ifs)
        self.walk(*((node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,)))
        self._scope.undo(mark)
        return True
