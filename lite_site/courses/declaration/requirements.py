"""pip's requirements.txt, and the files it includes."""

import os
import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from lite_site.courses.declaration.lines import LineKind, kind_of, logical_lines
from lite_site.courses.declaration.names import is_server_own
from lite_site.courses.declaration.part import Part
from lite_site.courses.declaration.specs import sort_specs
from lite_site.courses.declaration.text import lies_inside, read_text
from lite_site.courses.model import Wanted
from lite_site.problems import Problem

MOST_LINES = 5_000
_MOST_FILES = 20
_SINGLE_EQUALS = re.compile(r"^([\w.-]+)\s*=\s*([\w.*]+)$")
_CREDENTIALS = re.compile(r"(://|^)[^/@\s]*@")


@dataclass(slots=True)
class Requirements:
    """What is read so far of a requirements file; `lines` counts those of all the files it includes.

    `files` are all those read, `above` those that lead to the one being read.
    """

    outermost: Path
    packages: list[Wanted] = field(default_factory=list)
    constraints: list[Wanted] = field(default_factory=list)
    built: list[Wanted] = field(default_factory=list)
    conda: list[Wanted] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    lines: int = 0

    def read_file(self, path: Path, place: str, wanted: list[Wanted]) -> None:
        """Add what the file says to the list, and to the others what is special in it."""
        self.files.append(os.path.realpath(path))
        self.above.append(self.files[-1])
        text, problems = read_text(path, place, self.outermost)
        self.problems.extend(problems)
        lines = ((f"{place}, line {number}", line) for number, line in logical_lines(text or ""))
        self.read_lines(lines, path, place, wanted)
        self.above.pop()

    def read_lines(self, lines: Iterable[tuple[str, str]], path: Path, place: str, wanted: list[Wanted]) -> None:
        """Add what lines, each with its place, say; `path` is the file they stand in, known as `place`."""
        for where, line in lines:
            self.lines += 1
            if self.lines > MOST_LINES:
                problem = f"It has more than {MOST_LINES:,} lines with those it includes; the rest isn't read."
                remedy = "Name only the packages that the lessons import."
                self.problems.append(Problem(place, problem, remedy, "declaration-size"))
                return
            kind, value = kind_of(line)
            match kind:
                case "requirement" | "built":
                    self._add(kind, Wanted(value, where), wanted)
                case "conda":
                    self.conda.append(Wanted(value, where))
                case "include" | "constraint":
                    self._include(value, path, place, where, wanted if kind == "include" else self.constraints)
                case "quiet":
                    pass
                case _:
                    self.problems.append(_not_read(kind, value, where))

    def part(self, source: str) -> Part:
        """All that was read; a constraint counts for a package that something asks for."""
        specs = sort_specs(self.conda)
        packages = [*self.packages, *specs.packages]
        asked = {_name(one) for one in packages}
        packages += [one for one in self.constraints if _name(one) in asked]
        problems = (*self.problems, *specs.problems, *_built(self.built), *_conda_list(self.conda))
        return Part(source, tuple(packages), tuple(specs.conda), python=specs.python, problems=problems)

    def _add(self, kind: LineKind, one: Wanted, wanted: list[Wanted]) -> None:
        name = _name(one)
        if name == "python":
            problem, remedy = (
                "Python isn't a package of pip.",
                "Take the line out; a runtime.txt may say “python-3.12”.",
            )
            self.problems.append(Problem(one.place, problem, remedy, "declaration-python", "warning"))
        elif not is_server_own(name):
            wanted.append(one)
            if kind == "built":
                self.built.append(one)

    def _include(self, value: str, path: Path, place: str, where: str, wanted: list[Wanted]) -> None:
        if "://" in value:
            self.problems.append(_not_read("address", value, where))
            return
        target = path.parent / value
        real = os.path.realpath(target) if "\0" not in value else ""
        if not os.path.isfile(real):  # noqa: PTH113 (False, not an error, where we may not look)
            problem = f"There is no file “{_shown(value)}” beside {path.name}."
            self.problems.append(
                Problem(where, problem, "Correct the name, or take the line out.", "declaration-missing")
            )
        elif not lies_inside(target, self.outermost):
            problem = f"“{_shown(value)}” lies outside the folder of the course."
            remedy = "Put a copy of it beside the course's notebooks."
            self.problems.append(Problem(where, problem, remedy, "declaration-outside"))
        elif real in self.above:
            problem = f"“{_shown(value)}” includes the file that includes it."
            self.problems.append(Problem(where, problem, "Take the line out.", "declaration-cycle", "warning"))
        elif len(self.files) >= _MOST_FILES:
            problem = f"More than {_MOST_FILES} files include each other; “{_shown(value)}” isn't read."
            self.problems.append(Problem(where, problem, "Put the packages into one file.", "declaration-size"))
        elif real not in self.files:
            self.read_file(target, posixpath.normpath(posixpath.join(posixpath.dirname(place), value)), wanted)


def read_requirements(path: Path, place: str, outermost: Path) -> Part:
    """The requirements.txt at `path`, known as `place`, with those it includes from within `outermost`."""
    reading = Requirements(outermost)
    reading.read_file(path, place, reading.packages)
    return reading.part(place)


def _name(one: Wanted) -> str:
    return canonicalize_name(Requirement(one.requirement).name)


def _shown(text: str) -> str:
    """The text as a message may show it: short, without passwords."""
    return _CREDENTIALS.sub(r"\1", text)[:80]


def _not_read(kind: LineKind, value: str, where: str) -> Problem:
    if kind == "index":
        problem = f"“{value}” isn't followed: packages come from where this installation has them."
        return Problem(where, problem, "Take the line out, or leave it to pip.", "declaration-option", "warning")
    if kind == "editable" or (kind == "address" and "://" not in value):
        problem = f"“{_shown(value)}” isn't installed: it is code, not a package of an index."
        remedy = "Put its modules beside the notebooks that import them."
        return Problem(where, problem, remedy, "declaration-local", "warning")
    if kind == "address":
        problem = f"“{_shown(value)}” isn't installed: what an address brings may change or vanish."
        remedy = "Name the package as on PyPI, if it is there."
        return Problem(where, problem, remedy, "declaration-address", "warning")
    single = _SINGLE_EQUALS.match(value)
    remedy = 'Write one package a line: "pandas", "pandas>=2".'
    if single:
        remedy = f'pip has two equals signs: "{single[1]}=={single[2]}".'
    return Problem(where, f"“{_shown(value)}” isn't a package as pip writes it.", remedy, "declaration-line")


def _built(wanted: list[Wanted]) -> list[Problem]:
    if not wanted:
        return []
    name, more = Requirement(wanted[0].requirement).name, len(wanted) - 1
    problem = f"“{name}” is named by a place on the computer that wrote the list" + (
        f", as are {more} more." if more > 1 else ", as is one more." if more else "."
    )
    remedy = "Its name alone is kept; `pip list --format=freeze` writes versions in such places."
    return [Problem(wanted[0].place, problem, remedy, "declaration-local-build", "warning")]


def _conda_list(wanted: list[Wanted]) -> list[Problem]:
    if not wanted:
        return []
    problem, remedy = (
        "This is Conda's list of packages, not pip's; it is read as such.",
        "Keep an environment.yml instead: `conda env export --from-history` writes one.",
    )
    return [Problem(wanted[0].place, problem, remedy, "declaration-conda-list", "warning")]
