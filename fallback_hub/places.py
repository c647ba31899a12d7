"""Where things are, as hub.toml says: folders, and addresses that browsers and the proxy use."""

import os
from pathlib import Path

from fallback_hub.addresses import WebAddress, is_loopback, parse_address, parse_bind
from fallback_hub.tables import Table

SERVED = Path(".passerelle", "hub")
"""Where `passerelle hub serve` keeps a hub of its own, from the folder that holds the site."""


def is_served(config: Path) -> bool:
    """Whether the hub.toml is that of `passerelle hub serve`: its preview tells pages of the hub as it sends them."""
    return config.parent.parts[-len(SERVED.parts) :] == SERVED.parts


def read_folder(table: Table, key: str, base: Path, usual: str) -> Path:
    """The folder as an absolute path; a relative one is seen from `base`."""
    text = table.text(key, usual)
    if not text or "\0" in text:
        table.tell(key, "It names no folder.", "Write a path, or leave the key out.", "hub-malformed")
        text = usual or "."
    return Path(os.path.abspath(base.absolute() / Path(text).expanduser()))


def read_address(table: Table, key: str) -> WebAddress | None:
    """The web address, None where there is none or it is faulty."""
    text = table.text(key, "")
    example = "http://127.0.0.1:8001/" if key == "url" else "https://cours.example.org/"
    if not text:
        if not isinstance(table.values.get(key), (int, float, list, dict)):
            table.tell(
                key, "The hub needs this address.", f'Write one, such as {key} = "{example}".', "hub-missing-key"
            )
        return None
    address = parse_address(text)
    if isinstance(address, str):
        table.tell(key, address, f'Write an address such as "{example}".', "hub-address")
        return None
    if address.scheme == "http" and not address.is_loopback:
        remedy = "Use https://, so that passwords and notebooks can't be read on the way."
        table.warn(key, "It isn't encrypted.", remedy, "hub-not-encrypted")
    return address


def compare_origins(table: Table, site_url: WebAddress | None, url: WebAddress | None) -> None:
    """Tell where site and hub are too close for browsers to keep them apart."""
    if site_url is None or url is None:
        return
    if site_url.origin == url.origin:
        problem = "Site and hub have one origin, so that a page of the site could act as whoever is signed in."
        table.tell("url", problem, "Give the hub another host or another port.", "hub-same-origin")
    elif site_url.host == url.host and not url.is_loopback:
        problem = "Site and hub share a host, and browsers share cookies between its ports."
        table.warn("url", problem, "Give the hub a host of its own.", "hub-same-host")
    if site_url.scheme == "https" and url.scheme == "http" and not url.is_loopback:
        problem = "A page got by https:// may not speak to http://."
        table.tell("url", problem, "Use https:// for the hub as well.", "hub-mixed-content")


def read_bind(table: Table, url: WebAddress) -> tuple[str, int]:
    """Host and port the proxy listens on."""
    usual = (url.host, url.port) if url.is_loopback else ("127.0.0.1", 8001)
    text = table.text("bind", "")
    if not text:
        return usual
    bind = parse_bind(text)
    if bind is None:
        table.tell("bind", f"It is “{text}”.", 'Write host and port, such as "127.0.0.1:8001".', "hub-malformed")
        return usual
    if url.scheme == "http" and url.is_loopback and not is_loopback(bind[0]):
        remedy = "Listen on 127.0.0.1, or give `url` the address others use."
        table.warn(
            "bind",
            "Other machines reach the hub, unencrypted, though `url` is this machine's.",
            remedy,
            "hub-open-bind",
        )
    return bind
