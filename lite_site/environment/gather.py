"""Finding browser wheels on the Python index, and theirs, once: what a pin is made of."""

import hashlib
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from lite_site.environment.requirements import applies
from lite_site.environment.wheels import Wheel, WheelEntry, wheel_of
from lite_site.problems import BuildError, Problem
from lite_site.runtime import pip
from lite_site.runtime.licences import UNKNOWN, licence_in, read_metadata

TIMEOUT = 600.0
"""Seconds for one round of downloads."""

HandWritten = Mapping[str, WheelEntry]
"""Earlier entries by name, whose `also` and `without` are kept."""


@dataclass
class Gathering:
    """A search that goes on until every dependency is either settled, found or lost.

    `settled` are the wheels that need no search; `preferred` gives a version to take for a name, if any.
    `lost` says by name what the index doesn't have; `conflicts` by (who asks, package) whose version won't do.
    """

    settled: Mapping[str, Wheel]
    earlier: HandWritten = field(default_factory=dict)
    preferred: Callable[[str], str | None] = lambda _: None
    run: pip.Downloader = field(default_factory=lambda: pip.Pip().download)
    found: dict[str, WheelEntry] = field(default_factory=dict)
    asked: dict[str, list[tuple[Requirement, str]]] = field(default_factory=dict)
    lost: dict[str, Problem] = field(default_factory=dict)
    conflicts: dict[tuple[str, str], Problem] = field(default_factory=dict)

    def gather(self, wishes: Sequence[Requirement], place: str) -> tuple[WheelEntry, ...]:
        """Follow the wishes to their last dependency; `BuildError` holds all that couldn't be found."""
        self.search((wish, place) for wish in wishes)
        problems = [*self.lost.values(), *self.conflicts.values()]
        if problems:
            raise BuildError(problems)
        return tuple(self.found[name] for name in sorted(self.found))

    def search(self, wishes: Iterable[tuple[Requirement, str]]) -> None:
        """Follow wishes, each with who asks, as far as there is something; `BuildError` if the index can't be asked."""
        for wish, place in wishes:
            self._ask(wish, place)
        while waiting := sorted(set(self.asked) - set(self.settled) - set(self.found) - set(self.lost)):
            self._round(waiting)
        self._check_versions()

    def _ask(self, requirement: Requirement, by: str) -> None:
        if applies(requirement):
            self.asked.setdefault(canonicalize_name(requirement.name), []).append((requirement, by))

    def _round(self, waiting: Sequence[str]) -> None:
        """Download these, or learn which of them the index doesn't have."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            ended = self.run([self._line(asked) for asked in waiting], pip.BROWSER_TAGS, folder, TIMEOUT)
            if ended.outcome == "done":
                for wheel in sorted(folder.glob("*.whl")):
                    self._keep(wheel)
                missing = set(waiting) - set(self.found)
            elif ended.outcome == "absent":
                complained_of: set[str] = {canonicalize_name(project) for project in ended.blamed}
                missing = complained_of & set(waiting) or set(waiting)
            else:
                raise BuildError([_unreachable(waiting, ended.words)])
        words = ended.words or "gave another"
        self.lost |= {project: _not_found(project, self.asked[project][0][1], words) for project in missing}

    def _line(self, name: str) -> str:
        version = self.preferred(name)
        specifiers = [requirement.specifier for requirement, _ in self.asked[name]]
        if version and all(specifier.contains(version, prereleases=True) for specifier in specifiers):
            return f"{name}=={version}"
        return name + ",".join(sorted({str(specifier) for specifier in specifiers} - {""}))

    def _keep(self, wheel: Path) -> None:
        metadata = read_metadata(wheel)
        name = canonicalize_name(metadata["Name"])
        needed = [Requirement(line) for line in metadata.get_all("Requires-Dist", []) if _is_valid(line)]
        entry = WheelEntry(
            name=name,
            version=metadata["Version"],
            file=wheel.name,
            sha256=hashlib.sha256(wheel.read_bytes()).hexdigest(),
            depends=sorted({canonicalize_name(requirement.name) for requirement in needed if applies(requirement)}),
            imports=modules_in(wheel),
        )
        licence = licence_in(metadata)
        if licence != UNKNOWN:
            entry["licence"] = licence
        by_hand = self.earlier.get(name, WheelEntry())
        for key in ("also", "without"):
            if key in by_hand:
                entry[key] = by_hand[key]
        self.found[name] = entry
        followed = set(wheel_of(entry).depends)
        for requirement in needed:
            if canonicalize_name(requirement.name) in followed:
                self._ask(requirement, name)
        for extra in entry.get("also", []):
            self._ask(Requirement(extra), name)

    def _check_versions(self) -> None:
        """Versions are taken as they come, without going back: a conflict is said, not solved."""
        for name, asked in sorted(self.asked.items()):
            version = self.settled[name].version if name in self.settled else self.found.get(name, {}).get("version")
            for requirement, by in asked:
                if version and not requirement.specifier.contains(version, prereleases=True):
                    self.conflicts[by, name] = Problem(
                        by,
                        f'"{requirement}" is asked for, and the browser would have {name} {version}.',
                        "Ask for a version of the package that goes with it.",
                        "package-version",
                    )


def modules_in(wheel: Path) -> list[str]:
    """List a wheel's top-level modules: what its `top_level.txt` says, else the names it unpacks to."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        for name in names:
            if name.endswith(".dist-info/top_level.txt"):
                return sorted(set(archive.read(name).decode().split()))
    modules = set()
    for name in names:
        top, _, rest = name.partition("/")
        if rest.endswith(".py") and not top.endswith((".dist-info", ".data")):
            modules.add(top)
        elif not rest and top.endswith((".py", ".so")):
            modules.add(top.partition(".")[0])
    return sorted(modules)


def _is_valid(line: str) -> bool:
    try:
        Requirement(line)
    except InvalidRequirement:
        return False
    return True


def _not_found(name: str, by: str, words: str) -> Problem:
    return Problem(
        by,
        f"{name} can't be had for the browser: the Python package index {words}.",
        "A browser loads pure-Python wheels and those built for Pyodide: choose another package or version.",
        "package-unknown",
    )


def _unreachable(names: Sequence[str], words: str) -> Problem:
    return Problem(
        ", ".join(names),
        f"The packages can't be looked up: the Python package index {words}.",
        "Check the network and pip's configuration, then run it again.",
        "runtime-unreachable",
    )
