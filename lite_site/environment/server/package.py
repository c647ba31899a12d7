"""One package of the server's environment, as the lock names it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class ServerPackage:
    """A PEP 503 name and its one version.

    `sha256` are those of the files an installer may take; `needed_by` the packages or places that ask for it;
    `marker` a PEP 508 marker, "" where it is always installed.
    """

    name: str
    version: str
    sha256: tuple[str, ...]
    needed_by: tuple[str, ...] = ()
    marker: str = ""
