"""Who asks: the address a request comes from, seen through the proxies of this machine."""

import ipaddress

from starlette.datastructures import Headers
from starlette.types import Scope

HERE = "127.0.0.1"


def client_address(scope: Scope) -> str:
    """The address of whoever asks; 127.0.0.1 where it is this machine itself.

    JupyterHub's proxy adds the address it sees at the end of X-Forwarded-For, and so does a web server before it.
    From that end, this machine's own addresses are passed over; what lies before the first other one is hearsay.
    The header counts only where this machine says it.
    """
    client = scope.get("client")
    peer = _plain(client[0]) if client else None
    if peer is None:
        return "unknown"
    if not _is_here(peer):
        return str(peer)
    hops = ",".join(Headers(scope=scope).getlist("x-forwarded-for")).split(",")
    for hop in reversed(hops):
        address = _plain(hop.strip())
        if address is None:
            break
        if not _is_here(address):
            return str(address)
    return HERE


def counted_as(address: str) -> str:
    """What an address is counted under: an IPv6 subscriber has a whole /64 of them (RFC 6177)."""
    parsed = _plain(address)
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return address


def _plain(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address):
        return address.ipv4_mapped or ipaddress.IPv6Address(address.packed)  # without its zone
    return address


def _is_here(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return address.is_loopback
