"""Who is who: accounts of the hub's own or those of the machine, and who of them may sign in."""

from __future__ import annotations

import pwd
from functools import partial
from typing import TYPE_CHECKING

from jupyterhub import orm, roles
from jupyterhub.auth import Authenticator, PAMAuthenticator
from nativeauthenticator import NativeAuthenticator
from nativeauthenticator.orm import UserInfo
from tornado import web
from traitlets import Bool

from fallback_hub.hub.account_pages import account_pages
from fallback_hub.hub.accounts import LEAST_ID, NOBODY
from fallback_hub.hub.attempts import Attempts
from fallback_hub.hub.passwords import SHORTEST, fits, hash_password, is_right_beside
from fallback_hub.hub.sign_in_page import TEMPLATES, SignInHandler, language_of
from fallback_hub.settings import USER_NAME, HubSettings
from fallback_hub.words import said_in

if TYPE_CHECKING:
    from traitlets.config import Config

LOOK_SECONDS = 30
"""Who was put out is out this much later, with every cookie and token."""


def set_identity(c: Config, settings: HubSettings) -> None:
    """Name the authenticator, and who it lets in."""
    signing_in = settings.sign_in
    c.JupyterHub.authenticator_class = MachineAccounts if signing_in.method == "pam" else HubAccounts
    c.Authenticator.admin_users = set(signing_in.admins)
    c.Authenticator.allowed_users = set(signing_in.allowed)
    c.Guarded.everybody = not signing_in.allowed
    c.Authenticator.allow_existing_users = False  # who is taken out of hub.toml is out
    c.Authenticator.any_allow_config = True
    c.Authenticator.auth_refresh_age = LOOK_SECONDS
    c.Authenticator.auth_refresh_strict = True
    c.Authenticator.username_pattern = f"{USER_NAME.pattern}$"
    c.JupyterHub.template_paths = [str(TEMPLATES)]
    c.JupyterHub.template_vars = {"hub_accounts": signing_in.method == "accounts"}
    c.PAMAuthenticator.open_sessions = False
    c.NativeAuthenticator.enable_signup = signing_in.sign_up
    c.NativeAuthenticator.open_signup = False
    c.NativeAuthenticator.minimum_password_length = SHORTEST
    c.NativeAuthenticator.check_common_password = True


class TooManyAttemptsError(web.HTTPError):
    """429, with the sentence and when to come back."""

    def __init__(self, sentence: str, seconds: int) -> None:
        super().__init__(429, sentence)
        self.headers = {"Retry-After": str(seconds)}  # JupyterHub sends an error's headers along


class Guarded(Authenticator):  # type: ignore[misc] # jupyterhub is untyped
    """What both ways of signing in have in common: wrong passwords are counted, hub.toml says who is who."""

    everybody = Bool(default_value=False, help="Whether everybody with an account is let in.").tag(config=True)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.attempts = Attempts()

    async def authenticate(self, handler: web.RequestHandler, data: dict[str, str]) -> str | None:
        """The name, where the password is right; 429 after too many that were wrong."""
        name: str = self.normalize_username(data.get("username", ""))
        address = str(handler.request.remote_ip)
        if not self.validate_username(name):
            return None
        if seconds := self.attempts.seconds_to_wait(name, address):
            minutes = seconds // 60 + 1
            say = partial(said_in, language_of(handler))
            sentence = say("Too many wrong passwords. Try again in %(minutes)s min.", minutes=minutes)
            raise TooManyAttemptsError(sentence, seconds)
        if await self.is_password_right(handler, name, data.get("password", "")):
            self.attempts.forget(name, address)
            return name
        self.attempts.note_failure(name, address)
        return None

    async def is_password_right(self, handler: web.RequestHandler, name: str, password: str) -> bool:
        """Whether the password is the person's; without blocking the hub."""
        raise NotImplementedError

    def check_allowed(self, username: str, authentication: object = None) -> bool:
        """Whether the person may sign in, and stay signed in: they have an account, and are named where some are."""
        named = self.everybody or username in self.allowed_users | self.admin_users
        return named and self.has_account(username)

    async def refresh_user(self, user: orm.User, handler: web.RequestHandler | None = None) -> bool:
        """Whether somebody who signed in earlier may stay."""
        return self.check_allowed(user.name)

    def has_account(self, name: str) -> bool:
        """Whether there is an account of that name for somebody to use."""
        raise NotImplementedError

    def add_user(self, user: object) -> object:
        """JupyterHub's hook for everybody it knows, at its start: an administrator no longer named is none."""
        if not isinstance(user, orm.User):
            return super().add_user(user)
        if user.admin and user.name not in self.admin_users:
            user.admin = False
            roles.assign_default_roles(self.db, entity=user)
        return Authenticator.add_user(self, user)


class HubAccounts(Guarded, NativeAuthenticator):  # type: ignore[misc]
    """The hub's own accounts; an administrator lets people in, or makes their accounts."""

    async def is_password_right(self, handler: web.RequestHandler, name: str, password: str) -> bool:
        """Compare with the hash of whoever was let in."""
        account = self.get_user(name)
        kept = account.password if account is not None and account.is_authorized else None
        return await is_right_beside(password, kept)

    def has_account(self, name: str) -> bool:
        """Whether somebody of that name was let in."""
        account = self.get_user(name)
        return account is not None and bool(account.is_authorized)

    def get_authed_users(self) -> set[str]:
        """The people an administrator let in, and nobody because of their name alone.

        nativeauthenticator counts those that hub.toml names: whoever signed up first as one would be it.
        """
        return {account.username for account in UserInfo.all_users(self.db) if account.is_authorized}

    def user_exists(self, username: str) -> bool:
        """Whether the name is taken, by an account or by somebody whom the hub knows already."""
        name = self.normalize_username(username)
        return super().user_exists(name) or orm.User.find(self.db, name) is not None

    def is_password_strong(self, password: str) -> bool:
        """Long enough, and none of the common ones."""
        return fits(password) and super().is_password_strong(password)

    def change_password(self, username: str, new_password: str) -> bool | None:
        """Give a new password; an administrator's first one for somebody makes the account."""
        if not self.is_password_strong(new_password):
            return None
        account = self.get_user(username)
        if account is None:
            account = UserInfo(username=self.normalize_username(username), is_authorized=True, password=b"")
            self.db.add(account)
        account.password = hash_password(new_password)
        self.db.commit()
        return True

    def get_handlers(self, app: object) -> list[tuple[str, type]]:
        """The pages for accounts."""
        return account_pages()


class MachineAccounts(Guarded, PAMAuthenticator):  # type: ignore[misc]
    """The machine's accounts; those of its services, and root, are nobody's to sign in with."""

    async def is_password_right(self, handler: web.RequestHandler, name: str, password: str) -> bool:
        """Ask PAM, in a thread."""
        return bool(await PAMAuthenticator.authenticate(self, handler, {"username": name, "password": password}))

    def get_handlers(self, app: object) -> list[tuple[str, type]]:
        """The page to sign in on."""
        return [(r"/login", SignInHandler)]

    def has_account(self, name: str) -> bool:
        """Whether the machine has such a person."""
        try:
            number = pwd.getpwnam(name).pw_uid
        except KeyError:
            return False
        return LEAST_ID <= number != NOBODY
