"""Counts a kernel that computes as activity: a long cell that prints nothing isn't an idle server."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp

EVERY_SECONDS = 30.0
SETTING = "passerelle_last_activity"
"""Jupyter Server counts every setting whose name ends so (ServerWebApplication.last_activity)."""


async def watch_kernels(app: ServerApp) -> None:
    """Note the time as long as a kernel is busy; runs as long as the server."""
    while True:
        note_busy_kernels(app)
        await asyncio.sleep(EVERY_SECONDS)


def note_busy_kernels(app: ServerApp) -> None:
    """The server was used just now if one of its kernels is."""
    kernels = app.kernel_manager
    states = (getattr(kernels.get_kernel(name), "execution_state", "") for name in kernels.list_kernel_ids())
    if "busy" in states:
        app.web_app.settings[SETTING] = datetime.now(UTC)
