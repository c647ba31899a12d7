"""What every endpoint of one gateway shares."""

from dataclasses import dataclass

from starlette.requests import Request

from fallback_hub.gateway.figures import Figures
from fallback_hub.gateway.hub_client import HubClient
from fallback_hub.gateway.limits import Limits
from fallback_hub.gateway.settings import GatewaySettings


@dataclass(frozen=True, slots=True)
class State:
    """The settings, the door to the hub, the figures, and how often one may knock."""

    settings: GatewaySettings
    hub: HubClient
    figures: Figures
    limits: Limits


def state_of(request: Request) -> State:
    """The state of the gateway that this request came to."""
    state: State = request.app.state.gateway
    return state
