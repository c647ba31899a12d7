"""Step: the snapshots that the courses' kernels start from are in the cache."""

from lite_site.problems import BuildError
from lite_site.snapshot.make import ensure_snapshot, kernel_wheels_of
from lite_site.steps.build import Build
from lite_site.steps.build_shell import DIST


def make_snapshots(build: Build) -> None:
    """Make one for each set of kernel wheels, or find it made; a course without one starts its kernel plainly."""
    if not build.site.snapshot:
        return
    for wheels in sorted({kernel_wheels_of(lock) for lock in build.locks.values()}):
        try:
            snapshot = ensure_snapshot(build.settings.cache, DIST, wheels, build.supplied)
        except BuildError as error:
            build.warnings += error.problems
            continue
        build.snapshots |= {slug: snapshot for slug, lock in build.locks.items() if kernel_wheels_of(lock) == wheels}
