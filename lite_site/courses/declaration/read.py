"""A course's one declaration, from whichever file its teacher has: course.toml, Conda's, pip's, a project's."""

import os
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from lite_site.courses.declaration.binder import (
    INSTEAD,
    NOT_READ,
    NOT_RUN,
    problems_beside,
    read_runtime,
    read_system,
    system_told,
)
from lite_site.courses.declaration.conda import read_environment
from lite_site.courses.declaration.part import Part, Reader, abridged
from lite_site.courses.declaration.pyproject import read_pyproject
from lite_site.courses.declaration.requirements import read_requirements
from lite_site.courses.model import Declaration, Wanted
from lite_site.problems import Problem

_FOLDERS = ("binder", ".binder", "")
_READERS: tuple[tuple[str, Reader], ...] = (
    ("environment.yml", read_environment),
    ("environment.yaml", read_environment),
    ("requirements.txt", read_requirements),
    ("pyproject.toml", read_pyproject),
)
_NAMED = 3


@dataclass(frozen=True, slots=True)
class _Shelf:
    """A folder that may hold a declaration, itself or in its Binder folder; nothing outside `outermost` is read."""

    folder: Path
    place: str
    outermost: Path

    def parts(self) -> list[Part]:
        """What each file that declares packages says, the one that counts first (repo2docker's order)."""
        found = (
            reader(path, place, self.outermost)
            for folder in _FOLDERS
            for name, reader in _READERS
            for path, place in self._file(folder, name)
        )
        return [part for part in found if part is not None]

    def first(self, name: str) -> list[tuple[Path, str]]:
        """The file of that name and its place, if there is one."""
        return [file for folder in _FOLDERS for file in self._file(folder, name)][:1]

    def beside(self) -> dict[str, str]:
        """The files Binder would run or read and Passerelle doesn't: name to place."""
        found = {name: self.first(name) for name in (*NOT_RUN, *NOT_READ, *INSTEAD)}
        return {name: files[0][1] for name, files in found.items() if files and _is_meant(name, files[0][0])}

    def _file(self, folder: str, name: str) -> list[tuple[Path, str]]:
        path = self.folder / folder / name
        place = f"{self.place}/{folder}/{name}" if folder else f"{self.place}/{name}"
        return [(path, place)] if os.path.isfile(path) else []  # noqa: PTH113 (False where we may not look)


def read_declaration(
    folder: Path, place: str, packages: tuple[Wanted, ...] | None, root: Path | None
) -> tuple[Declaration, list[Problem]]:
    """What the course in `folder`, known as `place`, declares, and every fault of it.

    `packages` are those of course.toml, which then is the declaration, None where the key is left out; `root` is the
    contents folder that holds the course: its files speak for the courses that have none. Nothing is run.
    """
    outermost = root or folder
    shelves = [_Shelf(folder, place, outermost)]
    if root is not None:
        shelves.append(_Shelf(root, place.rpartition("/")[0] or ".", outermost))
    parts: list[Part] = [] if packages is None else [Part(f"{place}/course.toml", packages)]
    heard: list[_Shelf] = []
    for shelf in shelves:
        if not parts or not heard:
            heard.append(shelf)
            parts.extend(shelf.parts())
    chosen, *others = parts or [Part("")]
    problems = [*chosen.problems, *(problem for other in others for problem in _ignored(other, chosen))]
    declaration = _declaration(chosen, heard, problems)
    return declaration, list(abridged(problems))


def _declaration(chosen: Part, heard: list[_Shelf], problems: list[Problem]) -> Declaration:
    source, python, system = chosen.source, chosen.python, list[Wanted]()
    for shelf in heard:
        for path, place in shelf.first("apt.txt"):
            wanted, faults = read_system(path, place, shelf.outermost)
            system.extend(wanted)
            problems.extend((*faults, *system_told(wanted)))
            source = source or place
        for path, place in shelf.first("runtime.txt"):
            version, faults = read_runtime(path, place, shelf.outermost)
            python = python or version
            problems.extend(faults)
        problems.extend(problems_beside(shelf.beside(), is_read=bool(chosen.source)))
    return Declaration(
        source,
        packages=_once(chosen.packages),
        conda=_once(chosen.conda),
        channels=chosen.channels,
        system=_once(system),
        python=python,
    )


def _ignored(other: Part, chosen: Part) -> list[Problem]:
    """A warning where a file that doesn't count names packages that the one that does leaves out."""
    known = {_name(one) for one in (*chosen.packages, *chosen.conda)}
    missing = dict.fromkeys(_name(one) for one in (*other.packages, *other.conda) if _name(one) not in known)
    if not missing or any(problem.severity == "error" for problem in chosen.problems):
        return []
    first, more = list(missing)[:_NAMED], len(missing) - _NAMED
    named = ", ".join(f"“{name}”" for name in first) + (f" and {more} more" if more > 0 else "")
    chief = chosen.source.rpartition("/")[2]
    problem = f"It names {named}, but {chief} is what counts for this course."
    remedy = f"Name them in {chief} if the lessons need them."
    return [Problem(other.source, problem, remedy, "declaration-ignored", "warning")]


def _name(one: Wanted) -> str:
    try:
        return canonicalize_name(Requirement(one.requirement).name)
    except InvalidRequirement:  # Conda's own, or a mistake reported elsewhere
        return one.requirement.rpartition("::")[2].partition("=")[0]


def _once(wanted: tuple[Wanted, ...] | list[Wanted]) -> tuple[Wanted, ...]:
    """Without those that say the same a second time."""
    first: dict[str, Wanted] = {}
    for one in wanted:
        first.setdefault(one.requirement, one)
    return tuple(first.values())


def _is_meant(name: str, path: Path) -> bool:
    """Whether the file is Binder's: `start` is a word like any other unless a script bears it."""
    if name != "start":
        return True
    try:
        with path.open("rb") as file:
            return file.read(2) == b"#!"
    except OSError:
        return False
