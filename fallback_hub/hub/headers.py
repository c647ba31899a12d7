"""What the hub tells browsers: which other origin may read it, and that no page may frame it."""

import logging

from traitlets.config import Config

from fallback_hub.settings import HubSettings


def set_headers(c: Config, settings: HubSettings) -> None:
    """CORS for the site's origin and no other; cookies stay at home, since credentials are never allowed.

    JupyterHub's own policy (frame-ancestors 'none', and default-src 'none' for its API) stands: a
    `Content-Security-Policy` here would replace it.
    """
    c.JupyterHub.tornado_settings = {
        "headers": {
            "Access-Control-Allow-Origin": settings.site_origin,
            "Access-Control-Allow-Headers": "accept, authorization, content-type",
            "Access-Control-Allow-Methods": "GET, POST, DELETE, OPTIONS",
            "Access-Control-Max-Age": "600",
            "Referrer-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "Vary": "Origin",
        },
        # a browser that is closed has signed out; another site's page can't act with the cookie
        "cookie_options": {"samesite": "Lax", "expires_days": None},
    }
    c.JupyterHub.cookie_max_age_days = settings.sign_in.session_hours / 24
    logging.getLogger("tornado.application").addFilter(_tells_no_cookie)


def _tells_no_cookie(record: logging.LogRecord) -> bool:
    """JupyterHub says at each page what it signs into the XSRF cookie: the secret of the login cookie."""
    return not str(record.msg).startswith("Setting new xsrf cookie")
