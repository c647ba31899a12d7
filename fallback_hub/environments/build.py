"""Builds an environment with uv in a folder beside its place; nothing is there until all of it is."""

import asyncio
import importlib.util
import os
import platform
import secrets
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fallback_hub.environments.indexes import certificates_in, read_configuration, uv_settings
from fallback_hub.environments.locking import locked
from fallback_hub.environments.programs import Run, run
from fallback_hub.environments.progress import BuildStep, step_in, tail_of
from fallback_hub.problems import HubError, Problem

Tell = Callable[[BuildStep], None]
LOCKS = ".locks"
BUILDING = ".building"


@dataclass(frozen=True, slots=True)
class Recipe:
    """An environment to make: its place is `<folder>/<name>`; `requirements` is what uv installs, "" for nothing."""

    folder: Path
    name: str
    interpreter: Path
    requirements: str = ""

    @property
    def place(self) -> Path:
        """Where the environment is once it is whole."""
        return self.folder / self.name

    @property
    def lock(self) -> Path:
        """Held by whoever builds it."""
        return self.folder / LOCKS / f"{self.name}.lock"

    @property
    def log(self) -> Path:
        """What the latest build wrote."""
        return self.folder / LOCKS / f"{self.name}.log"


class BuildFailedError(HubError):
    """The environment couldn't be made; `lines` are the last that uv wrote, without addresses."""

    def __init__(self, problem: Problem, lines: tuple[str, ...]) -> None:
        super().__init__([problem])
        self.lines = lines


async def ensure_built(recipe: Recipe, tell: Tell, fill: Callable[[Path], None] | None = None) -> Path:
    """The environment's folder, built first if it isn't there; one builder at a time, others wait and are told.

    `fill` puts further files into the folder of a new environment, in a thread of its own. A cancel, a failure or
    the builder's sudden death leave nothing at the place.
    """
    if _is_used(recipe.place):
        return recipe.place
    _make_folders(recipe.folder)
    async with locked(recipe.lock, lambda: _follow(recipe, tell)) as held:
        if not _is_used(recipe.place):
            await _sweep(recipe)
            recipe.log.write_bytes(b"")
            beside = recipe.folder / f".{recipe.name}.{secrets.token_hex(4)}{BUILDING}"
            try:
                await _build(recipe, beside, held, tell, fill)
                beside.rename(recipe.place)
            except BaseException:
                shutil.rmtree(beside, ignore_errors=True)
                raise
    return recipe.place


async def _build(recipe: Recipe, beside: Path, held: int, tell: Tell, fill: Callable[[Path], None] | None) -> None:
    uv = uv_command()
    installed = False

    def look() -> None:
        output = recipe.log.read_text(encoding="utf-8", errors="replace")
        tell(BuildStep("installing") if installed else step_in(output))

    async def do(*command: str) -> None:
        if await run(Run(command, recipe.log, recipe.folder, held), look):
            raise _failed(recipe)

    await do(*uv, "venv", "--no-config", "--relocatable", "--python", str(recipe.interpreter), *_QUIET, str(beside))
    if recipe.requirements:
        with tempfile.TemporaryDirectory() as name:
            usual, only_main = await asyncio.to_thread(_install_arguments, recipe, Path(name))
            install = (*uv, "pip", "install", "--python", str(beside / "bin/python"))
            try:
                await do(*install, *usual)
            except BuildFailedError as error:
                if "Hash mismatch" not in "".join(error.lines):
                    raise
                # Two indexes have the version, each with other files, and uv chose before it looked at the hash.
                await do(*install, *only_main)
    installed = True
    look()
    if fill:
        await asyncio.to_thread(fill, beside)
    # Not by uv: it would start the new environment's Python, and with it what packages put into .pth files.
    await do(str(recipe.interpreter), "-I", "-S", "-m", "compileall", "-q", "-j", "2", str(beside / "lib"))


_PLATFORM = ("--python-platform", "x86_64-manylinux_2_28") if platform.machine() == "x86_64" else ()
"""What `passerelle lock` chose files for."""
_QUIET = ("--no-python-downloads", "--no-progress", "--color", "never")


def _install_arguments(recipe: Recipe, folder: Path) -> tuple[list[str], list[str]]:
    """What follows `uv pip install`: with every index that pip is set up for, and with the main one alone.

    Settings travel in files: a command line is read by everybody on the machine.
    """
    configuration = read_configuration()
    (folder / "requirements.txt").write_text(recipe.requirements, encoding="utf-8")
    arguments = ["--require-hashes", "--no-deps", "--only-binary", ":all:", *_PLATFORM, *_QUIET]
    if certificates := certificates_in(configuration):
        arguments += ["--cert", certificates]
    arguments += ["--requirement", str(folder / "requirements.txt")]
    if not configuration:
        return arguments, arguments
    (folder / "usual.toml").write_text(uv_settings(configuration), encoding="utf-8")
    (folder / "main.toml").write_text(uv_settings(configuration, further=False), encoding="utf-8")
    usual, only_main = (["--config-file", str(folder / name), *arguments] for name in ("usual.toml", "main.toml"))
    return usual, only_main


def uv_command() -> tuple[str, ...]:
    """How to run uv; HubError where it isn't installed."""
    if importlib.util.find_spec("uv"):
        return (sys.executable, "-m", "uv")
    if found := shutil.which("uv"):
        return (found,)
    remedy = "Install Passerelle with its dependencies, or uv by itself (pip install uv)."
    raise HubError([Problem("this machine", "It has no uv, which installs packages.", remedy, "hub-uv-missing")])


def _failed(recipe: Recipe) -> BuildFailedError:
    lines = tail_of(recipe.log.read_text(encoding="utf-8", errors="replace"))
    why = next((line for line in reversed(lines) if line.startswith(("error:", "  cause:"))), "")
    problem = f"The environment can't be built{f': {why.strip()}' if why else ''}."
    remedy = f"Read {recipe.log}; where a package is refused, run `passerelle lock` and build the site again."
    return BuildFailedError(Problem(str(recipe.place), problem, remedy, "hub-environment-failed"), lines)


def _follow(recipe: Recipe, tell: Tell) -> None:
    """Tell how far the other builder is; a log that isn't there yet says nothing."""
    try:
        output = recipe.log.read_text(encoding="utf-8", errors="replace")
    except OSError:
        output = ""
    tell(step_in(output) if output else BuildStep("waiting"))


def _is_used(place: Path) -> bool:
    """Whether the environment is there; its time of change becomes that of its latest use."""
    try:
        os.utime(place)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except PermissionError:
        return place.is_dir()
    return True


def _make_folders(folder: Path) -> None:
    """Readable by everybody but the locks and logs, whatever the hub's umask."""
    try:
        for made in (*reversed([path for path in (folder, *folder.parents) if not path.exists()]),):
            made.mkdir(exist_ok=True)
            made.chmod(0o755)
        (folder / LOCKS).mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        remedy = "Name another folder in hub.toml (environments = …), or give the hub's user the right to write there."
        problem = Problem(str(folder), f"Can't be made ({error.strerror}).", remedy, "hub-environments-folder")
        raise HubError([problem]) from error


async def _sweep(recipe: Recipe) -> None:
    """Remove what a builder left that died at work; only the lock's holder may."""
    for left in recipe.folder.glob(f".{recipe.name}.*{BUILDING}"):
        await asyncio.to_thread(shutil.rmtree, left, ignore_errors=True)
