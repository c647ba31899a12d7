"""Step: every byte the browser side needs is in the store, verified by hash."""

from lite_site.environment.own import ensure_own_wheel
from lite_site.problems import BuildError, Problem
from lite_site.runtime.assets import merge_assets
from lite_site.runtime.distribution import runtime_assets
from lite_site.runtime.sources.order import sources_in_order
from lite_site.runtime.store import Store
from lite_site.runtime.supply import supply
from lite_site.steps.build import Build


def fetch_runtime(build: Build) -> None:
    """Supply Pyodide and the wheels of all locks, from the cache or the sources in turn."""
    settings = build.settings
    missing = [folder for folder in settings.wheelhouses if not folder.is_dir()]
    if missing:
        remedy = "Correct --wheelhouse (or PASSERELLE_WHEELHOUSE), or leave it out."
        raise BuildError(Problem(str(folder), "is no folder.", remedy, "wheelhouse-missing") for folder in missing)
    store = Store(settings.cache)
    ensure_own_wheel(store)
    wanted = merge_assets([*runtime_assets(), *(asset for lock in build.locks.values() for asset in lock.assets())])
    sources = sources_in_order(settings.wheelhouses, settings.mirrors)
    build.supplied = supply(
        wanted,
        store,
        sources,
        offline=settings.offline,
        jobs=settings.jobs,
        report=build.report.progress,
        warn=build.warnings.append,
    )
