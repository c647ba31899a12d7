"""The services beside a real hub, with the scopes they have."""

import time
from pathlib import Path

from fallback_hub.running.addresses import SUPERVISOR_TOKEN
from tests.hub.running import running_hub

SOON = """
for service in c.JupyterHub.services:
    if service["name"] == "idle-culler":
        service["command"][-2:] = ["--timeout=1", "--cull-every=1"]
"""
TOKEN = "f" * 32


def test_idle_servers_are_stopped_and_the_supervisor_only_tells_of_the_proxy(tmp_path: Path) -> None:
    given = {SUPERVISOR_TOKEN: TOKEN}
    with running_hub(tmp_path, spawner="simple", gateway=False, extra_config=SOON, environment=given) as hub:
        assert hub.api("POST", "proxy", TOKEN).status_code == 200
        assert [hub.api("GET", path, TOKEN).status_code for path in ("users", "groups", "services", "info")] == [
            403
        ] * 4

        token = hub.token("alice")
        assert hub.api("POST", "users/alice/servers/genomique", token).status_code in {201, 202}
        until = time.monotonic() + 90
        while "alice/genomique" not in culled(hub.log) and time.monotonic() < until:
            time.sleep(0.5)
        assert "alice/genomique" in culled(hub.log)
        refused = [line for line in hub.log.read_text().splitlines() if "(idle-culler@" in line and " 403 " in line]
        assert refused == []


def culled(log: Path) -> str:
    """What the log says of servers that were stopped for being idle."""
    return "\n".join(line for line in log.read_text().splitlines() if "Culling server" in line)
