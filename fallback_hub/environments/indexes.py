"""The package indexes an institution set pip up for, told to uv, so that both ask the same ones."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

_LINE = re.compile(r"^([A-Za-z0-9:_-]+)\.([a-z0-9-]+)=(.*)$", re.MULTILINE)
_SECTIONS = ("global", "install", ":env:")
"""Weakest first, as pip reads them (pip's user guide, "Configuration")."""
_TRUE = {"1", "true", "yes", "y", "on", "t"}
_TIMEOUT = 60.0
"""Seconds: pip starts slowly on a cold disk."""


def read_configuration() -> str:
    """What `pip config list` prints; "" where there is no pip beside the hub, and uv's own settings hold."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "config", "list"]
    try:
        ended = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=_TIMEOUT, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return ended.stdout if ended.returncode == 0 else ""


def uv_settings(configuration: str, *, further: bool = True) -> str:
    """The same as a uv.toml; two indexes that offer one package are both heard, as pip hears them.

    Without `further`, the main index and the folders alone.
    Addresses may hold passwords: the text belongs in a file nobody else reads, never on a command line.
    """
    said = _settings_in(configuration)
    top: dict[str, object] = {"system-certs": True}
    if proxy := said.get("proxy"):
        top |= {"http-proxy": proxy, "https-proxy": proxy}
    if trusted := said.get("trusted-host", "").split():
        top["allow-insecure-host"] = trusted
    folders = [place for place in said.get("find-links", "").split() if "://" in place or Path(place).exists()]
    pip: dict[str, object] = {"index-strategy": "unsafe-best-match"}
    if url := said.get("index-url"):
        pip["index-url"] = url
    pip |= {"extra-index-url": said.get("extra-index-url", "").split() if further else [], "find-links": folders}
    pip["no-index"] = said.get("no-index", "").lower() in _TRUE
    return "\n".join([*_lines(top), "[pip]", *_lines(pip), ""])


def certificates_in(configuration: str) -> str | None:
    """The PEM file pip trusts, None where it trusts the system's."""
    return _settings_in(configuration).get("cert")


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


def _lines(table: Mapping[str, object]) -> list[str]:
    return [f"{key} = {json.dumps(value)}" for key, value in table.items()]
