"""What the extension says no with: one table from a stable code to status and sentence."""

from collections.abc import Mapping
from http import HTTPStatus

from fallback_hub.words import translated

SENTENCES: Mapping[str, tuple[HTTPStatus, str]] = {
    "signed-out": (HTTPStatus.FORBIDDEN, "Nobody is signed in any more. Sign in again."),
    "path": (HTTPStatus.BAD_REQUEST, "A file of that name can’t be carried."),
    "headers": (HTTPStatus.BAD_REQUEST, "The page asked for something that the cluster doesn’t understand."),
    "not-found": (HTTPStatus.NOT_FOUND, "The cluster has no such file."),
    "offset": (HTTPStatus.CONFLICT, "The upload goes on from another place."),
    "changed": (HTTPStatus.PRECONDITION_FAILED, "The file on the cluster was changed since."),
    "precondition": (
        HTTPStatus.PRECONDITION_REQUIRED,
        "The page didn’t say what it believes the file on the cluster to be.",
    ),
    "too-big": (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The file is too large for the cluster."),
    "range": (HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "The file on the cluster is shorter than that."),
    "wrong-hash": (HTTPStatus.UNPROCESSABLE_ENTITY, "The file arrived damaged. Send it again."),
    "no-space": (HTTPStatus.INSUFFICIENT_STORAGE, "There is no room left for your files on the cluster."),
    "no-lesson": (HTTPStatus.NOT_FOUND, "The course has no such lesson."),
    "site-unreachable": (HTTPStatus.BAD_GATEWAY, "The cluster can’t reach the site to fetch the lesson. Try again."),
}


class AnswerError(Exception):
    """A request that isn't met: its code, and what the page may want to know besides."""

    def __init__(self, code: str, headers: Mapping[str, str] | None = None, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.headers = dict(headers or {})
        self.facts = facts

    @property
    def status(self) -> int:
        """The HTTP status."""
        return int(SENTENCES[self.code][0])

    def as_json(self) -> dict[str, object]:
        """The body: code, message by language, facts."""
        return {"code": self.code, "message": translated(SENTENCES[self.code][1]), **self.facts}
