"""Which wheels a course's pages must offer: the kernel's and those its packages need, each with its hash."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from packaging.utils import canonicalize_name

from lite_site.courses.model import Wanted
from lite_site.environment.catalogue import BUILT_IN, Catalogue
from lite_site.environment.kernel import KERNEL_PACKAGES
from lite_site.environment.requirements import Wish, applies, parse_wish
from lite_site.environment.wheels import Wheel, reach
from lite_site.problems import BuildError, Problem
from lite_site.runtime.assets import Asset
from lite_site.runtime.distribution import LockPackage, PyodideLock, official_lock

KERNEL_PLACE = "every lesson (the Python kernel)"


@dataclass(frozen=True)
class BrowserLock:
    """The wheels of one course, closed under dependencies, in the order of their names.

    `wanted_by` says for each wheel's name which places need it; `warnings` are what the teacher may want
    to know although the course builds.
    """

    wheels: tuple[Wheel, ...]
    wanted_by: Mapping[str, tuple[str, ...]]
    warnings: tuple[Problem, ...] = ()

    def as_pyodide_lock(self, url_of: Callable[[Wheel], str]) -> PyodideLock:
        """Write it as Pyodide reads it; `url_of` gives each file's address, relative to the lock or not."""
        packages = {wheel.name: _lock_package(wheel, url_of(wheel)) for wheel in self.wheels}
        return PyodideLock(info=dict(sorted(official_lock()["info"].items())), packages=packages)

    def assets(self) -> tuple[Asset, ...]:
        """List the files to fetch, with the places that need them."""
        return tuple(wheel.asset(self.wanted_by.get(wheel.name, ())) for wheel in self.wheels)

    def packages_for(self, imports: Iterable[str]) -> tuple[Wheel, ...]:
        """Name the packages that a lesson's imports load, beyond the kernel's own."""
        own = {wheel.name for wheel in self.closure_of(KERNEL_PACKAGES)}
        modules = set(imports) - BUILT_IN
        return tuple(wheel for wheel in self.wheels if wheel.name not in own and modules & set(wheel.imports))

    def closure_of(self, names: Iterable[str]) -> tuple[Wheel, ...]:
        """List the wheels that come with these, themselves included; unknown names are ignored."""
        by_name = {wheel.name: wheel for wheel in self.wheels}
        reached = reach((canonicalize_name(name) for name in names), by_name)
        return tuple(wheel for wheel in self.wheels if wheel.name in reached)

    def digest_for(self, imports: Iterable[str]) -> str:
        """A sha256 over all that a lesson with these imports loads, the kernel included: what a proof holds for."""
        named = (*KERNEL_PACKAGES, *(wheel.name for wheel in self.packages_for(imports)))
        lines = (f"{wheel.name} {wheel.version} {wheel.sha256}\n" for wheel in self.closure_of(named))
        return hashlib.sha256("".join(lines).encode()).hexdigest()


def resolve(wanted: Iterable[Wanted], known: Catalogue) -> BrowserLock:
    """Find the wheels for what a course wants, as far as there are any; the lock's warnings name the rest.

    What several places want is named once for each. `BuildError` holds requirements that say nothing, and
    dependencies that `known`, the course's catalogue, doesn't have.
    """
    places: dict[str, list[str]] = {}
    for one in wanted:
        places.setdefault(one.requirement, []).append(one.place)
    asked = _Asked(known)
    for text, where in places.items():
        asked.add(text, tuple(dict.fromkeys(where)))
    asked.check_closure()
    if any(problem.severity == "error" for problem in asked.problems):
        raise BuildError(asked.problems)
    return asked.lock()


