"""What a server uses, and how long it has."""

from __future__ import annotations

import asyncio
import os
import shutil
from typing import cast

import psutil
from jupyter_server.serverapp import ServerWebApplication

from fallback_hub.singleuser.handlers import PageHandler


class UsageHandler(PageHandler):
    """GET passerelle/usage; asking isn't using: a page that only looks keeps no server alive."""

    _track_activity = False

    async def get(self) -> None:
        """Memory (bytes), processors, disk, and when it began and ends (seconds since 1970)."""
        known = self.parts.surroundings
        used = await asyncio.to_thread(memory_used)
        application = cast("ServerWebApplication", self.application)
        self.reply(
            {
                "memory": {"used": used, "limit": known.memory or psutil.virtual_memory().total},
                "cpus": known.cpus or os.cpu_count(),
                "disk_free": shutil.disk_usage(known.folder).free,
                "started": int(psutil.Process().create_time()),
                "ends": known.ends,
                "last_activity": int(application.last_activity().timestamp()),  # type: ignore[no-untyped-call]
                "idle_minutes": known.idle_minutes,
            }
        )


def memory_used() -> int:
    """Bytes that the server and all it started hold, what they share counted once (proc(5), Pss)."""
    own = psutil.Process()
    total = 0
    for process in (own, *own.children(recursive=True)):
        try:
            facts = process.memory_full_info()
        except psutil.Error:
            continue
        total += int(getattr(facts, "pss", facts.rss))
    return total
