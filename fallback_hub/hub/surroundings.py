"""The environment of a person's server: what the contract with `fallback_hub.singleuser` names, and no more."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fallback_hub.courses import HubCourse
from fallback_hub.environments.kernelspec import JupyterFolders
from fallback_hub.settings import HubSettings

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_MAX_THREADS")
"""Libraries that would otherwise start a thread per core of the machine, in every kernel."""

ACTIVITY_SECONDS = "60"
"""How often a server tells the hub when it was last used: idle servers are ended by that."""


@dataclass(frozen=True, slots=True)
class Launch:
    """A start, decided: `site` is the built site's folder where the account may read it, `ends` seconds since 1970."""

    course: HubCourse
    settings: HubSettings
    folders: JupyterFolders
    path: str
    site: Path | None
    ends: int
    cpus: int


def server_environment(launch: Launch) -> Mapping[str, str]:
    """The variables besides JupyterHub's own and the account's."""
    settings, course = launch.settings, launch.course
    data = settings.rules(course.slug).data
    return {
        "PATH": launch.path,
        "PASSERELLE_COURSE": course.slug,
        "PASSERELLE_SITE": str(launch.site) if launch.site else "",
        "PASSERELLE_SITE_URL": settings.site_url,
        "PASSERELLE_SITE_ORIGIN": settings.site_origin,
        "PASSERELLE_DATA": str(data) if data else "",
        "PASSERELLE_IDLE_MINUTES": str(settings.servers.idle_minutes),
        "PASSERELLE_ENDS": str(launch.ends),
        "PASSERELLE_MAX_FILE_BYTES": str(settings.servers.max_file),
        "JUPYTERHUB_ACTIVITY_INTERVAL": ACTIVITY_SECONDS,
        "JUPYTER_PATH": str(launch.folders.data),
        "JUPYTER_CONFIG_PATH": str(launch.folders.config),
        **dict.fromkeys(_THREADS, str(launch.cpus)),
    }
