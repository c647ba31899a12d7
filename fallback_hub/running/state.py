"""The hub's state folder: who runs, which secrets they share, where they write."""

import fcntl
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal, Self

from fallback_hub.problems import HubError, Problem
from fallback_hub.running.addresses import Addresses
from fallback_hub.running.marks import Mark

PartState = Literal["starting", "running", "waiting"]
PART_STATES: tuple[PartState, ...] = ("starting", "running", "waiting")


@dataclass(frozen=True, slots=True)
class PartRecord:
    """One process the supervisor keeps: `since` in epoch seconds, how often it came back, how it last ended."""

    mark: Mark | None
    state: PartState
    since: float
    restarts: int = 0
    last_end: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What the supervisor says of itself; true while it holds the lock."""

    supervisor: int
    since: float
    url: str
    config: str
    parts: Mapping[str, PartRecord] = field(default_factory=dict)


class StateFolder:
    """`state` of hub.toml: only its owner enters."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.logs = path / "logs"

    def ensure(self) -> Self:
        """Make it; HubError where that can't be."""
        try:
            for folder in (self.path, self.logs):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                folder.chmod(0o700)
        except OSError as error:
            raise HubError([unusable(self.path, error)]) from error
        return self

    def log(self, name: str) -> Path:
        """Where a part writes what it has to say."""
        return self.logs / f"{name}.log"

    def secret(self, name: str, *, fresh: bool) -> str:
        """A secret of 32 random bytes kept in a file of that name, another one where a `fresh` one is asked for."""
        path = self.path / name
        if not fresh:
            try:
                if kept := path.read_text(encoding="ascii").strip():
                    return kept
            except FileNotFoundError:
                pass
        made = secrets.token_urlsafe(32)
        write_private(path, made)
        return made

    def read(self) -> Record | None:
        """What the last supervisor wrote, whether it still runs or not."""
        try:
            return _record(json.loads((self.path / "running.json").read_text(encoding="utf-8")))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except PermissionError as error:
            raise HubError([unusable(self.path, error)]) from error
        except (ValueError, KeyError, TypeError):
            return None  # another release wrote it, or a full disk cut it

    def write(self, record: Record) -> None:
        """Say what runs, in one step."""
        write_private(self.path / "running.json", json.dumps(asdict(record)))

    def forget(self) -> None:
        """Nothing runs any more."""
        (self.path / "running.json").unlink(missing_ok=True)

    def addresses(self) -> Addresses | None:
        """Where the parts of this hub listen, or listened last; None where it never ran."""
        try:
            return Addresses(**json.loads((self.path / "addresses.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def keep_addresses(self, addresses: Addresses) -> None:
        """Remember them for the next start: servers that stand know the hub by its address."""
        write_private(self.path / "addresses.json", json.dumps(asdict(addresses)))

    def hold(self) -> int | None:
        """The right to supervise this hub, as an open file; None where another process has it."""
        handle = os.open(self.path / "supervisor.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        return handle

    def is_held(self) -> bool:
        """Whether a supervisor runs."""
        try:
            with (self.path / "supervisor.lock").open("rb") as handle:
                fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        except OSError as error:
            raise HubError([unusable(self.path, error)]) from error
        return False


def write_private(path: Path, text: str) -> None:
    """Put a file that only its owner reads, whole or not at all."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:  # noqa: PTH123 - the mode
        stream.write(text)
    new.replace(path)


def unusable(path: Path, error: OSError) -> Problem:
    """What stands between us and a folder, in a sentence."""
    if isinstance(error, PermissionError):
        problem, remedy = "It belongs to somebody else.", "Run this as the one who started the hub, or name another."
    else:
        problem, remedy = f"It can't be used: {error.strerror}.", "Name another folder as `state`, or make room."
    return Problem(str(path), problem, remedy, "state-unusable")


def _record(given: dict[str, object]) -> Record:
    parts = given["parts"]
    if not isinstance(parts, dict):
        raise TypeError
    return Record(
        supervisor=int(str(given["supervisor"])),
        since=float(str(given["since"])),
        url=str(given["url"]),
        config=str(given["config"]),
        parts={str(name): _part(part) for name, part in parts.items()},
    )


def _part(given: dict[str, object]) -> PartRecord:
    mark = given["mark"]
    state = next(state for state in PART_STATES if state == given["state"])
    return PartRecord(
        mark=_mark(mark) if isinstance(mark, dict) else None,
        state=state,
        since=float(str(given["since"])),
        restarts=int(str(given["restarts"])),
        last_end=str(given["last_end"]),
    )


def _mark(given: dict[str, object]) -> Mark:
    command = given["command"]
    if not isinstance(command, list):
        raise TypeError
    return Mark(int(str(given["pid"])), int(str(given["born"])), tuple(map(str, command)))
