"""Step: what all courses share goes on the site once, under names that change with the content."""

from lite_site.runtime.distribution import RUNTIME_FILES, VERSION
from lite_site.steps.addresses import place_of
from lite_site.steps.build import Build

PYODIDE = f"_passerelle/pyodide-{VERSION}"
SERVICE_WORKER = "service-worker.js"


def write_shared(build: Build) -> None:
    """Write what all share; the service worker stands at the root, since its place is its reach."""
    shell = build.shell
    for name, sha256 in shell.files.items():
        build.tree.copy(f"{shell.prefix}/{name}", shell.folder / name, sha256)
    build.tree.copy(SERVICE_WORKER, shell.folder / SERVICE_WORKER, shell.files[SERVICE_WORKER])
    for name, sha256 in RUNTIME_FILES.items():
        build.tree.copy(f"{PYODIDE}/{name}", build.supplied[sha256], sha256)
    for snapshot in build.snapshots.values():
        for name, sha256 in snapshot.files.items():
            build.tree.copy(f"{snapshot.prefix}/{name}", snapshot.folder / name, sha256)
    for wheel in {wheel for lock in build.locks.values() for wheel in lock.wheels}:
        build.tree.copy(place_of(wheel), build.supplied[wheel.sha256], wheel.sha256)
