"""The package indexes an institution set pip up for, so that every program that asks an index asks the same ones."""

import ast
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_LINE = re.compile(r"^([A-Za-z0-9:_-]+)\.([a-z0-9-]+)=(.*)$", re.MULTILINE)
_SECTIONS = ("global", "install", ":env:")
"""Weakest first, as pip reads them (pip's user guide, "Configuration")."""
_TRUE = {"1", "true", "yes", "y", "on", "t"}


@dataclass(frozen=True, slots=True)
class Indexes:
    """Where packages come from, as pip's configuration says; addresses may hold passwords, so they are never shown.

    `url` is None where pip's default holds; `folders` are find-links that exist, paths or addresses;
    `certificates` is a PEM file; `trusted` are hosts taken without a certificate.
    """

    url: str | None = None
    further: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    none: bool = False
    certificates: str | None = None
    proxy: str | None = None
    trusted: tuple[str, ...] = ()

    def as_uv_toml(self) -> str:
        """The same as a `uv.toml`; two indexes that offer one package are both heard, as pip hears them."""
        top: dict[str, object] = {"system-certs": True}
        if self.proxy:
            top |= {"http-proxy": self.proxy, "https-proxy": self.proxy}
        if self.trusted:
            top["allow-insecure-host"] = list(self.trusted)
        pip: dict[str, object] = {"index-strategy": "unsafe-best-match"}
        if self.url:
            pip["index-url"] = self.url
        pip |= {"extra-index-url": list(self.further), "find-links": list(self.folders), "no-index": self.none}
        return "\n".join([*_lines(top), "[pip]", *_lines(pip), ""])


def read_indexes(configuration: str) -> Indexes:
    """Understand what `pip config list` printed; lines that aren't settings are passed over."""
    settings = _settings_in(configuration)
    return Indexes(
        url=settings.get("index-url"),
        further=tuple(settings.get("extra-index-url", "").split()),
        folders=tuple(place for place in settings.get("find-links", "").split() if _is_there(place)),
        none=settings.get("no-index", "").lower() in _TRUE,
        certificates=settings.get("cert"),
        proxy=settings.get("proxy"),
        trusted=tuple(settings.get("trusted-host", "").split()),
    )


def _settings_in(configuration: str) -> dict[str, str]:
    found: dict[str, dict[str, str]] = {section: {} for section in _SECTIONS}
    for section, key, written in _LINE.findall(configuration):
        if section in found and (value := _text_of(written)):
            found[section][key] = value
    return {key: value for section in _SECTIONS for key, value in found[section].items()}


def _text_of(written: str) -> str:
    """Undo the quotes; pip prints values as Python writes them."""
    try:
        value = ast.literal_eval(written)
    except (ValueError, SyntaxError):
        return ""
    return value.strip() if isinstance(value, str) else ""


def _is_there(place: str) -> bool:
    """Pip passes over a folder that isn't there, and so do we."""
    return "://" in place or Path(place).exists()


def _lines(table: Mapping[str, object]) -> list[str]:
    return [f"{key} = {json.dumps(value)}" for key, value in table.items()]
