"""Accounts made from the command line: the first administrator's, at the hub's first start."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from nativeauthenticator.orm import UserInfo
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from fallback_hub.hub.passwords import hash_password, new_password
from fallback_hub.hub.storage import DATABASE, database_url, ensure_state
from fallback_hub.settings import HubSettings


def ensure_first_admin(settings: HubSettings) -> str | None:
    """Make the first administrator's account, once; the password to show, None where there is nothing to make.

    Only its hash is kept: whoever loses the password gets another one from `set_password`.
    """
    if settings.sign_in.method != "accounts" or not settings.sign_in.admins:
        return None
    with _accounts(settings) as session:
        if session.query(UserInfo).filter(UserInfo.username.in_(settings.sign_in.admins)).first():
            return None
        return _set_password(session, settings.sign_in.admins[0])


def set_password(settings: HubSettings, name: str, password: str | None = None) -> str:
    """Give the account a password, a new one unless it is said; the account is made where there was none."""
    with _accounts(settings) as session:
        return _set_password(session, name, password)


def _set_password(session: Session, name: str, password: str | None = None) -> str:
    given = password or new_password()
    account = UserInfo.find(session, name)
    if account is None:
        account = UserInfo(username=name)
        session.add(account)
    account.password = hash_password(given)
    account.is_authorized = True
    session.commit()
    return given


@contextmanager
def _accounts(settings: HubSettings) -> Iterator[Session]:
    """The hub's database, for one of us at a time; the hub itself may be running."""
    ensure_state(settings.state)
    with open(settings.state / "accounts.lock", "w", opener=_for_us) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        url = database_url(settings)
        if (settings.state / DATABASE).stat().st_size == 0:
            _make_tables(url)
        engine = create_engine(url)
        try:
            UserInfo.metadata.tables["users_info"].create(engine, checkfirst=True)
            with Session(engine) as session:
                yield session
        finally:
            engine.dispose()


def _for_us(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _make_tables(url: str) -> None:
    """JupyterHub's own tables first, since it tells its version by them; aside, as alembic takes over all logging."""
    program = "import sys; from jupyterhub.orm import new_session_factory; new_session_factory(sys.argv[1])"
    subprocess.run([sys.executable, "-c", program, url], check=True, capture_output=True)
