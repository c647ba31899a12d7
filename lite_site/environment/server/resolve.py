"""The server's environment: versions for CPython on Linux that go together, the browser's wherever they fit."""

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from lite_site.courses.model import Wanted
from lite_site.environment.requirements import Wish, parse_wish
from lite_site.environment.server.diagnose import find_sources, problems_in
from lite_site.environment.server.keep import together_keeping
from lite_site.environment.server.notes import notes_on
from lite_site.environment.server.package import ServerPackage
from lite_site.environment.server.search import KERNEL, KERNEL_PLACE, Search, ServerWish, versions_in
from lite_site.problems import BuildError, Problem
from lite_site.runtime.uv import Compiler, Uv

_PYTHON = re.compile(r"3\.([6-9]|[1-9]\d)(\.\d{1,2})?")
_VIA = re.compile(r"^\s+#(?: via)?\s+(.+)$")


@dataclass(frozen=True, slots=True)
class ServerResolution:
    """What the server installs, by name; `notes` are what the teacher may want to know although it was found."""

    packages: tuple[ServerPackage, ...]
    python: str
    notes: tuple[Problem, ...] = ()


def resolve_server(
    wishes: Sequence[Wanted],
    python: str,
    prefer: Mapping[str, str],
    earlier: Sequence[ServerPackage] = (),
    *,
    run: Compiler | None = None,
) -> ServerResolution:
    """Find one version of each package wished for and of all they need; `BuildError` holds every problem.

    `python` is CPython's version ("3.11"); `prefer` gives the browser's versions by PEP 503 name; `earlier` is
    what is locked already and stays where it fits. Wheels are taken; a package that has none comes as source.
    """
    if not _PYTHON.fullmatch(python):
        raise BuildError([_bad_python(python)])
    asked, problems = read_wishes(wishes)
    preferred: dict[str, str] = {canonicalize_name(name): version for name, version in prefer.items()}
    preferred.pop(KERNEL, None)  # the browser's is a stand-in of the same name
    preferred |= {package.name: package.version for package in earlier}
    search = Search(run or Uv().compile, python, preferred)
    try:
        found = _find(search, asked)
    except BuildError as error:
        raise BuildError([*problems, *error.problems]) from error
    if any(problem.severity == "error" for problem in problems):
        raise BuildError(problems)
    notes = tuple(sorted({*problems, *notes_on(search, asked, found)}))
    if any(note.severity == "error" for note in notes):
        raise BuildError(notes)
    return ServerResolution(found, python, notes)


def read_wishes(wishes: Sequence[Wanted]) -> tuple[tuple[ServerWish, ...], tuple[Problem, ...]]:
    """What to ask for, the kernel included, and what is wrong with the rest; Python's own modules need no asking."""
    asked: dict[ServerWish, None] = {}
    problems = []
    for wanted in wishes:
        wish = parse_wish(wanted.requirement, wanted.place)
        if isinstance(wish, Problem):
            problems.append(wish)
        elif wish.name == "python":
            problems.append(_python_itself(wanted.place))
        elif wish.name.replace("-", "_") in sys.stdlib_module_names:
            problems.append(_built_in(wish, wanted.place))
        else:
            asked[ServerWish(wish.name, str(wish.requirement), wanted.place)] = None
    if all(wish.name != KERNEL for wish in asked):
        asked[ServerWish(KERNEL, KERNEL, KERNEL_PLACE)] = None
    return tuple(asked), tuple(problems)


def _find(search: Search, wishes: Sequence[ServerWish]) -> tuple[ServerPackage, ...]:
    ended = together_keeping(search, wishes)
    if ended.outcome == "unsatisfiable":
        ended = find_sources(search, wishes, ended)
    if ended.outcome != "done":
        raise BuildError(problems_in(search, wishes, ended))
    pins = dict(versions_in(ended.text))
    hashes = dict(_hashes_in(search.files(pins)))
    if bare := sorted(name for name in pins if not hashes.get(name)):
        raise BuildError([_no_hash(name, search.place) for name in bare])
    needed_by = _reasons_in(ended.text)
    return tuple(
        ServerPackage(name, pins[name], tuple(sorted(hashes[name])), needed_by.get(name, ())) for name in sorted(pins)
    )


def _hashes_in(pylock: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The sha256 of each package's wheels, of its source where it has none (PEP 751)."""
    for package in tomllib.loads(pylock).get("packages", ()):
        files = package.get("wheels") or [package[kind] for kind in ("sdist", "archive") if kind in package]
        digests = (file.get("hashes", {}).get("sha256") for file in files)
        yield canonicalize_name(package["name"]), tuple(digest for digest in digests if digest)


def _reasons_in(text: str) -> dict[str, tuple[str, ...]]:
    """Which packages need each, from uv's `# via` comments; the wishes themselves aren't told."""
    reasons: dict[str, set[str]] = {}
    name = ""
    for line in text.splitlines():
        if line and not line.startswith((" ", "#")):
            name = canonicalize_name(line.partition("==")[0].partition("[")[0])
        elif (match := _VIA.match(line)) and not match[1].startswith("-") and match[1] != "via":
            reasons.setdefault(name, set()).add(_name_of(match[1]))
    return {name: tuple(sorted(names)) for name, names in reasons.items()}


def _name_of(text: str) -> str:
    try:
        return canonicalize_name(Requirement(text).name)
    except InvalidRequirement:
        return text


def _built_in(wish: Wish, place: str) -> Problem:
    return Problem(
        place,
        f"{wish.name} comes with Python; it needs no package.",
        "Take it out of the packages.",
        "package-built-in",
        "warning",
    )


def _python_itself(place: str) -> Problem:
    return Problem(
        place,
        "Python itself is no package.",
        "Take it out; the version goes into runtime.txt (python-3.12) or environment.yml (python=3.12).",
        "package-python",
    )


def _bad_python(python: str) -> Problem:
    return Problem(
        "environment.lock",
        f'"{python}" is not a version of Python 3 that a server can be prepared for.',
        'Write two numbers, such as "3.12".',
        "server-python",
    )


def _no_hash(name: str, place: str) -> Problem:
    return Problem(
        place,
        f"The Python package index gives no sha256 for {name}.",
        "Ask those who run the index to publish hashes, or take the package from another.",
        "package-no-hash",
    )
