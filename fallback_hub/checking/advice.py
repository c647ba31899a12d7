"""What an operator does around the hub: TLS in front of it, a unit that starts it."""

import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

from fallback_hub.addresses import is_loopback, parse_address
from fallback_hub.checking.finding import Finding
from fallback_hub.settings import HubSettings

SYSTEMD = Path("/run/systemd/system")
"""There where systemd runs the machine (sd_booted(3))."""


def look_at_tls(settings: HubSettings) -> Iterator[Finding]:
    """Whether passwords can be read on the way; http:// beyond this machine is already a fault of hub.toml."""
    host, port = settings.bind
    shown = f"http://{host}:{port}"
    address = parse_address(settings.url)
    if isinstance(address, str) or address.is_loopback:
        yield Finding("TLS", "ok", "not needed: the hub is this machine's only.")
    elif address.scheme != "https":
        return
    elif is_loopback(host):
        text = f"a web server in front does it: it answers {settings.url} and passes everything on to {shown}"
        yield Finding("TLS", "ok", f"{text}, websockets and the Host header, too.")
    else:
        text = f"The proxy listens on {shown}, where everybody reaches it past the web server that does TLS."
        remedy = f'Have it listen on this machine only: bind = "127.0.0.1:{port}".'
        yield Finding("TLS", "warning", text, remedy, "hub-open-bind")


def look_at_start(settings: HubSettings) -> Iterator[Finding]:
    """How the hub comes back when the machine is switched on."""
    if not SYSTEMD.is_dir():
        return
    command = shlex.join(
        [sys.executable, "-m", "lite_site", "hub", "start", "--foreground", "--config", str(settings.path)]
    )
    text = f"to start with the machine, a systemd unit with ExecStart={command}, ExecReload=kill -HUP $MAINPID"
    yield Finding("systemd", "ok", f"{text} and KillMode=mixed.")
