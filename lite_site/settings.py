"""The settings of one run, built once; the only room that reads the environment."""

import os
from dataclasses import dataclass
from pathlib import Path

from lite_site.problems import BuildError, Problem

DEFAULT_EPOCH = 1_577_836_800  # 2020-01-01
LAST_EPOCH = 253_402_300_799  # the end of the year 9999, the last a date can be written in


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are and how a build behaves.

    `epoch` is the time stamped on what the site says of its files, in seconds since 1970
    (https://reproducible-builds.org/specs/source-date-epoch/).
    """

    contents: Path
    output: Path
    cache: Path
    only: tuple[str, ...] = ()
    offline: bool = False
    wheelhouses: tuple[Path, ...] = ()
    mirrors: tuple[str, ...] = ()
    jobs: int = 4
    epoch: int = DEFAULT_EPOCH

    @property
    def state_folder(self) -> Path:
        """What a build remembers for the next one; safe to delete."""
        return self.output.parent / ".passerelle"


def default_cache() -> Path:
    """The user's cache folder (XDG base directory specification), or `PASSERELLE_CACHE`."""
    if named := os.environ.get("PASSERELLE_CACHE"):
        return Path(named).expanduser()
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "passerelle"


def make_settings(
    *,
    contents: Path = Path("contents"),
    output: Path = Path("_site"),
    cache: Path | None = None,
    only: tuple[str, ...] = (),
    offline: bool = False,
    wheelhouses: tuple[Path, ...] = (),
    mirrors: tuple[str, ...] = (),
    jobs: int | None = None,
) -> Settings:
    """Settings with the environment's say: `SOURCE_DATE_EPOCH`, `PASSERELLE_WHEELHOUSE`, `PASSERELLE_MIRROR`."""
    env_wheelhouses = tuple(Path(p) for p in os.environ.get("PASSERELLE_WHEELHOUSE", "").split(os.pathsep) if p)
    env_mirrors = tuple(os.environ.get("PASSERELLE_MIRROR", "").split())
    return Settings(
        contents=contents,
        output=Path(os.path.abspath(output)),
        cache=cache or default_cache(),
        only=only,
        offline=offline,
        wheelhouses=(*wheelhouses, *env_wheelhouses),
        mirrors=(*mirrors, *env_mirrors),
        jobs=jobs or min(8, (os.cpu_count() or 2) * 2),
        epoch=epoch_from(os.environ.get("SOURCE_DATE_EPOCH")),
    )


def epoch_from(text: str | None) -> int:
    """The time `SOURCE_DATE_EPOCH` asks for, in seconds since 1970; ours where it is unset."""
    if not text:
        return DEFAULT_EPOCH
    if not (text.isascii() and text.isdecimal()) or int(text) > LAST_EPOCH:
        problem, remedy = f"is {text!r}, no number of seconds since 1970.", "Unset it, or give such a number."
        raise BuildError([Problem("SOURCE_DATE_EPOCH", problem, remedy, "epoch")])
    return int(text)
