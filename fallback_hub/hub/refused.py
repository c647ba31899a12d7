"""Why a server isn't started or didn't start: one table from a stable code to status and sentence."""

from collections.abc import Mapping
from http import HTTPStatus

from jupyterhub.spawner import SpawnException

from fallback_hub.problems import HubError
from fallback_hub.words import Language, said_in, translated

SENTENCES: Mapping[str, tuple[HTTPStatus, str]] = {
    "server-without-course": (
        HTTPStatus.BAD_REQUEST,
        "A server belongs to a course: ask for one by the course’s name.",
    ),
    "unknown-course": (HTTPStatus.BAD_REQUEST, "The site has no such course."),
    "unknown-option": (HTTPStatus.BAD_REQUEST, "Only the profile of a server may be chosen."),
    "unknown-profile": (HTTPStatus.BAD_REQUEST, "The course has no such profile. It has: %(profiles)s."),
    "not-in-course": (
        HTTPStatus.FORBIDDEN,
        "You aren’t a member of this course. Ask its teacher to add you.",
    ),
    "single-user": (
        HTTPStatus.FORBIDDEN,
        "This hub runs on one person’s machine: only its administrator may start servers.",
    ),
    "no-account": (
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "The machine can’t give you an account to work with. Tell the cluster’s administrator.",
    ),
    "no-environment": (
        HTTPStatus.BAD_REQUEST,
        "The course says nothing of the packages it needs on the cluster. Tell its teacher.",
    ),
    "environment-failed": (
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "The course’s packages can’t be installed on the cluster. Tell its teacher.",
    ),
    "machine-incomplete": (
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "The cluster lacks something that the course needs. Tell its administrator.",
    ),
    "site-unreadable": (
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "The cluster can’t read the site’s courses. Tell its administrator.",
    ),
    "start-failed": (
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "The server ended before it was ready. Try again, or tell the course’s teacher.",
    ),
    "start-timeout": (
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "The server took too long to start. Try again in a moment.",
    ),
    "cancelled": (HTTPStatus.CONFLICT, "The start was cancelled."),
}
_BY_PROBLEM = {
    "hub-no-lock": "no-environment",
    "hub-single-user": "single-user",
    "hub-site-missing": "site-unreadable",
    "hub-python-missing": "machine-incomplete",
    "hub-uv-missing": "machine-incomplete",
}


class RefusedError(SpawnException):  # type: ignore[misc]  # JupyterHub has no types
    """No server, for a reason people can be told: a stable code, and a sentence in their language."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        self.headers = {"Passerelle-Code": code}
        status, sentence = SENTENCES[code]
        self.jupyterhub_message = said_in("en", sentence, **values)
        super().__init__(self.jupyterhub_message, reason=code, status_code=int(status))

    @property
    def texts(self) -> dict[str, str]:
        """The sentence by language."""
        return translated(SENTENCES[self.code][1], **self.values)

    def said_in(self, language: Language) -> "RefusedError":
        """Itself, its message in the language of whoever asked."""
        self.message = self.jupyterhub_message = self.texts[language]
        return self


def refused_by(error: HubError) -> RefusedError:
    """What a person is told of the hub's own problems, whose sentences are its operator's."""
    codes = [problem.code for problem in error.problems]
    known = next((_BY_PROBLEM[code] for code in codes if code in _BY_PROBLEM), None)
    account = any(code.startswith(("hub-account", "hub-home")) for code in codes)
    return RefusedError(known or ("no-account" if account else "machine-incomplete"))
