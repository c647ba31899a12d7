"""The one hub a site may be connected to: what pages and header files say of it, put in and taken out as text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from lite_site.problems import Problem
from lite_site.site.inventory import SHARED

HEADER_FILES = ("_headers", f"{SHARED}/hosting/Caddyfile", f"{SHARED}/hosting/nginx.conf")
SIGNED_IN = f"{SHARED}/signed-in.html"
EXAMPLE = "Write it as browsers reach it, such as https://hub.example.org/."
_APP_PAGE = re.compile(r"[^/]+/(?:[a-z]{2}/)?(?:lab|notebooks|repl)/index\.html")
_SOURCES = r"(?: (?:https?|wss?)://[a-z0-9.:-]+)*"
_IN_HEADERS = re.compile(rf"(?P<before>connect-src 'self' data: blob:){_SOURCES}")
_IN_PAGE = re.compile(
    r'(?P<before><meta http-equiv="Content-Security-Policy" content="[^"]*connect-src &#x27;self&#x27; data: blob:)'
    rf'{_SOURCES}(?P<after>;[^"]*">\n)(?:<meta name="passerelle-hub" content="(?P<hub>[^"]*)">\n)?'
)
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*")
_LOOPBACK = re.compile(r"(?:.+\.)?localhost|127(?:\.\d{1,3}){3}")
_PATH = re.compile(r"(?:/(?!\.\.?(?:/|$))[A-Za-z0-9._~-]+)*/?")
_PRINTED = re.compile(r"[!-~]+")
_PORTS = {"http": 80, "https": 443}


class NotConnectableError(ValueError):
    """A page or header file without the policy that this version writes."""


@dataclass(frozen=True, slots=True)
class Hub:
    """A hub's public address, `url`, which ends with a slash and is written as browsers write it."""

    url: str

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def sources(self) -> tuple[str, str]:
        """What a policy must let through: the origin, and its twin for websockets (http → ws, https → wss)."""
        return self.origin, f"ws{self.origin.removeprefix('http')}"


def read_hub(text: str, place: str) -> tuple[Hub | None, list[Problem]]:
    """The hub at the address `text`, None where it can't be one, and what is to be said of it at `place`."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None, [Problem(place, "isn't an address a browser can read.", EXAMPLE, "hub-address")]
    for problem, remedy in _faults(text, parts, port):
        return None, [Problem(place, problem, remedy, "hub-address")]
    host = str(parts.hostname)
    shown = host if port in {None, _PORTS[parts.scheme]} else f"{host}:{port}"
    hub = Hub(f"{parts.scheme}://{shown}{parts.path.rstrip('/')}/")
    if parts.scheme == "http" and not _LOOPBACK.fullmatch(host):
        problem = f"is {hub.url}, where passwords and work travel in the open."
        return hub, [Problem(place, problem, "Serve the hub over https.", "hub-plain-http", "warning")]
    return hub, []


def is_app_page(path: str) -> bool:
    """Whether the site's file at `path` is a page that runs code: the only ones that may know the hub."""
    return _APP_PAGE.fullmatch(path) is not None


def names_hub(path: str) -> bool:
    """Whether the site's file at `path` is one that says which hub the site is connected to."""
    return path in HEADER_FILES or is_app_page(path)


def connect(path: str, text: str, hub: Hub | None) -> str:
    """What the file at `path` says once the site is connected to `hub`, or to none: whatever it said of one before.

    NotConnectableError where it has no policy of ours.
    """
    sources = "".join(f" {source}" for source in hub.sources) if hub else ""
    if path in HEADER_FILES:
        connected, found = _IN_HEADERS.subn(lambda match: match["before"] + sources, text, count=1)
    else:
        meta = f'<meta name="passerelle-hub" content="{hub.url}">\n' if hub else ""
        connected, found = _IN_PAGE.subn(lambda match: match["before"] + sources + match["after"] + meta, text, count=1)
    if not found:
        raise NotConnectableError(path)
    return connected


def hub_named_in(page: str) -> str | None:
    """The address of the hub that an application page's HTML is connected to."""
    found = _IN_PAGE.search(page)
    return found["hub"] if found else None


def _faults(text: str, parts: SplitResult, port: int | None) -> Iterator[tuple[str, str]]:
    """What is wrong with an address, each with its remedy, the worst first; a password in it is never repeated."""
    if "@" in parts.netloc:
        yield "holds a user name or a password, which every visitor would read.", EXAMPLE
    if parts.scheme not in _PORTS:
        yield f"is {text!r}, which doesn't begin with https:// (or http://).", EXAMPLE
    if {"?", "#"} & set(text):
        yield "has a ? or a #, and a hub's address ends before.", "Leave out what follows."
    if not _HOST.fullmatch(parts.hostname or ""):
        remedy = "Write a name in letters a to z (xn--… for others), digits, dots and dashes, or four numbers."
        yield f"is {text!r}, whose host can't stand in a page's security policy.", remedy
    if port == 0 or parts.netloc.endswith(":"):
        yield f"is {text!r}, whose port is none.", EXAMPLE
    if not _PATH.fullmatch(parts.path) or not _PRINTED.fullmatch(text):
        yield f"is {text!r}, whose path isn't plain.", "Use letters, digits, dots and dashes between single slashes."
