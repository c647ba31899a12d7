"""Everything `passerelle hub check` looks at, in this order."""

from collections.abc import Callable, Iterator
from pathlib import Path

from fallback_hub.checking.advice import look_at_start, look_at_tls
from fallback_hub.checking.finding import Finding, from_problem
from fallback_hub.checking.machine import (
    look_at_accounts,
    look_at_folders,
    look_at_port,
    look_at_proxy,
    look_at_room,
    look_at_uv,
)
from fallback_hub.checking.site import look_at_site
from fallback_hub.settings import HubSettings, examine_settings

LOOKS: tuple[Callable[[HubSettings], Iterator[Finding]], ...] = (
    look_at_proxy,
    look_at_port,
    look_at_uv,
    look_at_accounts,
    look_at_folders,
    look_at_site,
    look_at_room,
    look_at_tls,
    look_at_start,
)


def look_around(config: Path) -> Iterator[Finding]:
    """All findings; with a hub.toml that has errors, only these."""
    reading = examine_settings(config)
    yield from map(from_problem, reading.problems)
    if reading.settings is None:
        return
    if not reading.problems:
        yield Finding("settings", "ok", f"{config}")
    for look in LOOKS:
        yield from look(reading.settings)
