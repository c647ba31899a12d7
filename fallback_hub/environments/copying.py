"""Environments made of packages that are installed already: their files copied as their RECORDs list them."""

import hashlib
import importlib.metadata
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import NormalizedName, canonicalize_name

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
"""The Python they are installed for."""


def needed(roots: Iterable[str]) -> tuple[Distribution, ...]:
    """The installed packages of these names and all they need on this machine, by name."""
    found: dict[str, Distribution] = {}
    wanted = [(canonicalize_name(root), frozenset[str]()) for root in roots]
    seen = set(wanted)
    while wanted:
        name, extras = wanted.pop()
        try:
            found[name] = distribution = found.get(name) or importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue
        fresh = [need for need in _needs(distribution, extras) if need not in seen]
        seen.update(fresh)
        wanted += fresh
    return tuple(found[name] for name in sorted(found))


def _needs(distribution: Distribution, extras: frozenset[str]) -> Iterator[tuple[NormalizedName, frozenset[str]]]:
    for line in distribution.requires or ():
        try:
            need = Requirement(line)
        except InvalidRequirement:
            continue
        if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield canonicalize_name(need.name), frozenset(need.extras)


def copy_into(distributions: Iterable[Distribution], environment: Path) -> None:
    """Copy the packages' files into a fresh environment, readable by everybody; programs are left out."""
    library = next(environment.glob("lib/python*/site-packages"))
    for distribution in distributions:
        for file in distribution.files or ():
            target = target_of(str(file), library, environment)
            source = Path(str(distribution.locate_file(file)))
            if target is not None and source.is_file():
                copy_file(source, target)
    for part in ("lib", "share", "etc"):
        open_to_all(environment / part)


def copy_file(source: Path, target: Path) -> None:
    """With its time, and with what is compiled of it: that stays good, and compiling again takes long."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)
    if source.suffix == ".py":
        compiled = source.parent / "__pycache__" / f"{source.stem}.{sys.implementation.cache_tag}.pyc"
        if compiled.is_file():
            (target.parent / "__pycache__").mkdir(exist_ok=True)
            shutil.copy2(compiled, target.parent / "__pycache__" / compiled.name)


def open_to_all(folder: Path) -> None:
    """Let everybody read it and all in it."""
    for path in (folder, *folder.rglob("*")) if folder.is_dir() else ():
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)


def target_of(recorded: str, library: Path, environment: Path) -> Path | None:
    """Where a RECORD's path goes; None for programs, caches, and what would lie outside the environment."""
    above = re.match(r"(?:\.\./)+", recorded)
    if recorded.endswith(".pyc") or recorded.startswith("/"):
        return None
    if above is None:
        return None if ".." in Path(recorded).parts else library / recorded
    first, *rest = Path(recorded[above.end() :]).parts or ("",)
    return environment.joinpath(first, *rest) if first in ("share", "etc") and ".." not in rest else None


def digest_of(distributions: Iterable[Distribution]) -> str:
    """Other versions make another copy."""
    told = [f"{distribution.metadata['Name']}=={distribution.version}" for distribution in distributions]
    return hashlib.sha256("\n".join(["2", PYTHON, *told]).encode()).hexdigest()[:24]
