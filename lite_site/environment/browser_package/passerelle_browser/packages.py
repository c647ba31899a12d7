"""pip and Conda in a cell: a need of the lesson, met with what the course hosts; never an error, as in Jupyter.

The packages are loaded before the cell runs, since loading takes a wait that a plain call can't have;
the command itself then says what there is.
"""

import re
import shlex
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

import pyodide_js
from pyodide.ffi import can_run_sync, run_sync

from .sentences import say

INSTALLS = re.compile(r"\b(?:pip3?|(?:micro)?(?:conda|mamba))\b['\",\s]+install\b(.*)")
COMMAND = re.compile(
    r"\s*(?:\S+\s+-m\s+)?(?:\S*/|uv\s+)?(pip3?(?:\.\d+)?|(?:micro)?(?:conda|mamba))(?:\s+(.*))?$", re.DOTALL
)
REST_OF_LINE = re.compile(r"\s+(?:[|;&]|\d?>).*|;.*|&&.*", re.DOTALL)
NAME = re.compile(r"([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*((?:[=<>!~;@].*)?)$")
VERSION = re.compile(r"(===|==|~=|!=|<=|>=|<|>|=)\s*([\w.*+!-]+)")
LISTS = ("-r", "--requirement")
VALUED = frozenset((
    "-c", "--constraint", "-i", "--index-url", "--extra-index-url", "-f", "--find-links", "-t", "--target", "--prefix",
    "--channel", "-n", "--name", "-p", "--proxy", "--trusted-host", "--root", "--timeout", "--progress-bar",
    "--upgrade-strategy", "--src", "--cache-dir", "--platform", "--only-binary", "--no-binary",
))  # fmt: skip

Write = Callable[[str], object]


@cache
def hosted() -> dict[str, dict[str, object]]:
    """The packages of the course's lock by name, as Pyodide reads it (version, imports, ...)."""
    return pyodide_js.lockfile.packages.to_py()


def found_in_course(name: str) -> str | None:
    """The hosted package of this name, or that brings a module of this name."""
    plain = re.sub(r"[-_.]+", "-", name).lower()
    if plain in hosted():
        return plain
    return next((package for package, entry in hosted().items() if name in entry["imports"]), None)


async def load_installed(cell: str) -> None:
    """Load the hosted packages that a cell's pip commands name."""
    words = [word for found in INSTALLS.finditer(cell) for word in re.findall(r"[^\s'\",\[\]()]+", found[1])]
    if names := [package for name, _ in requirements_in(words) if (package := found_in_course(name))]:
        await pyodide_js.loadPackage(names)


def run_pip(command: str, write: Write) -> int | None:
    """Do a pip or Conda command; its exit status, None where it is something else."""
    asked = COMMAND.match(command)
    if not asked:
        return None
    line = REST_OF_LINE.sub("", f" {asked[2] or ''}")
    try:
        words = shlex.split(line, comments=True)
    except ValueError:
        words = line.split()
    action = next((word for word in words if not word.startswith("-")), "")
    rest = words[words.index(action) + 1 :] if action else []
    if action == "install":
        return install(rest, write)
    if action in {"list", "freeze"}:
        return list_loaded(write, frozen=action == "freeze")
    if action == "show":
        return show([word for word in rest if not word.startswith("-")], write)
    write(say("settled", f"{asked[1]} {' '.join(words)}".strip()) + "\n")
    return 0


def install(words: Iterable[str], write: Write) -> int:
    """Say of each package asked for whether it is here."""
    late: list[str] = []
    for name, wish in requirements_in(words):
        if wish is None:
            write(say("no-list", name) + "\n")
        elif package := found_in_course(name):
            version = str(hosted()[package]["version"])
            write(
                say("here" if satisfies(version, wish) else "other-version", package, version=version, asked=wish)
                + "\n"
            )
            late.append(package)
        else:
            write(say("not-hosted", name) + "\n")
    if late := [package for package in late if package not in pyodide_js.loadedPackages.to_py()]:
        loading = pyodide_js.loadPackage(late)
        if can_run_sync():
            run_sync(loading)
    return 0


def requirements_in(words: Iterable[str]) -> Iterator[tuple[str, str | None]]:
    """Names with the versions asked for, from a command's words and the lists it names; None for a list not there."""
    waiting = list(words)
    while waiting:
        word = waiting.pop(0)
        name, equals, value = word.partition("=")
        if name in LISTS or (name.startswith("-r") and not name.startswith("--")):
            file = value if equals else word[2:] if name not in LISTS else waiting.pop(0) if waiting else ""
            yield from requirements_of(Path(file))
        elif word in VALUED:
            waiting[:1] = []
        elif not word.startswith("-"):
            found = NAME.match(word)
            yield (found[1], found[2].partition(";")[0].strip()) if found else (word, "")


def requirements_of(file: Path) -> Iterator[tuple[str, str | None]]:
    """What a requirements file asks for."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        yield str(file), None
        return
    for line in lines:
        plain = re.sub(r"(?:^|\s)#.*", "", line).strip()
        if plain.startswith("-r"):
            yield from requirements_of(file.parent / plain[2:].strip())
        elif plain and not plain.startswith("-"):
            yield from requirements_in([plain])


def satisfies(version: str, wish: str) -> bool:
    """Whether a version is one of those asked for; what can't be read asks for nothing."""
    return all(compares(version, sign, asked) for sign, asked in VERSION.findall(wish))


def compares(version: str, sign: str, asked: str) -> bool:
    """One comparison of PEP 440, by the numbers alone."""
    has, wants = numbers(version), numbers(asked)
    if sign in {"==", "===", "=", "!="}:
        same = has[: len(wants)] == wants if asked.endswith("*") or sign == "=" else trimmed(has) == trimmed(wants)
        return same != (sign == "!=")
    if sign == "~=":
        return has >= wants and has[: len(wants) - 1] == wants[:-1]
    order = (trimmed(has) > trimmed(wants)) - (trimmed(has) < trimmed(wants))
    return order in {"<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (0, 1)}[sign]


def numbers(version: str) -> tuple[int, ...]:
    """The release numbers of a version."""
    release = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(int(number) for number in release[0].split(".")) if release else ()


def trimmed(release: tuple[int, ...]) -> tuple[int, ...]:
    """Without zeros at the end: 1.20 is 1.20.0."""
    while release and release[-1] == 0:
        release = release[:-1]
    return release


def list_loaded(write: Write, *, frozen: bool) -> int:
    """Name the packages loaded so far, as pip does."""
    loaded = sorted({(found.metadata["Name"], found.version) for found in metadata.distributions()})
    if frozen:
        for name, version in loaded:
            write(f"{name}=={version}\n")
        return 0
    width = max((len(name) for name, _ in loaded), default=7)
    write(f"{'Package':{width}} Version\n{'-' * width} -------\n")
    for name, version in loaded:
        write(f"{name:{width}} {version}\n")
    return 0


def show(names: Iterable[str], write: Write) -> int:
    """Tell about loaded packages."""
    status = 0
    for name in names:
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            write(say("not-loaded", name) + "\n")
            status = 1
            continue
        for key in ("Name", "Version", "Summary", "Home-page", "License"):
            if about[key]:
                write(f"{key}: {about[key]}\n")
    return status
