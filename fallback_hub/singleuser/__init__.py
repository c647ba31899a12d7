"""What a person's server does besides Jupyter's own: files both ways, what it uses, lessons opened from the site.

A Jupyter Server extension. It needs this package, JupyterHub and JupyterLab, and neither the site nor the hub's
settings: all it knows comes from the environment variables that the spawner sets.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """Where Jupyter Server finds the extension."""
    return [{"module": "fallback_hub.singleuser"}]


def _load_jupyter_server_extension(app: "ServerApp") -> None:
    """Add the routes to a server that was started with our environment variables."""
    from fallback_hub.singleuser.routes import add_routes  # noqa: PLC0415 - Jupyter imports this file for its name only

    add_routes(app)
