"""Which Python a declaration means: one version such as "3.12"."""

from packaging.specifiers import SpecifierSet
from packaging.version import Version

_OFFERED = ("3.11", "3.12", "3.13", "3.14")
_OLDER = ("3.10", "3.9", "3.8", "3.7", "3.6", "3.5")
_LAST_PATCH = 30


def python_for(versions: SpecifierSet) -> str | None:
    """The lowest version Passerelle offers that satisfies, else the nearest older, or newer; None where none does."""
    newer = tuple(f"3.{minor}" for minor in range(15, 40))
    return next((minor for minor in (*_OFFERED, *_OLDER, *newer) if _satisfies(minor, versions)), None)


def _satisfies(minor: str, versions: SpecifierSet) -> bool:
    """Whether some patch release will do: `==3.11.4` and `>=3.10.2,<3.11` each name one minor version."""
    return any(versions.contains(Version(f"{minor}.{patch}")) for patch in range(_LAST_PATCH))
