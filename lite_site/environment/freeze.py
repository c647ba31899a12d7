"""Making a course's lock: the browser's wheels first, then the server's packages, in the same versions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lite_site.courses.model import Declaration, Wanted
from lite_site.environment.catalogue import catalogue, kernel_names
from lite_site.environment.choose import choose_wheels
from lite_site.environment.lock_text import CourseLock
from lite_site.environment.requirements import Wish, parse_wish
from lite_site.environment.server.package import ServerPackage
from lite_site.environment.server.resolve import ServerResolution
from lite_site.environment.wheels import WheelEntry, wheel_of
from lite_site.problems import BuildError, Problem
from lite_site.runtime import pip
from lite_site.runtime.distribution import VERSION

SERVER_PYTHON = "3.11"
"""The server's Python where a course doesn't say: Debian 12's, and the oldest the browser's numpy and pandas know."""
_NAMED = 3

Resolve = Callable[[Sequence[Wanted], str, Mapping[str, str], Sequence[ServerPackage]], ServerResolution]
"""`resolve_server`: wishes, Python, versions to prefer, and the packages locked before."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a course asks to be locked: its declaration and, by package, a lesson that imports what isn't declared."""

    declaration: Declaration
    imported: Mapping[str, str]

    @property
    def declared(self) -> tuple[str, ...]:
        """The requirements, each once, in order."""
        return tuple(sorted({wanted.requirement for wanted in self.declaration.packages}))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to lock."""
        return not (self.declaration.packages or self.declaration.conda or self.imported)

    def blank(self, earlier: CourseLock | None = None) -> CourseLock:
        """The lock without its packages; a Python nobody declared stays that of the lock before."""
        return CourseLock(
            declared=self.declared,
            imported=tuple(sorted(self.imported)),
            pyodide=VERSION,
            python=self.declaration.python or (earlier and earlier.python) or SERVER_PYTHON,
            channels=self.declaration.channels,
            conda=tuple(sorted({wanted.requirement for wanted in self.declaration.conda})),
        )

    def is_answered_by(self, lock: CourseLock) -> bool:
        """Whether a lock was made for just this, and lacks nothing."""
        made_for = CourseLock(lock.declared, lock.imported, lock.pyodide, lock.python, lock.channels, lock.conda)
        known = catalogue(lock.wheels).by_name
        closed = all(needed in known for wheel in lock.wheels for needed in wheel.depends)
        return made_for == self.blank(lock) and closed and bool(lock.server)


@dataclass(frozen=True, slots=True)
class Doors:
    """The two programs that ask the indexes."""

    download: pip.Downloader
    resolve: Resolve


def freeze(
    asked: Asked, earlier: CourseLock | None, doors: Doors, *, upgrade: bool
) -> tuple[CourseLock, list[Problem]]:
    """Look everything up; versions locked earlier are kept where they will do, unless `upgrade`.

    Returns the lock and remarks on it; `BuildError` holds requirements that nobody can meet.
    """
    before = earlier or CourseLock()
    kept = CourseLock() if upgrade else before
    wishes = _parse(asked.declaration.packages)
    side = choose_wheels(wishes, asked.imported, before.browser, keep=not upgrade, run=doors.download)
    blank = asked.blank(kept)
    wanted = [*asked.declaration.packages, *_besides(asked)]
    solved = doors.resolve(wanted, blank.python, _versions_of(side.entries), kept.server)
    known = {(package.name, package.version): package.sha256 for package in kept.server}
    server = (replace(one, sha256=known.get((one.name, one.version), one.sha256)) for one in solved.packages)
    lock = replace(blank, browser=side.entries, server=tuple(sorted(server)))
    return lock, [*side.refused.values(), *_condas_own(asked.declaration.conda), *solved.notes]


def _parse(packages: Sequence[Wanted]) -> list[tuple[Wish, str]]:
    parsed = [(parse_wish(wanted.requirement, wanted.place), wanted.place) for wanted in packages]
    problems = [wish for wish, _ in parsed if isinstance(wish, Problem)]
    if problems:
        raise BuildError(problems)
    return [(wish, place) for wish, place in parsed if isinstance(wish, Wish)]


def _condas_own(packages: Sequence[Wanted]) -> Iterator[Problem]:
    """A warning for what is neither the browser's nor pip's."""
    if packages:
        names = ", ".join(wanted.requirement for wanted in packages[:_NAMED])
        others = f" and {len(packages) - _NAMED} more" if len(packages) > _NAMED else ""
        yield Problem(
            packages[0].place,
            f"Only Conda has {names}{others}: neither the browser nor pip can install what it has alone.",
            "What uses it runs on the cluster, on a server made from environment.yml; requirements.txt goes without.",
            "package-server-only",
            "warning",
        )


def _besides(asked: Asked) -> list[Wanted]:
    """What lessons import and the declaration doesn't name, for the server."""
    return [Wanted(name, place) for name, place in sorted(asked.imported.items())]


def _versions_of(entries: Sequence[WheelEntry]) -> dict[str, str]:
    """The browser's versions of what PyPI knows too: the course's and the kernel's (IPython and what it needs)."""
    tables = catalogue().by_name
    wheels = [*(wheel_of(entry) for entry in entries), *(tables[name] for name in kernel_names(tables))]
    return {wheel.name: wheel.version for wheel in wheels if wheel.source in {"pypi", "pyodide"}}
