"""The settings of one run, built once; the only room that reads the environment."""

import os
from dataclasses import dataclass
from pathlib import Path


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
    epoch: int = 1_577_836_800

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
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return Settings(
        contents=contents,
        output=Path(os.path.abspath(output)),
        cache=cache or default_cache(),
        only=only,
        offline=offline,
        wheelhouses=(*wheelhouses, *env_wheelhouses),
        mirrors=(*mirrors, *env_mirrors),
        jobs=jobs or min(8, (os.cpu_count() or 2) * 2),
        **({"epoch": int(epoch)} if epoch.isdecimal() else {}),
    )
