"""Which packages bring what lessons import; `Modules` are the places that import, each with its top-level modules."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from packaging.utils import canonicalize_name

from lite_site.environment.catalogue import NAMESPACES, UNBUILT, Catalogue, catalogue, find_modules, kernel_names
from lite_site.environment.lock_text import CourseLock
from lite_site.environment.requirements import Wish, parse_wish
from lite_site.environment.server.names import package_of, similar_names
from lite_site.problems import Problem

_SPEC = re.compile(r"(?:[^\s:]+::)?([\w.-]+)")
Modules = Mapping[str, Collection[str]]


def packages_imported(modules: Modules, known: Catalogue) -> tuple[tuple[str, str], ...]:
    """Each package that is imported, with the place that does."""
    return tuple((name, place) for place, named in modules.items() for name in find_modules(named, known).packages)


def imported_besides(modules: Modules, declared: Iterable[str], earlier: CourseLock | None) -> dict[str, str]:
    """By package, the first place that imports it: what the tables, or the lock before, know and nothing declares."""
    locked = earlier or CourseLock()
    known = catalogue(wheel for wheel in locked.wheels if wheel.name in locked.imported)
    brought = kernel_names(known.by_name) | set(declared_names(declared))
    places: dict[str, str] = {}
    for name, place in packages_imported(modules, known):
        if name not in brought:
            places.setdefault(name, place)
    return places


def declared_names(requirements: Iterable[str]) -> Iterator[str]:
    """The PEP 503 names of those requirements that can be read."""
    wishes = (parse_wish(text, "") for text in requirements)
    return (wish.name for wish in wishes if isinstance(wish, Wish))


def imports_undeclared(modules: Modules, lock: CourseLock) -> Iterator[Problem]:
    """A warning for each module that nothing in the lock brings, as far as names tell."""
    known = catalogue(lock.wheels)
    names = {package.name for package in lock.server} | set(_names_in(lock.conda))
    said = UNBUILT | NAMESPACES
    for place, named in modules.items():
        for module in find_modules(set(named) - said, known).unknown:
            if not names & {canonicalize_name(module), package_of(module)}:
                said = said | {module}
                problem = f"imports {module}, which no package declared or known here brings."
                yield Problem(place, problem, _remedy(module), "import-undeclared", "warning")


def _names_in(specs: Iterable[str]) -> Iterator[str]:
    """The names that Conda's MatchSpecs begin with, channels left out."""
    return (canonicalize_name(match[1]) for spec in specs if (match := _SPEC.match(spec)))


def _remedy(module: str) -> str:
    if package := package_of(module):
        return f"Declare {package}, which brings it, then run `passerelle lock`."
    near = similar_names(module)
    if canonicalize_name(module) in near:
        return f"Declare {module}, if that is the package that brings it, then run `passerelle lock`."
    guess = f"; did you mean {' or '.join(near)}?" if near else "."
    return f"Declare the package that brings {module}, then run `passerelle lock`{guess}"
