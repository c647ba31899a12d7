"""Starts a person's server of a course: as their account, in the course's environment, within the profile's limits."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import signal
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from subprocess import Popen
from typing import ClassVar

from jupyterhub.spawner import LocalProcessSpawner
from traitlets import Instance, default

from fallback_hub.courses import HubCourse, read_courses
from fallback_hub.environments.build import BuildFailedError
from fallback_hub.environments.ensure import check_requirements, ensure_environment
from fallback_hub.environments.interpreters import is_open
from fallback_hub.environments.kernelspec import SYSTEM_PATH, ensure_jupyter_folders
from fallback_hub.environments.progress import BuildStep
from fallback_hub.environments.server import ensure_server_command
from fallback_hub.hub.accounts import Account, ensure_account
from fallback_hub.hub.admission import Admission, Asker, admit, may_read_log
from fallback_hub.hub.events import (
    Event,
    Events,
    environment_event,
    failure_event,
    preparing_event,
    queue_event,
    starting_event,
)
from fallback_hub.hub.ports import Ports
from fallback_hub.hub.processes import RUN, Listeners, born, end_run, is_same, log_path, start_process
from fallback_hub.hub.queue import StartQueue
from fallback_hub.hub.refused import RefusedError, refused_by
from fallback_hub.hub.surroundings import Launch, server_environment
from fallback_hub.problems import HubError
from fallback_hub.running.addresses import HUB_CONFIG
from fallback_hub.running.logs import open_log, rotate, tail
from fallback_hub.settings import HubSettings, read_settings
from fallback_hub.words import Language, preferred_language

STOP_SECONDS = 10.0
"""What a server may take to end its kernels when asked."""
POLL_SECONDS = 10
"""How soon it is noticed that a server ended: its port is free from then on."""
HEARD_SECONDS = 2.0
"""How long a start that failed at once waits for the page, which asks first and listens then."""
LOG_LIMIT = 2_000_000
_LOOK = 0.1
_LISTENING_SECONDS = 0.25


class CourseSpawner(LocalProcessSpawner):  # type: ignore[misc]  # JupyterHub has no types
    """One server per person and course, its name is the course's slug."""

    settings = Instance(HubSettings, config=True, help="hub.toml's settings; read again where they aren't given")
    proc: Popen[bytes] | None
    _queues: ClassVar[dict[int, StartQueue]] = {}
    _listeners: ClassVar[Listeners] = Listeners(_LISTENING_SECONDS)
    _ports: ClassVar[Ports] = Ports()

    @default("settings")
    def _read_settings(self) -> HubSettings:
        return read_settings(Path(os.environ[HUB_CONFIG]))

    @default("poll_interval")
    def _usual_poll_interval(self) -> int:
        return POLL_SECONDS

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.events = Events()
        self.run = ""
        self.uid = -1
        self.born = 0.0
        self.ends = 0.0
        self.env_keep = ["LANG", "LC_ALL", "LC_CTYPE", "TZ"]
        self.disable_user_config = True
        self.default_url = "/lab"

    @property
    def log_path(self) -> Path:
        """What the server writes, in a file only the hub reads."""
        return log_path(self.settings.state, self.user.name, self.name)

    @property
    def asker(self) -> Asker:
        """Whose server this is."""
        groups = tuple(group.name for group in self.user.orm_user.groups)
        return Asker(self.user.name, bool(self.user.admin), groups)

    def options_from_query(self, query_data: Mapping[str, object]) -> dict[str, object]:
        """`/hub/spawn/<user>/<course>?profile=…`: whatever else is in the address isn't ours."""
        value = query_data.get("profile")
        chosen = value[0] if isinstance(value, list) and value else value
        return {"profile": chosen} if chosen else {}

    async def progress(self) -> AsyncIterator[Event]:
        """What the start is at (stage, texts, position, reason), until it succeeds or fails."""
        async for event in self.events.follow():
            yield event

    async def start(self) -> tuple[str, int]:
        """Start the server and wait until it answers; `RefusedError` says why it doesn't."""
        began = time.monotonic()
        try:
            return await self._started()
        except RefusedError as error:
            raise await self._refused(error) from error
        except BuildFailedError as error:
            self.log.warning("%s", error)
            raise await self._refused(RefusedError("environment-failed"), error.lines) from error
        except HubError as error:
            self.log.warning("%s", error)
            raise await self._refused(refused_by(error), (str(error),)) from error
        except OSError as error:  # the server's program, or its log, can't be had
            self.log.warning("%s", error)
            raise await self._refused(RefusedError("machine-incomplete"), (str(error),)) from error
        except asyncio.CancelledError:
            late = time.monotonic() - began >= self.start_timeout - 1
            self._told(RefusedError("start-timeout" if late else "cancelled"), self._tail() if late else ())
            raise

    async def _started(self) -> tuple[str, int]:
        admission = self._admit(await asyncio.to_thread(read_courses, self.settings.site))
        await asyncio.to_thread(check_requirements, admission.course)  # what can be refused at once is
        account = await asyncio.to_thread(ensure_account, self.user.name, self.settings)
        everyone = os.geteuid() == 0
        command = await ensure_server_command(self.settings.environments, self._tell_preparing, everyone=everyone)
        environment = await ensure_environment(admission.course, self.settings, self._tell_step, everyone=everyone)
        async with self._queue.place(self._tell_position):
            self.events.tell(starting_event())
            self._launch(admission, account, command, environment)
            await self._answers()
        return "127.0.0.1", self.port

    def _admit(self, courses: Mapping[str, HubCourse]) -> Admission:
        try:
            return admit(self.asker, self.name, self.user_options, self.settings, courses)
        except RefusedError:
            # JupyterHub keeps what was asked, and would ask for it again where nothing is said
            self.orm_spawner.user_options = {}
            self.user.db.commit()
            raise

    def _launch(self, admission: Admission, account: Account, command: Sequence[str], environment: Path) -> None:
        profile = admission.profile
        self.port: int = self._ports.take()  # an earlier one may be another's by now
        self.mem_limit, self.cpu_limit = profile.memory, float(profile.cpus)
        self.run, self.uid, self.ends = secrets.token_hex(12), account.uid, time.time() + profile.minutes * 60
        self._account = account
        folders = ensure_jupyter_folders(admission.course, environment, self.settings.environments)
        launch = Launch(
            course=admission.course,
            settings=self.settings,
            folders=folders,
            path=f"{environment / 'bin'}:{SYSTEM_PATH}",
            site=self.settings.site if is_open(admission.course.folder / "course.json") or os.geteuid() else None,
            ends=int(self.ends),
            cpus=profile.cpus,
        )
        variables = {**self.get_env(), **server_environment(launch), RUN: self.run}
        rotate(self.log_path, LOG_LIMIT)
        self.log_path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        log = open_log(self.log_path)
        try:
            self.proc = start_process(command, variables, account, log)
        finally:
            os.close(log)
        self.pid = self.proc.pid
        self.born = born(self.pid)
        self._remember()

    def _remember(self) -> None:
        """Tell the database, as JupyterHub does of a server that is ready: the next hub takes it over as it starts."""
        self.server.ip, self.server.port = "127.0.0.1", self.port
        self.orm_spawner.state = self.get_state()
        self.user.db.commit()

    async def _answers(self) -> None:
        """Wait until the server listens; one that ends before has failed, and so has one whose port another took."""
        while True:
            if self.proc is None or self.proc.poll() is not None:
                raise RefusedError("start-failed")
            owner = self._listeners.owner(self.port)
            if owner is not None:
                if owner != self.uid:
                    raise RefusedError("start-failed")
                return
            await asyncio.sleep(_LOOK)

    def user_env(self, env: dict[str, str]) -> dict[str, str]:
        """The account's own variables."""
        account = self._account
        return env | {
            "USER": account.name,
            "LOGNAME": account.name,
            "HOME": str(account.home),
            "SHELL": account.shell,
        }

    async def poll(self) -> int | None:
        """None while the server runs and its time isn't over; what it leaves behind when it ends is ended too."""
        run, uid = self.run, self.uid
        if self.proc is None and self.pid and not is_same(self.pid, self.born):
            self.pid = 0  # the machine was restarted, and the number is another's
        status: int | None = await super().poll()
        if status is not None and run:
            self.run = ""
            await asyncio.to_thread(end_run, run, uid, whole_account=self._is_alone)
        elif status is None and self.ends and time.time() > self.ends:
            self.log.info("The time of %s is over", self._log_name)
            self.ends = 0.0
            await self.stop()
            return 0
        elif status is None:
            await asyncio.to_thread(rotate, self.log_path, LOG_LIMIT)
        return status

    async def stop(self, now: bool = False) -> None:  # noqa: FBT001, FBT002 - JupyterHub's signature
        """Ask the server to end its kernels and itself; then end whatever of it is left."""
        if not now and self.pid and self.run:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGTERM)
            await self._gone(STOP_SECONDS)
        if self.pid and self.run:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)
            await self._gone(STOP_SECONDS)
        await self.poll()

    async def _gone(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and await self.poll() is None:  # noqa: ASYNC110 - a process sets no event
            await asyncio.sleep(_LOOK)

    def get_state(self) -> dict[str, object]:
        """What the next hub needs to know of a server that outlives this one."""
        known = {"run": self.run, "uid": self.uid, "born": self.born, "ends": self.ends}
        return {**super().get_state(), **known} if self.pid else super().get_state()

    def load_state(self, state: Mapping[str, object]) -> None:
        """Take over a server that an earlier hub started."""
        super().load_state(state)
        self.run, self.uid = str(state.get("run", "")), int(str(state.get("uid", -1)))
        self.born, self.ends = float(str(state.get("born", 0))), float(str(state.get("ends", 0)))

    @property
    def _is_alone(self) -> bool:
        """Whether the account is ours and runs no other server: then nothing it runs is anybody's."""
        others = any(one.active for name, one in self.user.spawners.items() if name != self.name)
        return os.geteuid() == 0 and self.settings.sign_in.method == "accounts" and not others

    @property
    def _queue(self) -> StartQueue:
        at_once = self.settings.servers.at_once
        return self._queues.setdefault(at_once, StartQueue(at_once))

    def _tell_step(self, step: BuildStep) -> None:
        self.events.tell(environment_event(step))

    def _tell_preparing(self, _step: BuildStep) -> None:
        self.events.tell(preparing_event())

    def _tell_position(self, position: int) -> None:
        self.events.tell(queue_event(position, self.settings.servers.at_once))

    async def _refused(self, error: RefusedError, lines: tuple[str, ...] = ()) -> RefusedError:
        """The error, told; what JupyterHub says of a start that is over has neither its texts nor its log."""
        told = self._told(error, lines)
        if told.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            await self.events.heard(HEARD_SECONDS)
        return told

    def _told(self, error: RefusedError, lines: tuple[str, ...] = ()) -> RefusedError:
        """The error, told to all who follow; with the end of the log where this person may read it."""
        if error.code == "start-failed":
            lines = self._tail()
        log = lines if may_read_log(self.asker, self.name, self.settings) else ()
        self.events.tell(failure_event(error, log))
        return error.said_in(self._language)

    def _tail(self) -> tuple[str, ...]:
        return tuple(tail(self.log_path, 30))

    @property
    def _language(self) -> Language:
        """That of the browser that asked for the server."""
        wishes = self.handler.request.headers.get("Accept-Language", "") if self.handler else ""
        return preferred_language(wishes)
