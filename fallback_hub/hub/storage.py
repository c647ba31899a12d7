"""Where the hub listens and what it keeps: database, secret and running servers outlive a restart."""

import os
import sqlite3
from pathlib import Path

from sqlalchemy import Engine, event
from traitlets.config import Config

from fallback_hub.running.addresses import Addresses
from fallback_hub.settings import HubSettings

DATABASE = "hub.sqlite"
COOKIE_SECRET = "cookie-secret"  # noqa: S105 - a file's name


def set_addresses(c: Config, settings: HubSettings, addresses: Addresses) -> None:
    """The proxy runs on its own, so that the hub can be restarted under running servers."""
    host, port = settings.bind
    shown = f"[{host}]" if ":" in host else host
    c.JupyterHub.bind_url = f"http://{shown}:{port}{settings.base_path}"
    c.JupyterHub.public_url = settings.url
    c.JupyterHub.hub_bind_url = addresses.hub
    c.JupyterHub.cleanup_servers = False
    c.JupyterHub.cleanup_proxy = False
    c.ConfigurableHTTPProxy.should_start = False
    c.ConfigurableHTTPProxy.api_url = addresses.proxy_api


def set_storage(c: Config, settings: HubSettings) -> None:
    """One SQLite file and one secret in the state folder, for the hub's user alone."""
    ensure_state(settings.state)
    c.JupyterHub.db_url = database_url(settings)
    c.JupyterHub.upgrade_db = True
    event.listen(Engine, "connect", _write_ahead)
    c.JupyterHub.cookie_secret_file = str(settings.state / COOKIE_SECRET)


def ensure_state(state: Path) -> None:
    """The state folder and its database file, closed to others whatever the umask."""
    state.mkdir(parents=True, exist_ok=True, mode=0o700)
    state.chmod(0o700)
    database = state / DATABASE
    os.close(os.open(database, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    database.chmod(0o600)


def database_url(settings: HubSettings) -> str:
    """The database as SQLAlchemy names it."""
    return f"sqlite:///{settings.state / DATABASE}"


def _write_ahead(connection: object, _record: object) -> None:
    """Let SQLite keep a log beside the file: a commit then holds the hub's loop up for no disk.

    What a power cut may undo are the last commits, never the file (https://sqlite.org/wal.html).
    """
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
