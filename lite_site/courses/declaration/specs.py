"""Conda's specifications sorted: what pip can install, what only Conda has, and which Python."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lite_site.courses.declaration.matchspec import MatchSpec, parse_spec, pip_versions
from lite_site.courses.declaration.names import is_plumbing, is_server_own, pypi_name
from lite_site.courses.declaration.python import python_for
from lite_site.courses.model import Wanted
from lite_site.problems import Problem

_FROM_PYPI = "pypi"


@dataclass(slots=True)
class Sorted:
    """What a list of specifications comes to."""

    packages: list[Wanted] = field(default_factory=list)
    conda: list[Wanted] = field(default_factory=list)
    python: str | None = None
    problems: list[Problem] = field(default_factory=list)


def sort_specs(wanted: Iterable[Wanted]) -> Sorted:
    """The specifications, each with its place, sorted; a build is dropped, with one warning for all."""
    result, built = Sorted(), list[tuple[MatchSpec, str]]()
    for one in wanted:
        spec = parse_spec(one.requirement)
        if spec is None:
            result.problems.append(_malformed(one))
            continue
        if spec.build and not spec.build.startswith(_FROM_PYPI) and spec.build != "*":
            built.append((spec, one.place))
        if spec.name == "python":
            result.python = result.python or _python(spec, one, result.problems)
        elif not is_plumbing(spec.name) and not is_server_own(spec.name):
            _add(spec, one, result)
    result.problems.extend(_builds(built))
    return result


def _add(spec: MatchSpec, one: Wanted, result: Sorted) -> None:
    name = spec.name if spec.build.startswith(_FROM_PYPI) else pypi_name(spec.name)
    if name is None:
        result.conda.append(Wanted(str(spec), one.place))
        return
    versions = pip_versions(spec.version)
    if versions is None:
        result.problems.append(
            Problem(
                one.place,
                f"pip has no way to ask for “{spec.version}” of “{spec.name}”, so any version will do.",
                f'Write it as a range, such as "{spec.name}>=1.2,<2".',
                "declaration-version",
                "warning",
            )
        )
    result.packages.append(Wanted(f"{name}{versions or ''}", one.place))


def _python(spec: MatchSpec, one: Wanted, problems: list[Problem]) -> str | None:
    if not spec.version:
        return None
    versions = pip_versions(spec.version)
    version = None if versions is None else python_for(versions)
    if version is None:
        problems.append(no_python(spec.version, one.place))
    return version


def no_python(asked: str, place: str) -> Problem:
    """The warning that no Python 3 is what the declaration asks for."""
    return Problem(
        place,
        f"No Python that Passerelle can offer is “{asked[:80]}”, so the server has its usual one.",
        'Ask for a version of Python 3, such as "3.12".',
        "declaration-python",
        "warning",
    )


def _malformed(one: Wanted) -> Problem:
    return Problem(
        one.place,
        f"“{one.requirement[:80]}” isn't a package as Conda writes it.",
        'Write a name, with versions if they matter: "numpy", "numpy=2.1" or "numpy>=2".',
        "declaration-line",
    )


def _builds(built: list[tuple[MatchSpec, str]]) -> Iterator[Problem]:
    if built:
        spec, place = built[0]
        others = f" and {len(built) - 1} more" if len(built) > 1 else ""
        yield Problem(
            place,
            f"“{spec.name}”{others} ask for one build (“{spec.build}”), which other computers may not have."
            if others
            else f"“{spec.name}” asks for one build (“{spec.build}”), which other computers may not have.",
            "The version alone is kept; `conda env export --no-builds` writes no builds.",
            "declaration-build",
            "warning",
        )
