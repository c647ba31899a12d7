"""What a lock means for a course as it now is: what is settled, where it fell behind, where the sides differ."""

from collections.abc import Collection, Iterable, Iterator

from lite_site.courses.model import Course, Wanted
from lite_site.environment.catalogue import Catalogue, catalogue, kernel_names
from lite_site.environment.course_lock import LOCK_NAME, catalogue_of
from lite_site.environment.lock_text import CourseLock
from lite_site.environment.requirements import Wish, applies_on_server, parse_wish
from lite_site.environment.server.differences import Difference, differences
from lite_site.problems import Problem


def compare_sides(lock: CourseLock, named: Collection[str]) -> tuple[Difference, ...]:
    """Where browser and server differ in the packages `named`, what the browser's kernel brings included."""
    tables = catalogue().by_name
    return differences([*(tables[name] for name in kernel_names(tables)), *lock.wheels], lock.server, named)


def wanted_in_browser(course: Course, lock: CourseLock | None, known: Catalogue) -> Iterator[Wanted]:
    """What a course declares, but for what its lock knows to be for the server only."""
    locked = {wheel.name for wheel in lock.wheels} | kernel_names(known.by_name) if lock else set[str]()
    settled = set(lock.declared) if lock else set[str]()
    for wanted in course.declaration.packages:
        wish = parse_wish(wanted.requirement, wanted.place)
        if wanted.requirement in settled and not isinstance(wish, Problem):
            wheel = known.get(wish.name)
            if wish.name not in locked or wheel is None or not _suits(wish, wheel.version):
                continue
        yield wanted


def _suits(wish: Wish, version: str) -> bool:
    return wish.accepts(version) or wish.is_pin_beside(version)


def lock_problems(course: Course, lock: CourseLock, imported: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """Where the course has moved on since it was locked; `imported` are its packages, each with the place."""
    if not lock.pyodide:
        return
    stale = list(_stale(course, lock))
    yield from stale
    declared = set(course.packages) == set(lock.declared) and _same_besides(course, lock)
    if not declared and not stale:
        yield _behind(course, f"The declaration changed since the lock was made: {_difference(course, lock)}.")
    known = catalogue_of(lock)
    own = {wheel.name for wheel in lock.wheels} | kernel_names(known.by_name)
    missing = {name: place for name, place in imported if name not in own}
    if missing:
        names = ", ".join(sorted(missing))
        it = "it comes" if len(missing) == 1 else "they come"
        yield _behind(course, f"The lock doesn't hold {names}, which lessons import: {it} from this release's tables.")


def _stale(course: Course, lock: CourseLock) -> Iterator[Problem]:
    """A requirement that the locked version doesn't meet."""
    versions = {wheel.name: wheel.version for wheel in lock.wheels}
    versions |= {package.name: package.version for package in lock.server}
    for wanted in course.declaration.packages:
        wish = parse_wish(wanted.requirement, wanted.place)
        if isinstance(wish, Wish) and wish.name in versions and _is_unmet(wish, versions[wish.name], lock.python):
            yield Problem(
                wanted.place,
                f'"{wish.text}" is asked for, and environment.lock holds {wish.name} {versions[wish.name]}.',
                f"Run `passerelle lock {course.folder.name}`, or ask for what is locked.",
                "lock-stale",
            )


def _is_unmet(wish: Wish, version: str, python: str) -> bool:
    return applies_on_server(wish.requirement, python) and not wish.accepts(version)


def _same_besides(course: Course, lock: CourseLock) -> bool:
    declaration = course.declaration
    same_python = declaration.python in {None, lock.python}
    same_conda = {wanted.requirement for wanted in declaration.conda} == set(lock.conda)
    return same_python and same_conda and declaration.channels == lock.channels


def _difference(course: Course, lock: CourseLock) -> str:
    declaration = course.declaration
    now = {*course.packages, *(wanted.requirement for wanted in declaration.conda)}
    then = {*lock.declared, *lock.conda}
    parts = [f"it now asks for {_names(now - then)}"] if now - then else []
    parts += [f"no longer for {_names(then - now)}"] if then - now else []
    if declaration.python not in {None, lock.python}:
        parts.append(f"Python {declaration.python} instead of {lock.python}")
    if declaration.channels != lock.channels:
        parts.append("it names other Conda channels")
    return ", ".join(parts)


def _names(texts: set[str]) -> str:
    return ", ".join(sorted(texts))


def _behind(course: Course, problem: str) -> Problem:
    remedy = f"Run `passerelle lock {course.folder.name}`, and commit {LOCK_NAME}."
    return Problem(_place(course), problem, remedy, "lock-behind", "warning")


def _place(course: Course) -> str:
    return str(course.folder / LOCK_NAME)
