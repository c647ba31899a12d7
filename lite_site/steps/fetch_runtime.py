"""Step: every byte the browser side needs is in the store, verified by hash."""

from lite_site.runtime.assets import merge_assets
from lite_site.runtime.distribution import runtime_assets
from lite_site.runtime.sources.folders import InstalledKernel, Wheelhouse
from lite_site.runtime.sources.index import Carrier, PackageIndex
from lite_site.runtime.sources.mirror import open_mirror, pyodide_distribution
from lite_site.runtime.sources.npm import NpmPackage
from lite_site.runtime.sources.source import Source
from lite_site.runtime.store import Store
from lite_site.runtime.supply import supply
from lite_site.settings import Settings
from lite_site.steps.build import Build


def fetch_runtime(build: Build) -> None:
    """Supply Pyodide and the wheels of all locks, from the cache or the sources in turn."""
    settings = build.settings
    store = Store(settings.cache)
    wanted = merge_assets([*runtime_assets(), *(asset for lock in build.locks.values() for asset in lock.assets())])
    sources = sources_of(settings)
    build.supplied = supply(
        wanted,
        store,
        sources,
        offline=settings.offline,
        jobs=settings.jobs,
        report=build.report.progress,
        warn=build.warnings.append,
    )


def sources_of(settings: Settings) -> tuple[Source, ...]:
    """Every place that may hold a file, nearest first."""
    return (
        InstalledKernel(),
        *(Wheelhouse(folder) for folder in settings.wheelhouses),
        *(open_mirror(base) for base in settings.mirrors),
        pyodide_distribution(),
        Carrier(),
        NpmPackage(),
        PackageIndex(),
    )
