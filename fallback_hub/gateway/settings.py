"""What the gateway is told: by JupyterHub through the environment, by the operator through hub.toml."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fallback_hub.addresses import WebAddress, parse_address
from fallback_hub.problems import HubError, Problem
from fallback_hub.settings import CLIENT_ID, HubSettings, read_settings

CONFIG = "PASSERELLE_HUB_CONFIG"


@dataclass(frozen=True, slots=True)
class GatewaySettings:
    """Where to listen and under which path, the hub's API, and what the gateway is to the hub.

    `prefix` begins and ends with a slash, `api_url` doesn't end with one; `token` is the client secret as well;
    a person's token that carries none of `access_scopes` wasn't made for the gateway.
    """

    hub: HubSettings
    listen: tuple[str, int]
    prefix: str
    api_url: str
    client_id: str
    access_scopes: frozenset[str]
    token: str = field(repr=False)


def read_gateway_settings(environment: Mapping[str, str]) -> GatewaySettings:
    """The settings of a service that JupyterHub starts (its docs, "Launching a Hub-Managed Service").

    Raises HubError with every problem: of the environment, or else of hub.toml.
    """
    problems: list[Problem] = []
    service = _address(environment, "JUPYTERHUB_SERVICE_URL", problems)
    api = _address(environment, "JUPYTERHUB_API_URL", problems)
    said = {name: _text(environment, name, problems) for name in ("JUPYTERHUB_API_TOKEN", CONFIG)}
    prefix = _text(environment, "JUPYTERHUB_SERVICE_PREFIX", problems)
    if prefix and not (prefix.startswith("/") and prefix.endswith("/")):
        problems.append(_wrong("JUPYTERHUB_SERVICE_PREFIX", "It isn’t a path between two slashes."))
    if problems or service is None or api is None:
        raise HubError(problems)
    return GatewaySettings(
        hub=read_settings(Path(said[CONFIG])),
        listen=(service.host, service.port),
        prefix=prefix,
        api_url=str(api).removesuffix("/"),
        client_id=environment.get("JUPYTERHUB_CLIENT_ID") or CLIENT_ID,
        access_scopes=_scopes(environment.get("JUPYTERHUB_OAUTH_ACCESS_SCOPES", "")),
        token=said["JUPYTERHUB_API_TOKEN"],
    )


def _text(environment: Mapping[str, str], name: str, problems: list[Problem]) -> str:
    value = environment.get(name, "")
    if not value:
        problems.append(_wrong(name, "It isn’t set."))
    return value


def _address(environment: Mapping[str, str], name: str, problems: list[Problem]) -> WebAddress | None:
    text = _text(environment, name, problems)
    address = parse_address(text) if text else None
    if isinstance(address, str):
        problems.append(_wrong(name, address))
        return None
    return address


def _scopes(text: str) -> frozenset[str]:
    usual = frozenset({"access:services", f"access:services!service={CLIENT_ID.removeprefix('service-')}"})
    try:
        scopes = json.loads(text) if text else None
    except ValueError:
        return usual
    if not isinstance(scopes, list):
        return usual
    return frozenset(scope for scope in scopes if isinstance(scope, str) and scope.startswith("access:")) or usual


def _wrong(name: str, problem: str) -> Problem:
    remedy = "JupyterHub sets it for the services it manages; start the gateway with `passerelle hub start`."
    return Problem(f"environment, {name}", problem, remedy, "gateway-environment")
