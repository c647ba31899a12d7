"""A server's process and all it started: marked in their environment, so that none is forgotten."""

import os
import signal
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import DEVNULL, Popen

import psutil

from fallback_hub.hub.accounts import Account

RUN = "PASSERELLE_RUN"
"""The variable that names one start of one server; what it starts inherits it."""
TCP_TABLE = Path("/proc/net/tcp")
_LISTENS = "0A"
_LOOPBACK = "0100007F"
_ROUNDS = 5
_PAUSE = 0.1


def start_process(command: Sequence[str], environment: Mapping[str, str], account: Account, log: int) -> Popen[bytes]:
    """Start a server as the account, in a session of its own, writing into the open file `log`."""
    as_other: dict[str, object] = {}
    if os.geteuid() == 0:
        as_other = {"user": account.uid, "group": account.gid, "extra_groups": account.groups}
    return Popen(  # type: ignore[call-overload, no-any-return]  # keyword arguments by name
        list(command),
        cwd="/",
        env=dict(environment),
        stdin=DEVNULL,
        stdout=log,
        stderr=log,
        umask=0o077,
        start_new_session=True,
        **as_other,
    )


def is_same(pid: int, born: float) -> bool:
    """Whether the process of that number is the one born then, not a later one."""
    try:
        process = psutil.Process(pid)
        return abs(process.create_time() - born) < 1.0 and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def born(pid: int) -> float:
    """When the process started (seconds since 1970), 0 where it is gone."""
    try:
        return psutil.Process(pid).create_time()
    except psutil.Error:
        return 0.0


def end_run(run: str, uid: int, *, whole_account: bool) -> int:
    """Kill what is left of a run: whatever bears its mark, and with `whole_account` all the account runs.

    Returns how many processes there were; a process that forks while it is killed is met in the next round.
    """
    ended = 0
    for _ in range(_ROUNDS):
        left = list(_processes_of(run, uid, whole_account=whole_account))
        if not left:
            break
        for process in left:
            try:
                process.send_signal(signal.SIGKILL)
            except psutil.Error:
                continue
            ended += 1
        time.sleep(_PAUSE)
    return ended


def _processes_of(run: str, uid: int, *, whole_account: bool) -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        try:
            if process.pid == os.getpid() or process.uids().real != uid or process.status() == psutil.STATUS_ZOMBIE:
                continue
            if whole_account or process.environ().get(RUN) == run:
                yield process
        except psutil.Error:
            continue


@dataclass(slots=True)
class Listeners:
    """Whose sockets listen on ports of 127.0.0.1: what is sent to a server holds its person's token.

    Looked up anew after `seconds`: a class that starts together asks often, and the table is long.
    """

    seconds: float
    _read: float = float("-inf")
    _owners: Mapping[int, int] = field(default_factory=dict)

    def owner(self, port: int) -> int | None:
        """The number of the account that listens on the port; None while nobody does.

        On a machine that doesn't say (proc(5), /proc/net/tcp), whoever answers is taken for us.
        """
        if not TCP_TABLE.exists():
            with socket.socket() as caller:
                return os.geteuid() if caller.connect_ex(("127.0.0.1", port)) == 0 else None
        now = time.monotonic()
        if now - self._read >= self.seconds:
            self._owners, self._read = dict(_listening()), now
        return self._owners.get(port)


def _listening() -> Iterator[tuple[int, int]]:
    for line in TCP_TABLE.read_text(encoding="ascii").splitlines()[1:]:
        fields = line.split()
        address, _, port = fields[1].partition(":")
        if address == _LOOPBACK and fields[3] == _LISTENS:
            yield int(port, 16), int(fields[7])


def log_path(state: Path, user: str, course: str) -> Path:
    """Where a person's server of a course writes; a slug has no dot, so no two servers share a file."""
    return state / "logs" / f"{user}.{course}.log"
