"""What the hub's own handlers say no with: one table from a stable code to the status and the sentence."""

from dataclasses import dataclass

from fallback_hub.words import translated


@dataclass(frozen=True, slots=True)
class Refusal:
    """An HTTP status, and the sentence by language."""

    status: int
    message: dict[str, str]


REFUSALS = {
    "signed-out": Refusal(401, translated("Nobody is signed in any more. Sign in again.")),
    "session-over": Refusal(401, translated("Your session is over. Sign in again to go on: nothing is lost.")),
    "foreign-origin": Refusal(403, translated("Only the pages of the site may ask the cluster for this.")),
    "wrong-token": Refusal(403, translated("This token wasn’t given to a page of the site.")),
}
