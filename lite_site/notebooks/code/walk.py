"""Reads a notebook's code from top to bottom, statement by statement: names, branches, loops, guards."""

import ast
from collections import Counter
from collections.abc import Callable
from typing import cast

from lite_site.notebooks.code.called import Found
from lite_site.notebooks.code.cells import PLACEHOLDER
from lite_site.notebooks.code.data import searched
from lite_site.notebooks.code.expressions import Expressions
from lite_site.notebooks.code.findings import Findings
from lite_site.notebooks.code.folding import fold, fold_items
from lite_site.notebooks.code.guards import ALL, NOTHING, Kinds, caught, condition_of, suppressed
from lite_site.notebooks.code.imports import Fallback, fallback_in, imported, module_facts, names_bound
from lite_site.notebooks.code.processes import PARENTS
from lite_site.notebooks.code.scope import Known, Listed, Scope
from lite_site.notebooks.facts import Fact

_TOLD: Kinds = frozenset(("import",))  # with the import they stand in for
_NOT_FOLLOWED: Kinds = ALL - {"reads", "writes", "address"}
_VISITS = 8  # into one function
_ELSEWHERE = frozenset(("google.colab", "kaggle_secrets", "kaggle_web_client", "dbruntime"))


class Walk:
    """One reading of one notebook: what names mean and what has been found."""

    def __init__(self) -> None:
        self.scope = Scope()
        self.findings = Findings()
        self._expressions = Expressions(self.scope, self.findings)
        self._expressions.enter = self._enter
        self._functions: dict[str, ast.FunctionDef | ast.AsyncFunctionDef] = {}
        self._visits = Counter[str]()
        self._vague: dict[str, tuple[Fact, ...]] = {}
        self._inside = False
        self._fallback: tuple[Fallback, bool] | None = None
        self._statements = cast(
            "dict[type[ast.stmt], Callable[[ast.stmt], None]]",
            {
                ast.Import: self._import,
                ast.ImportFrom: self._import,
                ast.Try: self._try,
                ast.TryStar: self._try,
                ast.If: self._if,
                ast.For: self._loop,
                ast.AsyncFor: self._loop,
                ast.While: self._loop,
                ast.With: self._with,
                ast.AsyncWith: self._with,
                ast.Match: self._match,
                ast.FunctionDef: self._function,
                ast.AsyncFunctionDef: self._function,
                ast.ClassDef: self._class,
                ast.Assign: self._assignment,
                ast.AnnAssign: self._annotated,
                ast.AugAssign: self._augmented,
            },
        )

    def read(self, number: int, tree: ast.Module, lines: tuple[str, ...]) -> None:
        """Gather what a cell asks for."""
        self.findings.open_cell(number)
        self._expressions.lines = lines
        self._fallback = None
        self._inside = False
        self._block(tree.body)

    def _block(self, body: list[ast.stmt]) -> None:
        for statement in body:
            handle = self._statements.get(statement.__class__)
            if handle:
                handle(statement)
            else:
                self._expressions.walk(statement)

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        for module in imported(node):
            self.scope.packages.add(module.partition(".")[0])
            for found in module_facts(module):
                self._keep_import(found)
        for name, full in names_bound(node):
            if name == "*":
                self.scope.stars = [*(star for star in self.scope.stars if star != full), full][-5:]
            else:
                self.scope.aliases[name] = full

    def _keep_import(self, found: Found) -> None:
        """A module; inside a `try`, with what is taken instead of it."""
        if self._fallback is None or found.kind != "import":
            self.findings.keep((found,))
            return
        fallback, surely_optional = self._fallback
        if found.subject in fallback.again:
            self.findings.keep((found,), optional=surely_optional)
        else:
            others = fallback.instead_of(found.subject) if not found.manner else ()
            self.findings.keep((found._replace(otherwise=others),), optional=fallback.idle or surely_optional)

    def _try(self, node: ast.Try) -> None:
        kinds, before = caught(node.handlers, self.scope), self._fallback
        tried = fallback_in(node.handlers, node.body, installing=self._installs(node)) if "import" in kinds else None
        if tried:
            self._fallback = tried, "import" in self.findings.soft
        with self.findings.without(kinds):
            self._tried(node.body, leaves_early=tried is not None)
        self._fallback = before
        for handler in node.handlers:
            mark = self.scope.mark()
            with self.findings.without(ALL, left_out=_TOLD if tried else NOTHING):
                self._block(handler.body)
            self.scope.forget(self.scope.assigned_since(mark))
        with self.findings.without(kinds):
            self._block(node.orelse)
        self._block(node.finalbody)

    def _tried(self, body: list[ast.stmt], *, leaves_early: bool) -> None:
        """The body of a `try`; behind an import that only another site has, nothing of it runs."""
        for number, statement in enumerate(body):
            self._block([statement])
            importing = leaves_early and isinstance(statement, ast.Import | ast.ImportFrom)
            if importing and _ELSEWHERE.intersection(imported(cast("ast.Import", statement))):
                with self.findings.without(ALL):
                    self._block(body[number + 1 :])
                return

    def _installs(self, node: ast.Try) -> bool:
        """Whether a handler runs pip: then the module is needed after all."""
        for part in (part for handler in node.handlers for statement in handler.body for part in ast.walk(statement)):
            said = ""
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                said = part.value
            elif isinstance(part, ast.Call) and self.scope.dotted(part.func) == PLACEHOLDER:
                said = self._expressions.line_of(part)
            if said == "install" or ("install" in said and "pip" in said) or "conda install" in said:
                return True
        return False

    def _if(self, node: ast.If) -> None:
        unsure: set[str] = set()
        following: ast.If | None = node
        while following:
            node, following = following, None
            condition = condition_of(node.test, self.scope)
            self._expressions.walk(node.test)
            unsure |= self._branch(node.body, condition.body, condition.missing, sure=condition.orelse == ALL)
            if len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
                following = node.orelse[0]
            elif node.orelse:
                sure = condition.body == ALL
                unsure |= self._branch(node.orelse, condition.orelse, condition.there, sure=sure)
        self.scope.forget(unsure)

    def _branch(self, body: list[ast.stmt], kinds: Kinds, spared: tuple[str, ...], *, sure: bool) -> set[str]:
        """One branch; the names that may hold something else after it."""
        mark = self.scope.mark()
        with self.findings.without(kinds, spared):
            self._block(body)
        if sure:
            return set()
        assigned = self.scope.assigned_since(mark)
        self.scope.undo(mark)
        return set() if kinds == ALL else assigned

    def _loop(self, node: ast.For | ast.AsyncFor | ast.While) -> None:
        mark = self.scope.mark()
        if isinstance(node, ast.While):
            self._expressions.walk(node.test)
        else:
            self._expressions.walk(node.iter)
            self._expressions.bind(node.target, node.iter)
        self._block(node.body)
        self.scope.forget(self.scope.assigned_since(mark))
        self._block(node.orelse)

    def _with(self, node: ast.With | ast.AsyncWith) -> None:
        for item in node.items:
            self._expressions.walk(item.context_expr)
            if item.optional_vars is not None:
                self._assign(item.optional_vars, item.context_expr)
        with self.findings.without(suppressed(node.items, self.scope)):
            self._block(node.body)

    def _match(self, node: ast.Match) -> None:
        self._expressions.walk(node.subject)
        for case in node.cases:
            self._expressions.walk(case.guard)
            self.scope.forget(self._branch(case.body, NOTHING, (), sure=False))

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._expressions.walk(*node.decorator_list, *node.args.defaults, *node.args.kw_defaults)
        self.scope.assign(node.name, ())
        before, self._fallback = self._fallback, None
        places = self._expressions.places_taken
        mark = self.scope.mark()
        arguments = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs, node.args.vararg, node.args.kwarg)
        self.scope.forget({argument.arg for argument in arguments if argument})
        known = len(self.findings.facts)
        self._block(node.body)
        if self._expressions.places_taken > places:
            self._functions[node.name] = node
            self._vague[node.name] = self.findings.vague_since(known)
        self._fallback = before
        self.scope.undo(mark)

    def _enter(self, call: ast.Call, name: str) -> None:
        """Follow paths and addresses into a function of the notebook, a few calls of each, one deep."""
        function = self._functions.get(name)
        if function is None or self._inside or self._visits[name] >= _VISITS:
            return
        given = self._given(call, function)
        if not any(isinstance(value, str) for values in given.values() for value in values):
            self.findings.facts.update(dict.fromkeys(self._vague.pop(name, ())))
            return
        if not self._visits[name]:
            self.findings.forget(self._vague.get(name, ()))
        self._visits[name] += 1
        mark, lines = self.scope.mark(), self._expressions.lines
        self._inside, self._expressions.lines = True, ()
        for parameter, values in given.items():
            self.scope.hold(parameter, values)
        with self.findings.without(NOTHING, left_out=_NOT_FOLLOWED):
            self._block(function.body)
        self._inside, self._expressions.lines = False, lines
        self.scope.undo(mark)

    def _given(self, call: ast.Call, function: ast.FunctionDef | ast.AsyncFunctionDef) -> dict[str, Known]:
        """What each parameter of a function holds in a call, () where that isn't known."""
        parameters = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
        usual = function.args.defaults
        given = dict.fromkeys([*parameters, *(one.arg for one in function.args.kwonlyargs)], cast("Known", ()))
        for parameter, value in zip(parameters[len(parameters) - len(usual) :], usual, strict=True):
            given[parameter] = fold(value, self.scope)
        for parameter, argument in zip(parameters, call.args, strict=False):
            given[parameter] = () if isinstance(argument, ast.Starred) else fold(argument, self.scope)
        for keyword in call.keywords:
            if keyword.arg in given:
                given[str(keyword.arg)] = fold(keyword.value, self.scope)
        return given

    def _class(self, node: ast.ClassDef) -> None:
        self._expressions.walk(*node.decorator_list, *node.bases, *node.keywords)
        for base in node.bases:
            parent = self.scope.dotted(base)
            if parent in PARENTS:
                self.findings.keep((Found(PARENTS[parent], parent),))
        mark = self.scope.mark()
        self._block(node.body)
        self.scope.undo(mark)
        self.scope.assign(node.name, ())

    def _assignment(self, node: ast.Assign) -> None:
        self._expressions.walk(node.value, *node.targets)
        for target in node.targets:
            self._search(target)
            self._assign(target, node.value)

    def _annotated(self, node: ast.AnnAssign) -> None:
        self._expressions.walk(node.value)
        if node.value:
            self._assign(node.target, node.value)

    def _augmented(self, node: ast.AugAssign) -> None:
        self._expressions.walk(node.value)
        self._search(node.target)
        if isinstance(node.target, ast.Name):
            total = ast.BinOp(ast.Name(node.target.id, ast.Load()), node.op, node.value)
            self.scope.assign(node.target.id, fold(total, self.scope))

    def _search(self, target: ast.expr) -> None:
        """Take note of `sys.path += [...]` and `sys.path[:0] = [...]`."""
        if self.scope.dotted(target.value if isinstance(target, ast.Subscript) else target) == "sys.path":
            self.findings.keep(searched())

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        """Let names hold what is assigned, or stand for the function or module they are given."""
        if isinstance(target, ast.Name):
            full = self.scope.dotted(value)
            held = fold(value, self.scope) or Listed(fold_items(value, self.scope))
            if not (target.id in self.scope.aliases and _is_none(value)):
                self.scope.assign(target.id, held)
            if "." in full and not held:
                self.scope.aliases[target.id] = full
        elif isinstance(target, ast.Tuple | ast.List):
            parts = value.elts if isinstance(value, ast.Tuple | ast.List) else []
            paired = len(parts) == len(target.elts)
            for number, part in enumerate(target.elts):
                self._assign(part, parts[number] if paired else ast.Constant(None))
        elif isinstance(target, ast.Starred):
            self._assign(target.value, ast.Constant(None))


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None
