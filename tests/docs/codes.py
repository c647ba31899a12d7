"""Finds, in the code itself, every code that a problem may carry, those of reasons, and those the hub says no with."""

import ast
from collections.abc import Iterator
from pathlib import Path

from fallback_hub.gateway.refusals import REFUSALS as FROM_GATEWAY
from fallback_hub.hub.refusals import REFUSALS as FROM_HUB
from fallback_hub.hub.refused import SENTENCES as FROM_SPAWNER
from fallback_hub.singleuser.answers import SENTENCES as FROM_SERVER
from lite_site.placement.sentences import SENTENCES

PACKAGE = Path(__file__).parents[2] / "lite_site"
HUB = Path(__file__).parents[2] / "fallback_hub"
POSITION = {"Problem": 3, "Fault": 3}
"""Where the code stands among the arguments; `String` takes it by name only."""
HUB_POSITION = {"Problem": 3, "Finding": 4, "tell": 3, "warn": 3}


def problem_codes() -> set[str]:
    """All of them."""
    sources = (path for path in PACKAGE.rglob("*.py") if "frontend" not in path.parts)
    return {code for path in sources for code in _codes_in(ast.parse(path.read_text("utf-8")))}


def hub_problem_codes() -> set[str]:
    """Those of the hub's side: of its settings, its commands and what they find on the machine."""
    trees = (ast.parse(path.read_text("utf-8")) for path in HUB.rglob("*.py"))
    return {code for tree in trees for node in ast.walk(tree) for code in _texts_in(_hub_code_argument(node))}


def refusal_codes() -> set[str]:
    """What gateway, hub, spawner and people's servers say no with."""
    return {*FROM_GATEWAY, *FROM_HUB, *FROM_SPAWNER, *FROM_SERVER}


def reason_codes() -> set[str]:
    """All of them, their wordings aside."""
    return {key.partition(".")[0] for key in SENTENCES}


def _codes_in(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == "code":
            yield from _texts_in(node.value)
        elif isinstance(node, ast.FunctionDef):
            yield from _codes_given_by_name(node)
        elif isinstance(node, ast.Call):
            yield from _texts_in(_code_argument(node))


def _code_argument(call: ast.Call) -> ast.expr | None:
    called = call.func.id if isinstance(call.func, ast.Name) else ""
    if called not in {*POSITION, "String"}:
        return None
    for keyword in call.keywords:
        if keyword.arg == "code":
            return keyword.value
    if any(isinstance(argument, ast.Starred) for argument in call.args):
        return call.args[1]
    position = POSITION.get(called, len(call.args))
    return call.args[position] if position < len(call.args) else None


def _hub_code_argument(node: ast.AST) -> ast.expr | None:
    """Problem and Finding take it by position, a table's `tell` and `warn` last, and whatever makes one, by name."""
    if not isinstance(node, ast.Call):
        return None
    for keyword in node.keywords:
        if keyword.arg == "code":
            return keyword.value
    position = HUB_POSITION.get(ast.unparse(node.func).rpartition(".")[2], len(node.args))
    return node.args[position] if position < len(node.args) else None


def _codes_given_by_name(function: ast.FunctionDef) -> Iterator[str]:
    """What a local variable `code` may hold, alone or unpacked from the end of a tuple, or of those in a table."""
    for node in ast.walk(function):
        if isinstance(node, ast.For):
            yield from _codes_in_rows(node, function)
        if not isinstance(node, ast.Assign):
            continue
        target = node.targets[0]
        if isinstance(target, ast.Name) and target.id == "code":
            yield from _texts_in(node.value)
        elif isinstance(target, ast.Tuple) and isinstance(target.elts[-1], ast.Name) and target.elts[-1].id == "code":
            branches = [node.value.body, node.value.orelse] if isinstance(node.value, ast.IfExp) else [node.value]
            for branch in branches:
                if isinstance(branch, ast.Tuple):
                    yield from _texts_in(branch.elts[-1])


def _codes_in_rows(loop: ast.For, function: ast.FunctionDef) -> Iterator[str]:
    """What `code` is in turn, in a loop over a tuple of tuples that end with it."""
    target = loop.target
    if not isinstance(target, ast.Tuple) or ast.unparse(target.elts[-1]) != "code":
        return
    looped = {node.id for node in ast.walk(loop.iter) if isinstance(node, ast.Name)}
    made = [node for node in ast.walk(function) if isinstance(node, ast.Assign)]
    for table in (node.value for node in made if ast.unparse(node.targets[0]) in looped):
        for row in table.elts if isinstance(table, ast.Tuple) else ():
            yield from _texts_in(row.elts[-1] if isinstance(row, ast.Tuple) else None)


def _texts_in(node: ast.expr | None) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts_in(node.body)
        yield from _texts_in(node.orelse)
