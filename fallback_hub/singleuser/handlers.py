"""What the extension's handlers share: JupyterHub's sign-in, the site's origin, answers in JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import APIHandler

from fallback_hub.singleuser.answers import AnswerError
from fallback_hub.singleuser.hashing import Hashes
from fallback_hub.singleuser.paths import PathError
from fallback_hub.singleuser.surroundings import Surroundings
from fallback_hub.singleuser.uploads import Uploads

METHODS = "GET, HEAD, PUT, DELETE, OPTIONS"
REQUEST_HEADERS = (
    "accept, authorization, content-type, if-match, if-none-match, range, upload-length, upload-offset, upload-sha256"
)
EXPOSED = "Upload-Offset, ETag, Content-Range, Content-Length"


@dataclass(frozen=True, slots=True)
class Parts:
    """What the handlers work with."""

    surroundings: Surroundings
    hashes: Hashes
    uploads: Uploads


class PageHandler(APIHandler):
    """A handler for pages of the site."""

    def initialize(self, parts: Parts) -> None:
        """Take what all handlers work with."""
        self.parts = parts

    async def prepare(self) -> None:  # type: ignore[override]  # as APIHandler does
        """Nobody gets further who isn't signed in; Jupyter Server by itself would let them."""
        await super().prepare()
        if self.current_user is None and self.request.method != "OPTIONS":
            raise AnswerError("signed-out")

    def set_cors_headers(self) -> None:
        """The site's origin and no other; cookies never cross."""
        self.set_header("Access-Control-Allow-Origin", self.parts.surroundings.site_origin)
        self.set_header("Access-Control-Expose-Headers", EXPOSED)
        self.set_header("Vary", "Origin")
        self.set_header("Cache-Control", "no-store")

    @allow_unauthenticated
    def options(self, *args: str) -> None:
        """A browser's question before a request from the site."""
        self.set_header("Access-Control-Allow-Methods", METHODS)
        self.set_header("Access-Control-Allow-Headers", REQUEST_HEADERS)
        self.set_header("Access-Control-Max-Age", "600")
        self.set_status(204)
        self.finish(set_content_type="text/plain")

    def reply(self, body: Mapping[str, object], status: int = 200) -> None:
        """End with JSON."""
        self.set_status(status)
        self.finish(json.dumps(body, ensure_ascii=False))

    def refuse(self, error: AnswerError) -> None:
        """End with what the table says of the code."""
        for name, value in error.headers.items():
            self.set_header(name, value)
        self.reply(error.as_json(), error.status)

    def write_error(self, status_code: int, **kwargs: object) -> None:
        """Our refusals as JSON, wherever they were raised; the rest as Jupyter Server does it."""
        self.set_cors_headers()
        exc_info = kwargs.get("exc_info")
        error = exc_info[1] if isinstance(exc_info, tuple) else None
        if isinstance(error, PathError):
            error = AnswerError("path")
        if isinstance(error, AnswerError):
            self.refuse(error)
        else:
            super().write_error(status_code, **kwargs)

    def log_exception(self, *args: object) -> None:
        """A refusal is no fault of ours, and no traceback."""
        if not isinstance(args[1], (AnswerError, PathError)):
            super().log_exception(*args)  # type: ignore[arg-type]  # passed on as they came
