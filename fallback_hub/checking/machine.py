"""Programs and room on this machine: Node and the proxy, uv, accounts, disk, memory."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psutil

from fallback_hub.checking.finding import Finding, from_problem
from fallback_hub.environments.build import uv_command
from fallback_hub.environments.interpreters import is_open
from fallback_hub.hub.accounts import find_useradd
from fallback_hub.problems import HubError
from fallback_hub.proxy.install import installed_proxy, why_not_installable
from fallback_hub.running.ports import problems_in_bind
from fallback_hub.running.state import StateFolder
from fallback_hub.settings import HubSettings

DISK = 5_000_000_000
"""Bytes free for environments (a gigabyte a course with the scientific packages) and people's files."""


def look_at_proxy(settings: HubSettings) -> Iterator[Finding]:
    """Node, and the proxy that runs on it."""
    try:
        if installed_proxy():
            yield Finding("proxy", "ok", "is installed.")
        elif problem := why_not_installable():
            yield from_problem(problem)
        else:
            yield Finding("proxy", "ok", "isn't installed yet; the first start gets it from the npm registry.")
    except HubError as error:
        yield from map(from_problem, error.problems)


def look_at_port(settings: HubSettings) -> Iterator[Finding]:
    """Where the hub will listen."""
    host, port = settings.bind
    state = StateFolder(settings.state)
    try:
        if state.is_held():
            yield Finding("port", "ok", f"{host}:{port} is this hub's; it runs.")
            return
    except HubError as error:
        yield from map(from_problem, error.problems)
        return
    problems = list(problems_in_bind(settings))
    yield from map(from_problem, problems)
    if not problems:
        yield Finding("port", "ok", f"{host}:{port} is free.")


def look_at_uv(settings: HubSettings) -> Iterator[Finding]:
    """What builds the courses' environments."""
    try:
        uv_command()
    except HubError as error:
        yield from map(from_problem, error.problems)
    else:
        yield Finding("uv", "ok", "builds the courses' environments.")


def look_at_accounts(settings: HubSettings) -> Iterator[Finding]:
    """Whether each person's code can run as an account of its own."""
    if os.geteuid() != 0:
        text = "The hub doesn't run as root, so everything runs as you, and only administrators may start servers."
        remedy = "For a class, run it as root: everybody then has an account and a home of their own."
        yield Finding("accounts", "warning", text, remedy, "hub-one-account")
        return
    try:
        if settings.sign_in.method == "accounts":
            find_useradd()
    except HubError as error:
        yield from (from_problem(problem, "accounts") for problem in error.problems)
    else:
        yield Finding("accounts", "ok", "everybody's code runs as an account of its own.")


def look_at_folders(settings: HubSettings) -> Iterator[Finding]:
    """Whether people's accounts can read what they must, and nobody else the hub's state."""
    if os.geteuid() == 0:
        yield from _look_at_shared("environments", settings.environments, code="hub-environments-closed")
        if settings.site.is_dir():
            yield from _look_at_shared("site folder", settings.site, code="hub-site-closed")
    for slug, rules in settings.courses.items():
        if rules.data is None:
            continue
        if not rules.data.is_dir():
            text = f"There is no folder {rules.data}."
            remedy = f"Mend `data` of [courses.{slug}] in hub.toml, or make it."
            yield Finding(f"data of {slug}", "warning", text, remedy, "hub-data-missing")
        elif os.geteuid() == 0:
            yield from _look_at_shared(f"data of {slug}", rules.data, code="hub-data-closed")
    if settings.state.exists() and settings.state.stat().st_mode & 0o077:
        text = f"{settings.state} is open to others than you."
        yield Finding(
            "state", "warning", text, f"chmod 700 {settings.state} (starting does it, too).", "hub-state-open"
        )


def look_at_room(settings: HubSettings) -> Iterator[Finding]:
    """Disk and memory."""
    place = next(parent for parent in (settings.environments, *settings.environments.parents) if parent.exists())
    free = shutil.disk_usage(place).free
    if free < DISK:
        text = f"{place} has {free / 1e9:.1f} GB left; a course's environment takes up to a gigabyte."
        yield Finding(
            "disk", "warning", text, "Make room, or name another folder as `environments`.", "hub-little-disk"
        )
    else:
        yield Finding("disk", "ok", f"{free / 1e9:.0f} GB are free for environments.")
    memory = psutil.virtual_memory().total
    usual = settings.profiles.get("standard")
    each = usual.memory if usual else 4_000_000_000
    fit = memory // each
    text = f"{memory / 1e9:.0f} GB: {fit} servers of the profile standard ({each / 1e9:.0f} GB) fill it."
    if fit < 1:
        remedy = "Give [profiles.standard] less memory in hub.toml, or the machine more."
        yield Finding("memory", "warning", text, remedy, "hub-little-memory")
    else:
        yield Finding("memory", "ok", text)


def _look_at_shared(what: str, folder: Path, *, code: str) -> Iterator[Finding]:
    """A folder that people's accounts read."""
    closed = first_closed(folder)
    if closed is None:
        yield Finding(what, "ok", f"{folder} can be read by everybody.")
    else:
        text = f"{folder} can't be read by people's accounts: {closed} is closed to them."
        remedy = f"Open it (chmod o+rx {closed}), or name another in hub.toml, below /srv or /var/lib."
        yield Finding(what, "problem", text, remedy, code)


def first_closed(folder: Path) -> Path | None:
    """The first folder on the way that other accounts can't enter; those that don't exist yet will be open."""
    existing = [parent for parent in (folder, *folder.parents) if parent.exists()]
    return next((parent for parent in reversed(existing) if not is_open(parent)), None)
