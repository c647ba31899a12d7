"""pyproject.toml: the dependencies of a project (PEP 621), or Poetry's where it has none."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from lite_site.courses.declaration.lines import kind_of
from lite_site.courses.declaration.names import is_server_own
from lite_site.courses.declaration.part import Part
from lite_site.courses.declaration.poetry import poetry_requirements, poetry_versions
from lite_site.courses.declaration.python import python_for
from lite_site.courses.declaration.specs import no_python
from lite_site.courses.declaration.text import read_text
from lite_site.courses.model import Wanted
from lite_site.courses.tomlfile import TomlFile
from lite_site.problems import Problem

_MOST = 1_000
_LONGEST = 200
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")


def read_pyproject(path: Path, place: str, outermost: Path) -> Part | None:
    """The pyproject.toml at `path`, known as `place`; None where it names no dependencies, as a tool's settings.

    Extras and dependency groups are a developer's, not a lesson's.
    """
    text, problems = read_text(path, place, outermost)
    if text is None:
        return Part(place, problems=tuple(problems))
    try:
        file = TomlFile(place, tomllib.loads(text), text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        problem = f"This isn't TOML: {str(error)[:120]}."
        remedy = "Texts go in quotes, lists in [brackets]."
        return Part(place, problems=(*problems, Problem(place, problem, remedy, "declaration-broken")))
    project, poetry = _table(file.data, "project"), _table(file.data, "tool", "poetry", "dependencies")
    packages: list[Wanted] = []
    if max(map(_length, (project.get("dependencies"), poetry))) > _MOST:
        problem = f"It lists more than {_MOST:,} packages."
        remedy = "Name only those that the lessons import."
        return Part(place, problems=(*problems, Problem(place, problem, remedy, "declaration-size")))
    if "dependencies" in project:
        packages.extend(_listed(file, project["dependencies"], problems))
    elif poetry:
        packages.extend(poetry_requirements(file, poetry, problems))
    elif "dependencies" in _names(project.get("dynamic")):
        problem = "The project works out its dependencies when it is built, and courses build no project."
        remedy = "List what the lessons import in a requirements.txt."
        where = file.place_of("project", "dynamic")
        problems.append(Problem(where, problem, remedy, "declaration-not-read", "warning"))
    else:
        return None
    python = _python(file, project.get("requires-python"), poetry.get("python"), problems)
    return Part(place, tuple(packages), python=python, problems=tuple(problems))


def _listed(file: TomlFile, listed: object, problems: list[Problem]) -> Iterator[Wanted]:
    where = file.place_of("project", "dependencies")
    if not isinstance(listed, list):
        problem, remedy = "`dependencies` isn't a list.", 'Write `dependencies = ["numpy", "pandas>=2"]`.'
        problems.append(Problem(where, problem, remedy, "declaration-shape"))
        return
    lines = _lines_of_quotes(file.text)
    for item in listed:
        text = item if isinstance(item, str) else str(item)[:80]
        here = f"{file.place}, line {lines[text]}" if text in lines else where
        kind, requirement = kind_of(text) if isinstance(item, str) and text.strip() else ("?", text)
        if kind == "requirement":
            if not is_server_own(Requirement(requirement).name):
                yield Wanted(requirement, here)
        elif kind in {"address", "built"}:
            problem = f"“{text.partition('@')[0].strip()[:80]}” is asked for by its address, and isn't installed."
            remedy = "Name it as on PyPI, if it is there."
            problems.append(Problem(here, problem, remedy, "declaration-address", "warning"))
        else:
            problem = f"“{text[:80]}” isn't a package as pip writes it."
            problems.append(Problem(here, problem, 'Write "pandas", or "pandas>=2".', "declaration-line"))


def _lines_of_quotes(text: str) -> dict[str, int]:
    """The line (from 1) on which each quoted text stands first."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        for doubly, singly in _QUOTED.findall(line):
            found.setdefault(doubly or singly, number)
    return found


def _python(file: TomlFile, required: object, poetry: object, problems: list[Problem]) -> str | None:
    where = file.place_of("project", "requires-python")
    versions: SpecifierSet | None = None
    if isinstance(required, str):
        asked = required
        try:
            versions = SpecifierSet(required) if len(required) <= _LONGEST else None
        except InvalidSpecifier:
            versions = None
    elif isinstance(poetry, str):
        asked, versions = poetry, poetry_versions(poetry)
        where = file.place_of("tool", "poetry", "dependencies", "python")
    else:
        return None
    python = None if versions is None else python_for(versions)
    if python is None:
        problems.append(no_python(asked, where))
    return python


def _table(data: dict[str, object], *keys: str) -> dict[str, object]:
    for key in keys:
        value = data.get(key)
        data = value if isinstance(value, dict) else {}
    return data


def _length(value: object) -> int:
    return len(value) if isinstance(value, (list, dict)) else 0


def _names(value: object) -> list[object]:
    return value if isinstance(value, list) else []
