"""Web addresses of the site and the hub: one exact form each, so that origins can be compared as text."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")
_PATH = re.compile(r"/(?:[A-Za-z0-9._~-]+/)*")
_BIND = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([0-9A-Za-z.-]*)):([0-9]{1,5})", re.ASCII)


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An http(s) address in its exact form: lower-case host, no default port, a path that ends with a slash."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, as browsers write it in `Origin` (RFC 6454, section 6.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = self.port == _DEFAULT_PORTS[self.scheme]
        return f"{self.scheme}://{host}" if usual else f"{self.scheme}://{host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """Whether it leads nowhere but to this machine."""
        return is_loopback(self.host)

    def __str__(self) -> str:
        return self.origin + self.path


def parse_address(text: str) -> WebAddress | str:
    """The address, or the sentence that says what is wrong with it."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return "It isn't a web address."
    if wrong := _wrong_in(text, parts):
        return wrong
    host = _exact_host(parts.hostname or "")
    path = parts.path if parts.path.endswith("/") else f"{parts.path}/"
    if not _PATH.fullmatch(path) or any(part in {".", ".."} for part in path.split("/")):
        return "Its path has something else than letters, digits, dots, dashes and slashes."
    return WebAddress(parts.scheme, host, _DEFAULT_PORTS[parts.scheme] if port is None else port, path)


def parse_bind(text: str) -> tuple[str, int] | None:
    """Host and port from "127.0.0.1:8001", "[::1]:8001" or ":8001" (all of IPv4); None where it is neither."""
    found = _BIND.fullmatch(text.strip())
    if not found or not 1 <= int(found[3]) <= 65_535:
        return None
    return found[1] or found[2] or "0.0.0.0", int(found[3])  # noqa: S104 the operator asks for it


def is_loopback(host: str) -> bool:
    """Whether the host is this machine's own, seen from nowhere else."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _wrong_in(text: str, parts: SplitResult) -> str | None:
    if any(letter.isspace() or not letter.isprintable() for letter in text):
        return "It has a space in it."
    if parts.scheme not in _DEFAULT_PORTS:
        return "It begins with neither https:// nor http://."
    if "@" in parts.netloc:
        return "It carries a user name or password."
    if "?" in text or "#" in text:
        return "It has a part after ? or #."
    host, numbers = _exact_host(parts.hostname or ""), None
    try:
        numbers = ipaddress.ip_address(host)
    except ValueError:
        # browsers read 127.1 or 0x7f.1 as an IP address: only its usual form can be compared as text
        looks_like_one = bool(re.fullmatch(r"[0-9]+|0x[0-9a-f]*", host.rpartition(".")[2]))
    else:
        looks_like_one = False
    if numbers is None and (looks_like_one or not _HOST.fullmatch(host) or ".." in host):
        return "It has no host, or one that isn't written in plain letters."
    return "Its port can't be 0." if parts.port == 0 else None


def _exact_host(host: str) -> str:
    """Lower case; an IP address in its shortest form (RFC 5952)."""
    try:
        return ipaddress.ip_address(host).compressed
    except ValueError:
        return host.lower()
