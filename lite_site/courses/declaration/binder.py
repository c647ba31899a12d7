"""What stands beside a declaration in a repository for Binder: read, reported, never run.

https://repo2docker.readthedocs.io/en/latest/configuration/files/
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from lite_site.courses.declaration.python import python_for
from lite_site.courses.declaration.specs import no_python
from lite_site.courses.declaration.text import read_text
from lite_site.courses.model import Wanted
from lite_site.problems import Problem

_DEBIAN_NAME = re.compile(r"^[a-z0-9][a-z0-9+.-]+(?::[a-z0-9-]+)?(?:[=/][\w.+:~-]+)?$", re.ASCII)
_RUNTIME = re.compile(r"^(python|r)-(\d[\d.]*)(?:-[\d-]+)?$", re.IGNORECASE)
_MOST = 500
_LONGEST = 100
_NAMED = 3

_RUN_NOTHING = "Passerelle runs nothing of a course when it builds"
NOT_RUN = {
    "postBuild": (
        f"It isn't run: {_RUN_NOTHING}, so what it installs or downloads will be missing.",
        "Declare the packages it installs, and put the files it makes among the course's files.",
    ),
    "start": (
        f"It isn't run: {_RUN_NOTHING}, so what it sets or starts will be missing.",
        "Do in the first cell of a lesson what the lessons need of it.",
    ),
    "Dockerfile": (
        "No image is made from it, so what it installs will be missing.",
        "Declare its Python packages in a requirements.txt, the rest in an environment.yml.",
    ),
    "default.nix": (
        f"It isn't evaluated: {_RUN_NOTHING}.",
        "Declare the packages in a requirements.txt or an environment.yml.",
    ),
}
"""Files whose meaning is in running them: what their absence means, and what to do."""
NOT_READ = {
    "install.R": (
        "It isn't run, so the R packages it installs will be missing.",
        "Name them in an environment.yml as Conda does: “- r-ggplot2”.",
    ),
    "Project.toml": ("Julia's packages aren't installed.", "Give the lessons a kernel that the cluster has."),
    "REQUIRE": ("Julia's packages aren't installed.", "Give the lessons a kernel that the cluster has."),
}
"""Files that declare what Passerelle doesn't install."""
INSTEAD = {
    "Pipfile": ("It isn't read.", "Write a requirements.txt: `pipenv requirements` prints one."),
    "setup.py": (
        f"It isn't run: {_RUN_NOTHING}, so the packages it names aren't known.",
        "List what the lessons import in a requirements.txt.",
    ),
}
"""Files that say which packages there are in a way Passerelle can't read; harmless beside one that it can."""


def read_system(path: Path, place: str, outermost: Path) -> tuple[tuple[Wanted, ...], list[Problem]]:
    """The Debian packages of the apt.txt at `path`, known as `place`."""
    text, problems = read_text(path, place, outermost)
    wanted: list[Wanted] = []
    for number, line in enumerate((text or "").splitlines(), 1):
        for name in line.partition("#")[0].split():
            where = f"{place}, line {number}"
            if len(wanted) >= _MOST:
                problem = f"It lists more than {_MOST} packages; the rest isn't read."
                return tuple(wanted), [*problems, Problem(where, problem, "Shorten it.", "declaration-size")]
            if len(name) <= _LONGEST and _DEBIAN_NAME.match(name):
                wanted.append(Wanted(name, where))
            else:
                problem, remedy = f"“{name[:80]}” isn't the name of a Debian package.", "Write one name a line."
                problems.append(Problem(where, problem, remedy, "declaration-system", "warning"))
    return tuple(wanted), problems


def system_told(wanted: Sequence[Wanted]) -> Iterator[Problem]:
    """The warning that Debian's packages aren't installed, neither in the browser nor by the server's environment."""
    if wanted:
        names = ", ".join(one.requirement for one in wanted[:_NAMED])
        others = f" and {len(wanted) - _NAMED} more" if len(wanted) > _NAMED else ""
        problem = f"Debian's packages aren't installed: {names}{others}."
        remedy = "Have them installed where the cluster's lessons run; Conda's, in an environment.yml, may do instead."
        yield Problem(wanted[0].place.partition(", ")[0], problem, remedy, "declaration-not-read", "warning")


def read_runtime(path: Path, place: str, outermost: Path) -> tuple[str | None, list[Problem]]:
    """The Python version of the runtime.txt at `path`, known as `place`; R's is reported."""
    text, problems = read_text(path, place, outermost)
    asked = (text or "").strip()
    found = _RUNTIME.match(asked) if len(asked) <= _LONGEST else None
    if found is None:
        return None, [*problems, no_python(asked, place)] if text is not None else problems
    if found[1].lower() == "r":
        problem = f"R {found[2]} isn't installed from here."
        remedy = f"Name it in an environment.yml as Conda does: “- r-base={found[2]}”."
        return None, [*problems, Problem(place, problem, remedy, "declaration-not-read", "warning")]
    try:
        python = python_for(SpecifierSet(f"=={found[2].rstrip('.')}{'' if found[2].count('.') > 1 else '.*'}"))
    except InvalidSpecifier:
        python = None
    return python, problems if python else [*problems, no_python(asked, place)]


def problems_beside(files: dict[str, str], *, is_read: bool) -> Iterator[Problem]:
    """A warning for each file, name to place, that Binder would heed and a course doesn't.

    `is_read` tells that the packages come from a file that could be read.
    """
    tables = ((NOT_RUN, "declaration-not-run"), (NOT_READ, "declaration-not-read"))
    for table, code in tables if is_read else (*tables, (INSTEAD, "declaration-not-read")):
        for name, (problem, remedy) in table.items():
            if name in files:
                yield Problem(files[name], problem, remedy, code, "warning")
