"""The hub's settings, read once from hub.toml; every fault is told at once, with its key and remedy.

What hub.toml may say, with its usual values::

    site = "_site"                        # the built site's folder, from hub.toml's
    site_url = "https://cours.example.org/"  # where browsers find the site (needed)
    url = "https://hub.example.org/"      # where they find the hub: another origin (needed)
    bind = "127.0.0.1:8001"               # where the proxy listens: the port of `url` on a loopback address
    state = "state"                       # database, secrets, logs, from hub.toml's folder; made 0700
    environments = "/var/lib/passerelle/environments"  # as root; else in `state`

    [sign_in]
    method = "accounts"                   # the hub's own, or "pam": those of the machine
    sign_up = false                       # whether people may ask for an account; an admin lets them in
    admins = ["admin"]
    allowed = []                          # the only names let in; empty: everybody with an account
    token_minutes = 60                    # how long a page's token lives before it is renewed
    session_hours = 12                    # how long signing in lasts

    [servers]
    idle_minutes = 60                     # a server nobody uses is stopped
    start_seconds = 600
    at_once = 8                           # starting at the same time; two or three a processor
    at_most = 100                         # running at the same time
    max_file = "2 GB"
    metrics_token = ""                    # reads the gateway's figures from another machine

    [profiles.standard]                   # overrules the course's profile of that name
    memory = "4 GB"
    cpus = 2
    gpus = 0
    minutes = 120

    [courses.genomique]
    open = true                           # everybody who may sign in; false: members only
    teachers = ["durand"]
    assistants = []
    students = []
    data = "/srv/data/genomique"          # files too big for the site, from hub.toml's folder
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from fallback_hub.addresses import WebAddress, parse_address
from fallback_hub.places import compare_origins, read_address, read_bind, read_folder
from fallback_hub.problems import HubError, Problem
from fallback_hub.tables import Table, read_table

Method = Literal["accounts", "pam"]

SERVICE = "passerelle"
CLIENT_ID = f"service-{SERVICE}"
CALLBACK = "_passerelle/signed-in.html"
# JupyterHub compares names in lower case; a name stands in addresses, paths and log lines.
USER_NAME = re.compile(r"[a-z0-9_][a-z0-9._@+-]{0,63}", re.ASCII)
NAME_RULE = "Names have letters a to z, digits and . _ @ + -, at most 64 of them."
COURSE_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
PROFILE_NAME = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*", re.ASCII)

_TOKEN = re.compile(r"[A-Za-z0-9._~-]{16,200}", re.ASCII)
_NOWHERE = WebAddress("http", "127.0.0.1", 8001, "/")


@dataclass(frozen=True, slots=True)
class SignIn:
    """Who may sign in and for how long: `allowed` empty lets in everybody who has an account."""

    method: Method = "accounts"
    sign_up: bool = False
    admins: tuple[str, ...] = ("admin",)
    allowed: tuple[str, ...] = ()
    token_minutes: int = 60
    session_hours: int = 12

    @property
    def session_seconds(self) -> int:
        """How long signing in lasts."""
        return self.session_hours * 3600

    @property
    def token_seconds(self) -> int:
        """How long a page's token lives; none outlives the session, which only renewing would notice."""
        return min(self.token_minutes * 60, self.session_seconds)


@dataclass(frozen=True, slots=True)
class Servers:
    """What servers may take: `at_once` start together, `at_most` run together; `max_file` in bytes."""

    idle_minutes: int = 60
    start_seconds: int = 600
    at_once: int = 8
    at_most: int = 100
    max_file: int = 2_000_000_000
    metrics_token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ServerProfile:
    """A named bundle of resources: `memory` in bytes, `minutes` of wall-clock time."""

    name: str
    memory: int = 4_000_000_000
    cpus: int = 2
    gpus: int = 0
    minutes: int = 120


@dataclass(frozen=True, slots=True)
class CourseRules:
    """Who takes part in a course: `open` lets everybody in who may sign in; `data` is a folder or None."""

    slug: str
    open: bool = True
    teachers: tuple[str, ...] = ()
    assistants: tuple[str, ...] = ()
    students: tuple[str, ...] = ()
    data: Path | None = None


