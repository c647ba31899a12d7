"""Poetry's table of dependencies, in pip's words.

https://python-poetry.org/docs/dependency-specification/
"""

import re
from collections.abc import Iterator

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from lite_site.courses.declaration.names import is_server_own
from lite_site.courses.model import Wanted
from lite_site.courses.tomlfile import TomlFile
from lite_site.problems import Problem

_CLAUSE = re.compile(r"^(\^|~(?!=)|===?|=|!=|>=|<=|~=|>|<)?\s*(\S+)$")
_LONGEST = 200
_HEADER = "[tool.poetry.dependencies"
_ELSEWHERE = ("git", "path", "url", "file")


def poetry_requirements(file: TomlFile, table: dict[str, object], problems: list[Problem]) -> Iterator[Wanted]:
    """The requirements of `[tool.poetry.dependencies]`, Python's own and optional ones left out."""
    header = file.place_of("tool", "poetry", "dependencies")
    lines = _lines_of_keys(file.text)
    for name, value in table.items():
        if name.lower() == "python" or is_server_own(name):
            continue
        where = f"{file.place}, line {lines[name]}" if name in lines else header
        for one in value if isinstance(value, list) else [value]:
            settings = one if isinstance(one, dict) else {"version": one}
            if any(key in settings for key in _ELSEWHERE):
                problem = f"“{name[:80]}” is asked for by its address, and isn't installed."
                remedy = "Name a version of it on PyPI, if it is there."
                problems.append(Problem(where, problem, remedy, "declaration-address", "warning"))
            elif not settings.get("optional"):
                yield from _requirement(name, settings, where, problems)


def poetry_versions(text: str) -> SpecifierSet | None:
    """A version constraint such as `^1.2`, `~1.2` or `>=1,<2` in pip's words; None where it has none (`||`)."""
    if "|" in text or len(text) > _LONGEST:
        return None
    clauses = re.sub(r"([\^~=!<>])\s+", r"\1", text.strip()).replace(",", " ").split()
    try:
        return SpecifierSet(",".join(filter(None, map(_pip_clause, clauses))))
    except (InvalidSpecifier, InvalidVersion):
        return None


def _lines_of_keys(text: str) -> dict[str, int]:
    """The line (from 1) of each key behind the header of Poetry's table."""
    found: dict[str, int] = {}
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("["):
            inside = line.strip().startswith(_HEADER)
        elif inside:
            found.setdefault(line.partition("=")[0].strip().strip("\"'"), number)
    return found


def _requirement(name: str, settings: dict[str, object], where: str, problems: list[Problem]) -> Iterator[Wanted]:
    version, extras, markers = settings.get("version", "*"), settings.get("extras"), settings.get("markers")
    versions = poetry_versions(version) if isinstance(version, str) else None
    if versions is None:
        problem = f"pip has no way to ask for “{str(version)[:80]}” of “{name[:80]}”, so any version will do."
        remedy = f'Write it as a range, such as {name[:80]} = ">=1.2,<2".'
        problems.append(Problem(where, problem, remedy, "declaration-version", "warning"))
    wanted = f"[{','.join(map(str, extras))}]" if isinstance(extras, list) and extras else ""
    condition = f"; {markers}" if isinstance(markers, str) else ""
    try:
        requirement = Requirement(f"{name}{wanted}{versions or ''}{condition}")
    except (InvalidRequirement, RecursionError):
        problem, remedy = f"“{name[:80]}” isn't asked for as Poetry can.", f'Write {name[:80]} = "^1.2".'
        problems.append(Problem(where, problem, remedy, "declaration-line"))
    else:
        yield Wanted(str(requirement), where)


def _pip_clause(clause: str) -> str:
    found = _CLAUSE.match(clause)
    if found is None:
        return clause
    operator, version = found[1] or "==", found[2]
    if version == "*":
        return ""
    if operator == "^":
        return f">={version},<{_next(version, caret=True)}"
    if operator == "~":
        return f">={version},<{_next(version, caret=False)}"
    return f"{'==' if operator == '=' else operator}{version}"


def _next(version: str, *, caret: bool) -> str:
    """The first version that is too new: behind `^` the leftmost number but 0 may not change, behind `~` the second."""
    release = Version(version).release
    position = min(1, len(release) - 1)
    if caret:
        position = next((n for n, number in enumerate(release) if number), len(release) - 1)
    return ".".join(map(str, (*release[:position], release[position] + 1)))
