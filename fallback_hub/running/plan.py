"""What the supervisor runs for a hub: two command lines, what they are told, how to hear that they stand."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fallback_hub.proxy.install import ProxyProgram, proxy_command
from fallback_hub.running.addresses import HUB_CONFIG, LOCAL, PROXY_TOKEN, SUPERVISOR_TOKEN, Addresses, port_of
from fallback_hub.settings import HubSettings

CONFIGURATION = Path(__file__).parents[1] / "hub" / "jupyterhub_config.py"


@dataclass(frozen=True, slots=True)
class PartPlan:
    """One process: its command line and environment, and the addresses that answer with 200 when it stands."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    folder: Path
    health: tuple[str, ...]
    token: str


def plan_proxy(settings: HubSettings, addresses: Addresses, program: ProxyProgram, token: str) -> PartPlan:
    """JupyterHub's proxy: all that browsers reach, and an API for the hub on this machine only."""
    error_target = f"{addresses.hub}{settings.base_path}hub/error"
    command = proxy_command(program, settings.bind, (LOCAL, port_of(addresses.proxy_api)), error_target)
    environment = {**_environment(), PROXY_TOKEN: token}
    health = (f"{addresses.proxy_api}/api/routes",)
    return PartPlan("proxy", tuple(command), environment, settings.state, health, token)


def plan_hub(settings: HubSettings, addresses: Addresses, proxy_token: str, supervisor_token: str) -> PartPlan:
    """JupyterHub itself; it stands when it answers, then also through the proxy."""
    environment = {
        **_environment(),
        **addresses.as_environment(),
        HUB_CONFIG: str(settings.path),
        PROXY_TOKEN: proxy_token,
        SUPERVISOR_TOKEN: supervisor_token,
    }
    command = (sys.executable, "-m", "jupyterhub", "-f", str(CONFIGURATION))
    health = tuple(f"{host}{settings.base_path}hub/api/" for host in (addresses.hub, public_address(settings)))
    return PartPlan("hub", command, environment, settings.state, health, "")


def public_address(settings: HubSettings) -> str:
    """Where this machine reaches its own proxy; no slash at the end."""
    host, port = settings.bind
    host = {"0.0.0.0": LOCAL, "::": "::1", "": LOCAL}.get(host, host)  # noqa: S104 - said, not listened on
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _environment() -> dict[str, str]:
    """Ours, with the programs beside our Python found first: `jupyterhub-singleuser` is one."""
    beside = str(Path(sys.executable).parent)
    return {**os.environ, "PATH": os.pathsep.join((beside, os.environ.get("PATH", os.defpath)))}
