"""Which environments nobody used for long, and their removal."""

import shutil
import time
from collections.abc import Collection, Iterator
from pathlib import Path

from fallback_hub.environments.build import BUILDING, LOCKS

DAY = 86_400.0


def unused_environments(folder: Path, days: float, *, now: float | None = None) -> Iterator[Path]:
    """Environments whose latest use is more than `days` ago; half-built ones of that age too."""
    oldest = (time.time() if now is None else now) - days * DAY
    for place in sorted(folder.iterdir()) if folder.is_dir() else ():
        ours = place.name in (LOCKS, "jupyter") or place.name.startswith("code-")
        if ours or not place.is_dir() or place.is_symlink():
            continue
        if (not place.name.startswith(".") or place.name.endswith(BUILDING)) and place.stat().st_mtime < oldest:
            yield place


def remove_environments(places: Collection[Path]) -> None:
    """Remove environments: first out of sight, then from the disk, so that none is ever seen half."""
    for place in places:
        gone = place.with_name(f".{place.name.lstrip('.')}.gone{BUILDING}")
        place.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)
