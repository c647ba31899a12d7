"""What a start tells while it goes on: the latest for whoever comes late, then every change for everybody."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping

from fallback_hub.environments.progress import BuildStep
from fallback_hub.hub.refused import RefusedError
from fallback_hub.words import translated

Event = dict[str, object]
_MOST_KEPT = 200
_LOOK = 0.1


class Events:
    """One start's events; those who follow get the latest at once."""

    def __init__(self) -> None:
        self._latest: Event | None = None
        self._followers: set[asyncio.Queue[Event]] = set()

    def tell(self, event: Event) -> None:
        """Tell all followers, unless it is what they heard last; a follower who doesn't listen misses old ones."""
        if event == self._latest:
            return
        self._latest = event
        for follower in self._followers:
            if follower.full():
                follower.get_nowait()
            follower.put_nowait(event)

    async def follow(self) -> AsyncIterator[Event]:
        """The latest event and all that follow, without end."""
        mine: asyncio.Queue[Event] = asyncio.Queue(_MOST_KEPT)
        self._followers.add(mine)
        try:
            if self._latest is not None:
                yield dict(self._latest)
            while True:
                yield dict(await mine.get())
        finally:
            self._followers.discard(mine)

    async def heard(self, seconds: float) -> None:
        """Wait until somebody follows and has taken the latest event; `seconds` at most."""
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self._is_heard:  # noqa: ASYNC110 - an emptied queue sets no event
            await asyncio.sleep(_LOOK)
        await asyncio.sleep(_LOOK)  # whoever took it last has as long to pass it on

    @property
    def _is_heard(self) -> bool:
        return bool(self._followers) and all(one.empty() for one in self._followers)


def preparing_event() -> Event:
    """What servers run is being put in place, for all courses."""
    return _event("environment", 5, translated("The cluster is getting its servers ready. This happens once."))


def environment_event(step: BuildStep) -> Event:
    """The course's packages are being installed."""
    share = step.done / step.total if step.total else 0.0
    if step.phase == "installing":
        texts = translated("The course’s packages are being put in place.")
    elif step.package:
        texts = translated(
            "The course’s packages are being fetched: %(package)s, after %(done)s of %(total)s large ones.",
            package=step.package,
            done=step.done,
            total=step.total,
        )
    else:
        texts = translated("The course’s packages are being installed on the cluster. This happens once.")
    percent = 45 if step.phase == "installing" else 10 + int(30 * share)
    return _event("environment", percent, texts) | {"package": step.package, "done": step.done, "total": step.total}


def queue_event(position: int, at_once: int) -> Event:
    """Others are before us."""
    reason = translated("%(count)s servers are starting at the same time; the next ones wait.", count=at_once)
    texts = translated("Your server is number %(position)s in the queue.", position=position)
    return _event("queue", 50, texts) | {"position": position, "reason": reason}


def starting_event() -> Event:
    """The server's process runs and isn't ready."""
    return _event("starting", 70, translated("Your server is starting."))


def failure_event(error: RefusedError, log: tuple[str, ...] = ()) -> Event:
    """The start failed; `log` is for those who may read it."""
    event = _event("", 100, error.texts) | {"failed": True, "code": error.code}
    del event["stage"]
    return event | {"log": list(log)} if log else event


def _event(stage: str, percent: int, texts: Mapping[str, str]) -> Event:
    """What JupyterHub's own pages show (progress, message) and what ours do (stage, texts)."""
    return {"progress": percent, "message": texts["en"], "stage": stage, "texts": dict(texts)}
