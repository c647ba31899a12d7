"""The page where people sign in, in the language of their browser."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from jupyterhub.handlers.login import LoginHandler
from tornado import web

from fallback_hub.words import Language, preferred_language, said_in

if TYPE_CHECKING:
    from collections.abc import Awaitable

TEMPLATES = Path(__file__).with_name("templates")


class SignInHandler(LoginHandler):  # type: ignore[misc] # jupyterhub is untyped
    """JupyterHub's own form, with our words."""

    def _render(self, login_error: str | None = None, username: str | None = None, **kwargs: object) -> Awaitable[str]:
        language = language_of(self)
        say = partial(said_in, language)
        if login_error == "Invalid username or password":  # JupyterHub's constant
            login_error = say("The name or the password is wrong.")
        page: Awaitable[str] = super()._render(
            login_error=login_error, username=username, language=language, say=say, **kwargs
        )
        return page


def language_of(handler: web.RequestHandler) -> Language:
    """The language in which whoever asks would rather be answered."""
    return preferred_language(handler.request.headers.get("Accept-Language", ""))
