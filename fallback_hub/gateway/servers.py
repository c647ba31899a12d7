"""What a person's server last wrote, for those who may help."""

import os
import re
import stat
from pathlib import Path

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from fallback_hub.gateway.bodies import bearer_of
from fallback_hub.gateway.refusals import Refusal
from fallback_hub.gateway.replies import reply
from fallback_hub.gateway.state import state_of
from fallback_hub.hub.admission import may_read_log
from fallback_hub.hub.processes import log_path
from fallback_hub.settings import COURSE_SLUG, USER_NAME

LINES = 100
LINE_LENGTH = 2_000
TAIL_BYTES = 64_000

# Terminal colours and other orders (ECMA-48, section 5.4), then every control character but the tab.
_ORDERS = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\^_])")
_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f]")
_SECRETS = re.compile(
    r"(token=|bearer\s+|authorization:\s*token\s+|passerelle\.token\.)[A-Za-z0-9._~+/%=-]+", re.ASCII | re.IGNORECASE
)


async def show_log(request: Request) -> Response:
    """GET servers/<user>/<course>/log: {lines}, for the course's teachers and the hub's administrators.

    The right is looked at before the file, so that nobody learns who has a server.
    """
    state = state_of(request)
    user, course = request.path_params["user"], request.path_params["course"]
    person = await state.hub.person(bearer_of(request))
    if not USER_NAME.fullmatch(user) or not COURSE_SLUG.fullmatch(course):
        raise Refusal("not-found")
    if not may_read_log(person, course, state.settings.hub):
        raise Refusal("not-allowed")
    lines = await to_thread.run_sync(read_tail, log_path(state.settings.hub.state, user, course))
    return reply({"lines": lines})


def read_tail(path: Path) -> list[str]:
    """The last lines of a log, without what steers a terminal and without tokens; "no-log" where there is none.

    The file is a plain one and no link, and no more than its end is read: what stands in it, pupils' code wrote.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        log = open(handle, "rb")  # noqa: PTH123, SIM115 a handle, closed below
    except OSError as error:
        raise Refusal("no-log") from error
    with log:
        facts = os.fstat(handle)
        if not stat.S_ISREG(facts.st_mode):
            raise Refusal("no-log")
        start = max(0, facts.st_size - TAIL_BYTES)
        log.seek(start)
        text = log.read(TAIL_BYTES).decode("utf-8", "replace")
    lines = text.split("\n")
    if start:
        lines = lines[1:]  # begins in the middle
    if lines and not lines[-1]:
        lines.pop()
    return [_plain(line) for line in lines[-LINES:]]


def _plain(line: str) -> str:
    shown = line.rstrip("\r").rpartition("\r")[2]  # a progress bar writes over itself
    shown = _CONTROLS.sub("", _ORDERS.sub("", shown))
    return _SECRETS.sub(r"\1…", shown)[:LINE_LENGTH]
