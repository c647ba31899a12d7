"""How Jupyter Server and JupyterLab are set up for a person's server: arguments, which nothing else overrules."""

from collections.abc import Mapping

from fallback_hub.singleuser.surroundings import Surroundings

LARGEST_BODY = 64 * 1024 * 1024
"""Bytes of one request: notebooks with their pictures; larger files come in chunks."""
PING_MILLISECONDS = 30_000
OUTPUT_BYTES, OUTPUT_MESSAGES = 100_000_000, 10_000
"""What a kernel may say in a second: all that a page missed comes at once."""
TOKEN_SECONDS = 30
"""How long the hub's yes to a token holds: a revoked one is refused after that."""


def server_arguments(surroundings: Surroundings) -> list[str]:
    """Arguments for `jupyterhub-singleuser`.

    Terminals stay: they may do what a kernel may. Idle servers are the hub's to end. Nothing asks a third party:
    no news, no check for updates, no list of extensions. Kernels speak through sockets in a private folder, since
    whoever else has an account could read the output of a kernel that listens on a port.
    """
    tornado = {
        "ws_ping_interval": PING_MILLISECONDS,
        "cookie_options": {"samesite": "Lax"},
        # on errors too, which the page would otherwise not be told
        "headers": {"Access-Control-Allow-Origin": surroundings.site_origin, "Vary": "Origin"},
    }
    settings: Mapping[str, object] = {
        "ServerApp.jpserver_extensions": {"fallback_hub.singleuser": True, "jupyter_lsp": False},
        "ServerApp.identity_provider_class": "fallback_hub.singleuser.identity.PageIdentityProvider",
        "ServerApp.kernel_manager_class": "fallback_hub.singleuser.kernels.PageKernelManager",
        "ServerApp.kernel_websocket_connection_class": "fallback_hub.singleuser.kernels.PageConnection",
        "ServerApp.root_dir": str(surroundings.home),
        "ServerApp.default_url": "/lab",
        "ServerApp.allow_unauthenticated_access": False,
        "ServerApp.allow_origin": surroundings.site_origin,
        "ServerApp.max_body_size": LARGEST_BODY,
        "ServerApp.max_buffer_size": LARGEST_BODY,
        "ServerApp.tornado_settings": tornado,
        "ServerApp.terminals_enabled": True,
        "HubAuth.cache_max_age": TOKEN_SECONDS,
        "HubOAuth.cache_max_age": TOKEN_SECONDS,
        "KernelManager.transport": "ipc",
        "MappingKernelManager.buffer_offline_messages": True,
        "MappingKernelManager.cull_idle_timeout": 0,
        "ZMQChannelsWebsocketConnection.iopub_data_rate_limit": OUTPUT_BYTES,
        "ZMQChannelsWebsocketConnection.iopub_msg_rate_limit": OUTPUT_MESSAGES,
        "KernelSpecManager.ensure_native_kernel": False,
        "LabApp.news_url": None,
        "LabApp.check_for_updates_class": "jupyterlab.handlers.announcements.NeverCheckForUpdate",
        "LabApp.extension_manager": "readonly",
    }
    return [f"--{name}={value}" for name, value in settings.items() if value != ""]