@dataclass
class _Asked:
    """The packages asked for so far, and what was wrong with the others."""

    known: Catalogue
    roots: dict[str, tuple[str, ...]] = field(
        default_factory=lambda: dict.fromkeys(map(canonicalize_name, KERNEL_PACKAGES), (KERNEL_PLACE,))
    )
    problems: list[Problem] = field(default_factory=list)
    pinned: dict[str, list[tuple[Wish, Wheel]]] = field(default_factory=dict)

    def add(self, text: str, places: Sequence[str]) -> None:
        """Take one requirement, or note why not."""
        wish = parse_wish(text, places[0])
        if isinstance(wish, Problem):
            self.problems.append(wish)
            return
        if not applies(wish.requirement):
            return
        if wish.requirement.extras:
            self.problems.append(_extras_ignored(wish, places))
        wheel = self.known.get(wish.name)
        if wheel is None:
            self.problems.append(_unknown(wish, places, self.known))
        elif wish.is_pin_beside(wheel.version):
            self.pinned.setdefault(places[0].partition(", line ")[0], []).append((wish, wheel))
            self.roots[wheel.name] = (*self.roots.get(wheel.name, ()), *places)
        elif not wish.accepts(wheel.version):
            self.problems.append(_other_version(wish, wheel, places))
        else:
            self.roots[wheel.name] = (*self.roots.get(wheel.name, ()), *places)

    def check_closure(self) -> None:
        """Note every dependency that no table knows: a course's lock made for another release."""
        for root, places in sorted(self.roots.items()):
            for name in sorted(reach([root], self.known.by_name)):
                for needed in self.known.by_name[name].depends:
                    if needed not in self.known.by_name:
                        self.problems.append(_incomplete(name, needed, places))

    def lock(self) -> BrowserLock:
        """Close the roots under their dependencies."""
        wanted: dict[str, set[str]] = {}
        for root, places in self.roots.items():
            for name in reach([root], self.known.by_name):
                wanted.setdefault(name, set()).update(places)
        wheels = tuple(sorted(self.known.by_name[name] for name in wanted))
        wanted_by = {name: tuple(sorted(wanted[name])) for name in sorted(wanted)}
        return BrowserLock(wheels, wanted_by, (*self.problems, *(_pinned(*item) for item in self.pinned.items())))


def _lock_package(wheel: Wheel, url: str) -> LockPackage:
    return LockPackage(
        depends=list(wheel.depends),
        file_name=url,
        imports=list(wheel.imports),
        install_dir=wheel.install_dir,
        name=wheel.name,
        package_type=wheel.package_type,
        sha256=wheel.sha256,
        unvendored_tests=False,
        version=wheel.version,
    )


def _unknown(wish: Wish, places: Sequence[str], known: Catalogue) -> Problem:
    if wish.name.replace("-", "_") in BUILT_IN:
        return Problem(
            places[0],
            f"{wish.name} comes with Python; it needs no package.",
            "Take it out of the packages.",
            "package-built-in",
            "warning",
        )
    providers = known.providing(wish.requirement.name)
    near = tuple(wheel.name for wheel in providers) or known.nearest(wish.name)
    guess = f"Did you mean {' or '.join(near)}? " if near else ""
    return Problem(
        places[0],
        f'"{wish.name}" is for the server only, as far as this build knows{_also(places)}.',
        f"{guess}`passerelle lock` looks it up, for the browser and the server.",
        "package-not-in-browser",
        "warning",
    )


def _other_version(wish: Wish, wheel: Wheel, places: Sequence[str]) -> Problem:
    return Problem(
        places[0],
        f'"{wish.text}" is asked for, and the browser has {wheel.name} {wheel.version}{_also(places)}.',
        f"What imports it runs on the cluster; for the browser, ask for a version that {wheel.version} satisfies.",
        "package-version",
        "warning",
    )


def _pinned(place: str, pins: Sequence[tuple[Wish, Wheel]]) -> Problem:
    told = ", ".join(f"{wheel.name} {wheel.version} instead of {wish.requirement.specifier}" for wish, wheel in pins)
    return Problem(
        place,
        f"Pinned versions that the browser doesn't have; it takes others: {told}.",
        "`passerelle prove` tells whether the lessons run with them; the server gets those that are pinned.",
        "package-pinned",
        "warning",
    )


def _incomplete(name: str, needed: str, places: Sequence[str]) -> Problem:
    return Problem(
        places[0],
        f"{name} needs {needed}, which the course's environment.lock doesn't hold.",
        "Make the lock anew: `passerelle lock --upgrade`.",
        "lock-incomplete",
    )


def _extras_ignored(wish: Wish, places: Sequence[str]) -> Problem:
    extras = ",".join(sorted(wish.requirement.extras))
    return Problem(
        places[0],
        f"The extras in {wish.name}[{extras}] are ignored.",
        "Name the packages they stand for.",
        "package-extras",
        "warning",
    )


def _also(places: Sequence[str]) -> str:
    return f" (also needed by {', '.join(places[1:])})" if len(places) > 1 else ""
