"""All code cells of a notebook, one after the other, to the facts in them."""

import ast
from collections.abc import Iterable

from lite_site.notebooks.code.called import Found
from lite_site.notebooks.code.cells import PLACEHOLDER
from lite_site.notebooks.code.imports import module_facts, modules_by_row
from lite_site.notebooks.code.languages import language_of
from lite_site.notebooks.code.magics import cell_facts, written_module
from lite_site.notebooks.code.syntax import Reading, read_python
from lite_site.notebooks.code.walk import Walk
from lite_site.notebooks.facts import Fact


def facts_in(cells: Iterable[tuple[int, str]]) -> tuple[Fact, ...]:
    """The facts in (cell number, source) pairs, sorted; of a cell that can't be parsed, only its import lines count.

    A module is told with the first cell that imports it.
    """
    walk = Walk()
    seen: list[tuple[int, str, bool]] = []
    tables_made = False
    for number, source in cells:
        if not source or source.isspace():
            continue
        reading = read_python(source)
        _read_cell(walk, number, reading)
        seen.append((number, source, reading.why == ""))
        tables_made = tables_made or ("sqlite3" in walk.scope.packages and _makes_tables(source))
    facts = list(walk.findings.facts)
    if tables_made:
        facts += [
            Fact(fact.cell, "writes", fact.subject, fact.manner, fact.optional)
            for fact in facts
            if fact.kind == "reads" and fact.manner == "sqlite3.connect"
        ]
    other = language_of(seen)
    if other:
        facts = [fact for fact in facts if fact.kind != "unparsable"]
        facts.append(Fact(other[0], "language", other[1]))
    return tuple(sorted(_first_imports(facts)))


def _read_cell(walk: Walk, number: int, reading: Reading) -> None:
    cell = reading.cell
    if reading.why:
        walk.findings.open_cell(number)
        said = f"line {reading.line}: {reading.message}" if reading.line else reading.message
        walk.findings.keep((Found("unparsable", said, reading.why),))
    if cell.magic:
        walk.findings.open_cell(number)
        walk.findings.keep(cell_facts(cell.magic))
        for module in modules_by_row(written_module(cell.magic) or ""):
            walk.findings.keep(module_facts(module))
        return
    tree = reading.tree
    if tree is None:
        _read_rows(walk, number, reading)
        return
    try:
        walk.read(number, tree, cell.lines)
    except RecursionError:  # an expression thousands of levels deep
        _read_rows(walk, number, reading)


def _read_rows(walk: Walk, number: int, reading: Reading) -> None:
    """What lines tell where there is no tree: their imports, and the magics and commands."""
    statements = "\n".join(f"import {module}" for module in modules_by_row(reading.cell.python))
    walk.read(number, ast.parse(statements), ())
    if reading.cell.lines:
        calls = "\n".join(f"{PLACEHOLDER}({place})" for place in range(len(reading.cell.lines)))
        walk.read(number, ast.parse(calls), reading.cell.lines)


def _makes_tables(source: str) -> bool:
    return ".to_sql(" in source or "create table" in source.lower()


def _first_imports(facts: list[Fact]) -> list[Fact]:
    """Each import once; what a call needs besides is left out where the notebook imports it itself."""
    plain = {fact.subject.partition(".")[0] for fact in facts if fact.kind == "import" and not fact.manner}
    met: set[tuple[str, str, bool, tuple[str, ...]]] = set()
    kept: list[Fact] = []
    for fact in facts:
        if fact.kind == "import":
            key = fact.subject, fact.manner, fact.optional, fact.otherwise
            if key in met or (fact.manner and fact.manner[0] != "%" and fact.subject in plain):
                continue
            met.add(key)
        kept.append(fact)
    return kept
