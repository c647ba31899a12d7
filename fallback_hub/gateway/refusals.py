"""What the gateway says no with: one table from a stable code to the status and the sentence."""

from collections.abc import Mapping
from dataclasses import dataclass

from fallback_hub.words import translated


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP status, the sentence by language, and headers that the status asks for."""

    status: int
    message: Mapping[str, str]
    headers: Mapping[str, str]


def _say(status: int, message: Mapping[str, str], **headers: str) -> Answer:
    return Answer(status, message, {name.replace("_", "-"): value for name, value in headers.items()})


REFUSALS: Mapping[str, Answer] = {
    "malformed": _say(400, translated("The page asked for something that the cluster doesn’t understand.")),
    "wrong-redirect": _say(400, translated("This sign-in wasn’t meant for this site.")),
    "code-refused": _say(400, translated("This sign-in has expired or was already used. Sign in again.")),
    # RFC 6750, section 3: a 401 says how to identify oneself.
    "signed-out": _say(401, translated("Nobody is signed in any more. Sign in again."), WWW_Authenticate="Bearer"),
    "foreign-origin": _say(403, translated("Only the pages of the site may ask the cluster for this.")),
    "not-allowed": _say(403, translated("Only the course’s teachers and the cluster’s administrators may see this.")),
    "not-found": _say(404, translated("There is nothing at this address.")),
    "no-log": _say(404, translated("This server hasn’t written anything yet.")),
    "wrong-method": _say(405, translated("This address can’t be used that way.")),
    "too-slow": _say(408, translated("The request took too long to arrive. Check the connection, then try again.")),
    "too-large": _say(413, translated("The request is too large.")),
    "wrong-type": _say(415, translated("The request has to be JSON.")),
    "too-many": _say(429, translated("Too many people are signing in at once. Try again in a moment.")),
    "fault": _say(500, translated("The cluster made a mistake. Try again, or tell its administrator.")),
    "hub-failed": _say(502, translated("The cluster gave an answer that makes no sense. Tell its administrator.")),
    "hub-unreachable": _say(503, translated("The cluster isn’t answering: it may be restarting. Try again shortly.")),
    "site-unreadable": _say(503, translated("The cluster can’t read the site’s courses. Tell its administrator.")),
    "hub-slow": _say(504, translated("The cluster is taking too long to answer. Try again in a moment.")),
}


class Refusal(Exception):  # noqa: N818 a refusal is an answer, not an error of ours
    """The request is answered with no; `retry_after` in seconds where it makes sense to come back."""

    def __init__(self, code: str, retry_after: float | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after
