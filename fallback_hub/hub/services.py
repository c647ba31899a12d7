"""The services beside the hub: the gateway, which signs pages in, and the one that stops idle servers."""

import sys

from traitlets.config import Config

from fallback_hub.running.addresses import HUB_CONFIG, Addresses
from fallback_hub.settings import CLIENT_ID, SERVICE, HubSettings

PAGE_SCOPES = ("read:users:name!user", "read:users:groups!user", "servers!user", "access:servers!user")
"""All that a page of the site may do: know who it is, start and stop its servers, and use them."""

CULLER_SCOPES = ("list:users", "read:users:activity", "read:servers", "delete:servers")


def set_services(c: Config, settings: HubSettings, addresses: Addresses, supervisor_token: str) -> None:
    """Each service with the scopes it needs; the gateway needs none, it asks with the token of whoever asks it."""
    services = [_gateway(settings, addresses), _culler(settings)]
    roles: list[dict[str, object]] = [{"name": "idle-culler", "services": ["idle-culler"], "scopes": [*CULLER_SCOPES]}]
    if supervisor_token:
        services.append({"name": "supervisor", "api_token": supervisor_token, "display": False})
        roles.append({"name": "supervisor", "services": ["supervisor"], "scopes": ["proxy"]})
    c.JupyterHub.services = services
    c.JupyterHub.load_roles = roles


def _gateway(settings: HubSettings, addresses: Addresses) -> dict[str, object]:
    return {
        "name": SERVICE,
        "url": addresses.gateway,
        "command": [sys.executable, "-m", "fallback_hub.gateway"],
        "environment": {HUB_CONFIG: str(settings.path)},
        "oauth_client_id": CLIENT_ID,
        "oauth_redirect_uri": settings.redirect_uri,
        "oauth_client_allowed_scopes": [*PAGE_SCOPES],
        "oauth_no_confirm": True,
        "display": False,
    }


def _culler(settings: HubSettings) -> dict[str, object]:
    seconds = settings.servers.idle_minutes * 60
    every = max(30, min(300, seconds // 4))
    return {
        "name": "idle-culler",
        "command": [
            *(sys.executable, "-m", "jupyterhub_idle_culler"),
            *(f"--timeout={seconds}", f"--cull-every={every}"),
        ],
        "display": False,
    }
