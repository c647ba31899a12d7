"""One process that is kept running: started or found again, watched, started anew when it ends."""

import subprocess
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Literal

import psutil

from fallback_hub.running.health import ask
from fallback_hub.running.logs import open_log
from fallback_hub.running.marks import Mark
from fallback_hub.running.plan import PartPlan
from fallback_hub.running.processes import end, exit_code, find, mark_of
from fallback_hub.running.state import PartRecord, PartState, StateFolder

DELAYS = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
"""Seconds to wait before each new start in a row."""
STEADY = 60.0
"""Seconds after which a part that stood counts as sound again."""

Change = Literal["ended", "started", "stands"]


class Part:
    """The proxy, or the hub. `prepare` runs before each start: what a dead one left behind would be in the way."""

    def __init__(self, plan: PartPlan, state: StateFolder, prepare: Callable[[], None]) -> None:
        self.plan = plan
        self.restarts = 0
        self.last_end = ""
        self.state: PartState = "waiting"
        self.since = time.time()
        self._folder = state
        self._prepare = prepare
        self._process: psutil.Process | None = None
        self._mark: Mark | None = None
        self._fails = 0
        self._again_at = 0.0
        self._begun = 0.0

    @property
    def record(self) -> PartRecord:
        """What the state folder says of it."""
        return PartRecord(self._mark, self.state, self.since, self.restarts, self.last_end)

    @property
    def process(self) -> psutil.Process | None:
        """The process, while there is one."""
        return self._process

    def adopt(self, record: PartRecord | None) -> bool:
        """Take over the process of an earlier supervisor if it is the one we would start, and answers."""
        process = find(record.mark) if record else None
        if record is None or process is None or record.mark is None or record.mark.command != self.plan.command:
            return False
        if not self._answers:
            return False
        self._process, self._mark = process, record.mark
        self.state, self.since = "running", record.since
        self.restarts, self.last_end = record.restarts, record.last_end
        self._begun = time.monotonic()
        return True

    def start(self) -> None:
        """Start it; it stands when it answers, which `look` finds out."""
        self._prepare()
        log = open_log(self._folder.log(self.plan.name))
        with open(log, "ab") as stream:  # noqa: PTH123 - an open file
            self._process = psutil.Popen(
                self.plan.command,
                cwd=self.plan.folder,
                env=dict(self.plan.environment),
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=stream,
                start_new_session=True,
            )
        self._mark = mark_of(self._process.pid, self.plan.command)
        self.state, self.since, self._begun = "starting", time.time(), time.monotonic()

    def look(self) -> Change | None:
        """What happened since the last look; starts it anew when it is time to."""
        now = time.monotonic()
        if self._process is None:
            if now < self._again_at:
                return None
            self.restarts += 1
            self.start()
            return "started"
        code = exit_code(self._process)
        if code is not None:
            self.last_end = f"signal {-code}" if code < 0 else f"exit code {code}"
            self._fails = 0 if now - self._begun > STEADY else self._fails
            self._again_at = now + self.delay
            self._fails += 1
            self._process, self._mark, self.state = None, None, "waiting"
            return "ended"
        if self.state == "starting" and self._answers:
            self.state = "running"
            return "stands"
        return None

    @property
    def _answers(self) -> bool:
        return all(ask(address, self.plan.token) == HTTPStatus.OK for address in self.plan.health)

    @property
    def delay(self) -> float:
        """Seconds it waits when it ends now."""
        return DELAYS[min(self._fails, len(DELAYS) - 1)]

    def end(self) -> None:
        """End it, for good or until the next start."""
        if self._process is not None:
            end([self._process])
        self._process, self._mark, self.state = None, None, "waiting"
