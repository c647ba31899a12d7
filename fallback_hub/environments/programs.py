"""Runs a build's programs: what they write goes into a log that others may follow, and none outlives a cancel."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from fallback_hub.environments.locking import PAUSE

_KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR", "XDG_CACHE_HOME", "NETRC")
_KEPT_PREFIXES = ("UV_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@dataclass(frozen=True, slots=True)
class Run:
    """How to run one program: `held` is a descriptor it inherits, so that a lock lives as long as it does."""

    command: Sequence[str]
    log: Path
    folder: Path
    held: int


def bare_environment(surroundings: Mapping[str, str]) -> dict[str, str]:
    """The variables a build may see: none of the hub's own."""
    return {
        name: value for name, value in surroundings.items() if name in _KEPT or name.upper().startswith(_KEPT_PREFIXES)
    }


async def run(program: Run, look: Callable[[], None]) -> int:
    """Run a program to its end and return its exit code; `look` is called meanwhile; a cancel ends it first."""
    with program.log.open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *program.command,
            cwd=program.folder,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=bare_environment(os.environ),
            umask=0o022,
            pass_fds=(program.held,),
            start_new_session=True,
        )
    ended = asyncio.ensure_future(process.wait())
    try:
        while not ended.done():
            await asyncio.wait([ended], timeout=PAUSE)
            look()
        return ended.result()
    finally:
        if not ended.done():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await asyncio.shield(ended)
