"""What a site needs from elsewhere: one file, known by its sha256, and who asked for it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

Origin = Literal["pyodide", "pypi", "kernel", "passerelle"]
"""Who published these very bytes: Pyodide's distribution, the Python index, jupyterlite-pyodide-kernel, ourselves."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One file to fetch; `sha256` decides whether what came is it.

    `project` and `version` are its name on the Python index (Pyodide's own for its runtime); `wanted_by`
    are the places that need it, as the teacher knows them.
    """

    file_name: str
    sha256: str
    origin: Origin
    project: str
    version: str
    wanted_by: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.project} {self.version} ({self.file_name})"


def merge_assets(assets: Iterable[Asset]) -> tuple[Asset, ...]:
    """Each file once, in the order of their names, wanted by all who want it."""
    by_hash: dict[str, Asset] = {}
    for asset in assets:
        known = by_hash.get(asset.sha256)
        wanted_by = {*asset.wanted_by, *(known.wanted_by if known else ())}
        by_hash[asset.sha256] = replace(known or asset, wanted_by=tuple(sorted(wanted_by)))
    return tuple(sorted(by_hash.values(), key=lambda asset: (asset.file_name, asset.sha256)))
