"""Which Python an environment is made with: one of the right version that those who will run it may run."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from fallback_hub.problems import HubError, Problem

_FOLDERS = ("/usr/bin", "/usr/local/bin", "/opt/python/bin")
_ASK = "import sys, sysconfig; print('%d.%d' % sys.version_info[:2]); print(sysconfig.get_path('stdlib'))"
_TIMEOUT = 20.0


def find_interpreter(python: str, *, everyone: bool) -> Path:
    """A CPython of version `python` ("3.11"); with `everyone` one that every account of the machine may run.

    HubError says how to get one.
    """
    for candidate in _candidates(python):
        facts = ask_interpreter(candidate)
        if facts and facts[0] == python and not (everyone and not all(map(is_open, (candidate, Path(facts[1]))))):
            return candidate
    whose = " that every account may run (not below a private folder such as /root)" if everyone else ""
    remedy = (
        f"Install one (apt-get install python{python}, dnf install python{python}), or put one into /usr/local/bin."
    )
    raise HubError([Problem("this machine", f"It has no Python {python}{whose}.", remedy, "hub-python-missing")])


@cache
def ask_interpreter(program: Path) -> tuple[str, str] | None:
    """Version ("3.11") and standard library of an interpreter, None where it doesn't run."""
    command = [str(program), "-I", "-S", "-c", _ASK]
    try:
        ended = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=_TIMEOUT, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    version, _, library = ended.stdout.strip().partition("\n")
    return (version, library) if ended.returncode == 0 else None


def is_open(path: Path) -> bool:
    """Whether every account may read the file, or enter and read the folder, whatever links lead there."""
    real = Path(os.path.realpath(path))
    try:
        runs = real.is_dir() or os.access(real, os.X_OK)
        readable = _allows(real, stat.S_IROTH | stat.S_IXOTH if runs else stat.S_IROTH)
        return readable and all(_allows(folder, stat.S_IXOTH) for folder in real.parents)
    except OSError:
        return False


def _allows(path: Path, rights: int) -> bool:
    return path.stat().st_mode & rights == rights


def _candidates(python: str) -> Iterator[Path]:
    """Where such a Python may be: the hub's own first, then where systems put them, then PATH."""
    own = Path(sys.base_prefix) / "bin" / f"python{python}"
    found = shutil.which(f"python{python}")
    places = [own, *(Path(folder) / f"python{python}" for folder in _FOLDERS), *([Path(found)] if found else [])]
    yield from (place for place in dict.fromkeys(places) if place.exists())
