"""The order in which sources are asked: what is near first, what is heavy last."""

from collections.abc import Sequence
from pathlib import Path

from lite_site.runtime.distribution import DISTRIBUTION_URL
from lite_site.runtime.pip import Pip
from lite_site.runtime.sources.folders import InstalledKernel, Wheelhouse
from lite_site.runtime.sources.index import Carrier, PackageIndex
from lite_site.runtime.sources.mirror import open_mirror, pyodide_distribution
from lite_site.runtime.sources.npm import NpmPackage
from lite_site.runtime.sources.source import Source


def sources_in_order(
    wheelhouses: Sequence[Path] = (), mirrors: Sequence[str] = (), distribution: str = DISTRIBUTION_URL
) -> tuple[Source, ...]:
    """Every source there is, for one run; `BuildError` for an address that can't be a mirror's."""
    pip = Pip()
    return (
        *(Wheelhouse(folder) for folder in wheelhouses),
        InstalledKernel(),
        *(open_mirror(address) for address in mirrors),
        PackageIndex(pip.download),
        pyodide_distribution(distribution),
        NpmPackage(),
        Carrier(run=pip.download),
    )
