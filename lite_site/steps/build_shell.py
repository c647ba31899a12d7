"""Step: JupyterLite's shell, with the interfaces the courses ask for, is in the cache."""

from pathlib import Path

from lite_site.shell.build import ensure_shell
from lite_site.steps.build import Build

DIST = Path(__file__).parents[1] / "frontend" / "dist"


def build_shell(build: Build) -> None:
    """Build the shell, or find it built."""
    apps = tuple(sorted({app for course in build.courses for app in course.interfaces}))
    build.shell = ensure_shell(build.settings.cache, DIST, apps)
