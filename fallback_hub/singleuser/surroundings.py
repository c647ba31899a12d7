"""What the spawner told a person's server: read once from the environment, the only place that does."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A server's course and limits.

    `folder` holds the course's files; `site` is the built site's folder or None, `site_url` its address; `data` is a
    folder of files that the site doesn't carry, or None; `memory` (bytes, of one process) and `cpus` are 0 where
    nothing limits them; `ends` is seconds since 1970, or None.
    """

    course: str
    home: Path
    site_origin: str
    site_url: str = ""
    site: Path | None = None
    data: Path | None = None
    idle_minutes: int = 60
    ends: int | None = None
    max_file_bytes: int = 2_000_000_000
    memory: int = 0
    cpus: float = 0

    @property
    def folder(self) -> Path:
        """`~/<course>`."""
        return self.home / self.course


def read_surroundings(environment: Mapping[str, str]) -> Surroundings:
    """What the variables of the spawner's contract say; KeyError without course or home, ValueError for odd numbers."""
    site, data, ends = (environment.get(f"PASSERELLE_{name}", "") for name in ("SITE", "DATA", "ENDS"))
    usual = Surroundings("", Path(), "")
    return Surroundings(
        course=environment["PASSERELLE_COURSE"],
        home=Path(environment["HOME"]),
        site_origin=environment.get("PASSERELLE_SITE_ORIGIN", ""),
        site_url=environment.get("PASSERELLE_SITE_URL", ""),
        site=Path(site) if site else None,
        data=Path(data) if data else None,
        idle_minutes=int(environment.get("PASSERELLE_IDLE_MINUTES") or usual.idle_minutes),
        ends=int(ends) if ends else None,
        max_file_bytes=int(environment.get("PASSERELLE_MAX_FILE_BYTES") or usual.max_file_bytes),
        memory=int(environment.get("MEM_LIMIT") or 0),
        cpus=float(environment.get("CPU_LIMIT") or 0),
    )