@dataclass(frozen=True, slots=True)
class HubSettings:
    """Everything hub.toml says; paths are absolute, addresses in their exact form."""

    path: Path
    site: Path
    site_url: str
    url: str
    bind: tuple[str, int]
    state: Path
    environments: Path
    sign_in: SignIn
    servers: Servers
    profiles: Mapping[str, ServerProfile]
    courses: Mapping[str, CourseRules]

    @property
    def site_origin(self) -> str:
        """The site's origin as browsers write it in `Origin`."""
        return _exact(self.site_url).origin

    @property
    def hub_origin(self) -> str:
        """The hub's origin."""
        return _exact(self.url).origin

    @property
    def base_path(self) -> str:
        """The path of the hub's address; begins and ends with a slash."""
        return _exact(self.url).path

    @property
    def redirect_uri(self) -> str:
        """The one page a sign-in may come back to."""
        return f"{self.site_url}{CALLBACK}"

    def rules(self, slug: str) -> CourseRules:
        """Who takes part in the course: everybody, where hub.toml doesn't say."""
        return self.courses.get(slug) or CourseRules(slug)


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading hub.toml: `settings` is None where it has errors; `problems` holds warnings too."""

    settings: HubSettings | None
    problems: tuple[Problem, ...]


def read_settings(path: Path) -> HubSettings:
    """The settings in the hub.toml at `path`; HubError with all problems where one is an error."""
    reading = examine_settings(path)
    if reading.settings is None:
        raise HubError(reading.problems)
    return reading.settings


def examine_settings(path: Path) -> Reading:
    """The settings and every problem, for whoever tells the warnings as well."""
    try:
        table = read_table(path)
    except HubError as error:
        return Reading(None, error.problems)
    settings = _settings(Path(os.path.abspath(path)), table)
    problems = tuple(sorted(set(table.problems)))
    broken = any(problem.severity == "error" for problem in problems)
    return Reading(None if broken else settings, problems)


def _settings(path: Path, table: Table) -> HubSettings:
    site_url, url = read_address(table, "site_url"), read_address(table, "url")
    compare_origins(table, site_url, url)
    state = read_folder(table, "state", path.parent, "state")
    site = read_folder(table, "site", path.parent, "_site")
    usual_environments = "/var/lib/passerelle/environments" if os.geteuid() == 0 else str(state / "environments")
    settings = HubSettings(
        path=path,
        site=site,
        site_url=str(site_url or _NOWHERE),
        url=str(url or _NOWHERE),
        bind=read_bind(table, url or _NOWHERE),
        state=state,
        environments=read_folder(table, "environments", path.parent, usual_environments),
        sign_in=_sign_in(table.table("sign_in")),
        servers=_servers(table.table("servers")),
        profiles={name: _profile(name, inner) for name, inner in table.table("profiles").tables()},
        courses={slug: _rules(slug, inner, path.parent) for slug, inner in table.table("courses").tables()},
    )
    if state == site or site in state.parents:
        table.tell(
            "state", "It lies in the site's folder.", "Name a folder outside what is published.", "hub-state-place"
        )
    table.finish()
    return settings


def _sign_in(table: Table) -> SignIn:
    usual = SignIn()
    method: Method = "pam" if table.text("method", usual.method, ("accounts", "pam")) == "pam" else "accounts"
    sign_up = table.flag("sign_up", usual=usual.sign_up)
    if sign_up and method == "pam":
        table.tell("sign_up", "The machine's accounts can't be asked for here.", "Leave it out.", "hub-sign-up-pam")
    signing_in = SignIn(
        method,
        sign_up,
        _users(table, "admins", usual.admins),
        _users(table, "allowed", usual.allowed),
        table.duration("token_minutes", usual.token_minutes, "min", (5, 1440)),
        table.duration("session_hours", usual.session_hours, "h", (1, 336)),
    )
    table.finish()
    return signing_in


def _servers(table: Table) -> Servers:
    usual = Servers()
    servers = Servers(
        table.duration("idle_minutes", usual.idle_minutes, "min", (5, 10_080)),
        table.duration("start_seconds", usual.start_seconds, "s", (10, 86_400)),
        table.whole("at_once", usual.at_once, 1, 10_000),
        table.whole("at_most", usual.at_most, 1, 100_000),
        table.size("max_file", usual.max_file),
        table.text("metrics_token", usual.metrics_token),
    )
    if servers.metrics_token and not _TOKEN.fullmatch(servers.metrics_token):
        remedy = "Write at least 16 letters and digits, or leave it out."
        table.tell("metrics_token", "It is too easy to guess, or has odd characters.", remedy, "hub-weak-token")
    table.finish()
    return servers


def _profile(name: str, table: Table) -> ServerProfile:
    usual = ServerProfile(name)
    if not PROFILE_NAME.fullmatch(name):
        _told_name(table, f"“{name}” is no name for a profile.")
    profile = ServerProfile(
        name,
        table.size("memory", usual.memory),
        table.whole("cpus", usual.cpus, 1, 1024),
        table.whole("gpus", usual.gpus, 0, 64),
        table.duration("minutes", usual.minutes, "min", (1, 44_640)),
    )
    table.finish()
    return profile


def _rules(slug: str, table: Table, base: Path) -> CourseRules:
    if not COURSE_SLUG.fullmatch(slug):
        _told_name(table, f"“{slug}” is no course's name.")
    rules = CourseRules(
        slug,
        table.flag("open", usual=True),
        _users(table, "teachers"),
        _users(table, "assistants"),
        _users(table, "students"),
        read_folder(table, "data", base, "") if table.values.get("data") is not None else None,
    )
    table.asked.append("data")
    table.finish()
    return rules


def _told_name(table: Table, problem: str) -> None:
    *above, key = table.path
    holder = Table(table.place, {}, table.problems, tuple(above))
    holder.tell(key, problem, "Write small letters, digits and dashes.", "hub-malformed")


def _users(table: Table, key: str, usual: tuple[str, ...] = ()) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip().lower() for name in table.names(key, usual)))
    for name in names:
        if not USER_NAME.fullmatch(name):
            table.tell(key, f"“{name}” is no user name.", NAME_RULE, "hub-malformed")
    return names


def _exact(address: str) -> WebAddress:
    parsed = parse_address(address)
    return _NOWHERE if isinstance(parsed, str) else parsed
