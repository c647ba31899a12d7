"""Whose account of the machine runs a person's servers; as root, everybody has one of their own."""

import hashlib
import os
import pwd
import re
import shutil
import stat
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from fallback_hub.problems import HubError, Problem
from fallback_hub.settings import HubSettings

HOMES = Path("/home")
LEAST_ID = 1000
"""Below it are the system's own accounts (login.defs, UID_MIN)."""
NOBODY = 65_534
_PREFIX = "pas-"
_PROGRAMS = "/usr/sbin:/sbin:/usr/bin"
_LONGEST = 24
_BUSY, _EXISTS = 10, 9
"""useradd(8), exit values: another program holds the list of groups, the name is taken."""
_TRIES = 20
_TIMEOUT = 60.0
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the machine: `groups` are the ids of all its groups."""

    name: str
    uid: int
    gid: int
    groups: tuple[int, ...]
    home: Path
    shell: str


def ensure_account(person: str, settings: HubSettings, *, everyone: bool | None = None) -> Account:
    """The account that runs the person's servers, with a home nobody else enters; made where it has to be.

    Blocks for up to a second. `everyone` (default: where we are root) tells a hub for many from one that runs all
    as its own user, which only an administrator may use. HubError says what stands in the way.
    """
    if not (os.geteuid() == 0 if everyone is None else everyone):
        return _own_account(person, settings)
    if settings.sign_in.method == "pam":
        return _account_of(_machine_entry(person))
    with _one_at_a_time:  # an account is listed before its home is there
        return _ensure_private(_account_of(_made_entry(person, settings)))


def account_names(person: str, settings: HubSettings) -> tuple[str, ...]:
    """Names the person's account may have, in the order they are tried: the second where the first is another's."""
    slug = re.sub(r"[^a-z0-9]+", "-", person.lower()).strip("-")[:_LONGEST].strip("-")
    digest = _digest(person, settings)[:8]
    plain = f"{_PREFIX}{slug or 'x'}"
    marked = f"{plain[: _LONGEST - 1].rstrip('-')}-{digest}"
    return (plain, marked) if slug == person else (marked,)


def _digest(person: str, settings: HubSettings) -> str:
    """Tells this hub's person from another hub's of the same name."""
    return hashlib.sha256(f"{settings.state}\0{person}".encode()).hexdigest()


def _made_entry(person: str, settings: HubSettings) -> pwd.struct_passwd:
    """The person's account, made by us: its comment field says so, since a name proves nothing."""
    comment = f"passerelle-{_digest(person, settings)[:24]}"
    for name in account_names(person, settings):
        entry = _entry(name) or _add(name, comment)
        if entry.pw_gecos.split(",")[0] == comment:
            return _checked(entry)
    names = " and ".join(account_names(person, settings))
    remedy = "Rename these accounts, or sign in by another name."
    raise HubError([Problem(person, f"The machine's accounts {names} are not ours.", remedy, "hub-account-taken")])


def find_useradd() -> str:
    """The program that makes accounts; HubError where the machine hasn't got it."""
    program = shutil.which("useradd", path=_PROGRAMS)
    if program is None:
        remedy = "Install it (apt-get install passwd, dnf install shadow-utils), or let people sign in by PAM."
        problem = "It has no useradd to make accounts with."
        raise HubError([Problem("this machine", problem, remedy, "hub-useradd-missing")])
    return program


def _add(name: str, comment: str) -> pwd.struct_passwd:
    command = [find_useradd(), "--create-home", "--home-dir", str(HOMES / name), "--shell", "/bin/bash"]
    command += ["--user-group", "--comment", comment, "--key", "HOME_MODE=0700", name]
    for _ in range(_TRIES):
        try:
            ended = subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _not_made(name, str(error)) from error
        if entry := _entry(name):
            return entry
        if ended.returncode not in (1, _BUSY, _EXISTS):
            break
        time.sleep(0.2)  # another program is changing the list of accounts
    raise _not_made(name, ended.stderr.strip())


def _not_made(name: str, said: str) -> HubError:
    problem = f"The account {name} can't be made: {said.splitlines()[-1] if said else 'useradd gave no reason'}."
    remedy = "Run useradd by hand to see why; /etc/passwd and /home have to be writable."
    return HubError([Problem("this machine", problem, remedy, "hub-account-failed")])


def _machine_entry(person: str) -> pwd.struct_passwd:
    entry = _entry(person)
    if entry is None:
        problem = "The machine has no account of that name any more."
        raise HubError([Problem(person, problem, "Ask the machine's administrator.", "hub-account-missing")])
    return _checked(entry)


def _checked(entry: pwd.struct_passwd) -> pwd.struct_passwd:
    if entry.pw_uid < LEAST_ID or entry.pw_gid == 0 or NOBODY in (entry.pw_uid, entry.pw_gid):
        problem = "This account is one of the system's own: it runs nobody's notebooks."
        raise HubError([Problem(entry.pw_name, problem, "Sign in as somebody else.", "hub-account-system")])
    return entry


def _entry(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _account_of(entry: pwd.struct_passwd) -> Account:
    groups = tuple(os.getgrouplist(entry.pw_name, entry.pw_gid))
    home = Path(entry.pw_dir)
    if not home.is_dir():
        problem = f"Its home {home} isn't there."
        raise HubError([Problem(entry.pw_name, problem, "Make it (mkhomedir_helper).", "hub-home-missing")])
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, groups, home, entry.pw_shell or "/bin/sh")


def _ensure_private(account: Account) -> Account:
    """A home that we made is its owner's alone, whatever was done to it since."""
    facts = os.lstat(account.home)
    if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != account.uid:
        problem = f"Its home {account.home} belongs to somebody else."
        raise HubError([Problem(account.name, problem, "Give it back (chown).", "hub-home-foreign")])
    if stat.S_IMODE(facts.st_mode) != stat.S_IRWXU:
        account.home.chmod(stat.S_IRWXU)
    return account


def _own_account(person: str, settings: HubSettings) -> Account:
    """The hub's own account; files and servers of two people would be each other's, so there is one person."""
    if person not in settings.sign_in.admins:
        problem = "This hub runs everything as one account, so that only its administrator may start servers."
        remedy = "Run the hub as root to give everybody an account of their own."
        raise HubError([Problem(person, problem, remedy, "hub-single-user")])
    home = settings.state / "homes" / person
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    entry = pwd.getpwuid(os.geteuid())
    return Account(entry.pw_name, entry.pw_uid, os.getegid(), tuple(os.getgroups()), home, entry.pw_shell or "/bin/sh")
