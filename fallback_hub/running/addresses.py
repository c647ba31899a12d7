"""Where a hub's parts listen on this machine, and the names of the environment variables that say so.

The supervisor sets these for `jupyterhub`; `hub/jupyterhub_config.py` reads them with `addresses_in(os.environ)`:
`ConfigurableHTTPProxy.api_url = proxy_api`, `JupyterHub.hub_bind_url = hub`, the gateway's `url = gateway`. They
stay the same over restarts, since servers that stand know the hub by its address. The proxy's own secret is
CONFIGPROXY_AUTH_TOKEN, JupyterHub's name; PASSERELLE_SUPERVISOR_TOKEN is the token of a service named `supervisor`
whose one scope is `proxy`: it has the hub write its routes into a proxy that was started anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass

LOCAL = "127.0.0.1"

HUB_CONFIG = "PASSERELLE_HUB_CONFIG"
PROXY_TOKEN = "CONFIGPROXY_AUTH_TOKEN"  # noqa: S105 - a variable's name
SUPERVISOR_TOKEN = "PASSERELLE_SUPERVISOR_TOKEN"  # noqa: S105 - a variable's name
PROXY_API = "PASSERELLE_PROXY_API"
HUB = "PASSERELLE_HUB_ADDRESS"
GATEWAY = "PASSERELLE_GATEWAY_ADDRESS"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses on 127.0.0.1, `http://127.0.0.1:<port>` without a path: nobody else reaches them."""

    proxy_api: str = "http://127.0.0.1:20801"
    hub: str = "http://127.0.0.1:20802"
    gateway: str = "http://127.0.0.1:20803"

    def as_environment(self) -> dict[str, str]:
        """What `addresses_in` reads."""
        return {PROXY_API: self.proxy_api, HUB: self.hub, GATEWAY: self.gateway}


def addresses_in(environment: Mapping[str, str]) -> Addresses:
    """The addresses that the supervisor gave; fixed ones where `jupyterhub` was started without it."""
    usual = Addresses()
    return Addresses(
        proxy_api=environment.get(PROXY_API) or usual.proxy_api,
        hub=environment.get(HUB) or usual.hub,
        gateway=environment.get(GATEWAY) or usual.gateway,
    )


def port_of(address: str) -> int:
    """The port of one of these addresses."""
    return int(address.rpartition(":")[2])
