"""How pages of the site sign in: OAuth with PKCE, S256 and nothing weaker, for a token that lives an hour."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from jupyterhub.oauth import provider
from oauthlib.oauth2 import InvalidRequestError

from fallback_hub.settings import CLIENT_ID, HubSettings

if TYPE_CHECKING:
    from oauthlib.common import Request
    from sqlalchemy.orm import Session


class PageValidator(provider.JupyterHubRequestValidator):  # type: ignore[misc] # jupyterhub is untyped
    """JupyterHub's validator, stricter where the site's pages ask."""

    def __init__(self, db: Session, *, require_pkce: bool = True, token_seconds: int) -> None:
        super().__init__(db, require_pkce=require_pkce)
        self.token_seconds = token_seconds

    def save_authorization_code(self, client_id: str, code: object, request: Request, *args: object) -> None:
        """Keep the code; one asked for without a hashed challenge isn't given (RFC 9700, section 2.1.1)."""
        if client_id == CLIENT_ID and request.code_challenge_method != "S256":
            raise InvalidRequestError(description="The code challenge has to be of the method S256.", request=request)
        super().save_authorization_code(client_id, code, request, *args)

    def save_bearer_token(self, token: dict[str, object], request: Request, *args: object) -> object:
        """Keep the token; oauthlib answers what stands in `token` afterwards, so its life is told as it is."""
        if request.client.client_id == CLIENT_ID:
            token["expires_in"] = self.token_seconds
        return super().save_bearer_token(token, request, *args)


def use_page_validator(settings: HubSettings) -> None:
    """Have JupyterHub make its OAuth provider with our validator: it has no setting for either rule."""
    provider.JupyterHubRequestValidator = partial(PageValidator, token_seconds=settings.sign_in.token_seconds)
