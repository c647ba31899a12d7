"""What uv is doing, read from what it wrote so far (uv 0.13 without a terminal)."""

import re
from dataclasses import dataclass

_RESOLVED = re.compile(r"^Resolved (\d+) packages?", re.MULTILINE)
_FETCHING = re.compile(r"^Downloading (\S+)(?: \(([^)]*)\))?$", re.MULTILINE)
_FETCHED = re.compile(r"^ Downloaded (\S+)$", re.MULTILINE)
_DONE = re.compile(r"^(?:Prepared|Installed) \d+ packages?", re.MULTILINE)
_ADDRESS = re.compile(r"\b(?:https?|file)://[^\s)`'\"]+")
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_LONGEST_LINE = 300


@dataclass(frozen=True, slots=True)
class BuildStep:
    """How far a build is: `done` of `total` large packages are there, `package` is being fetched ("" where none is).

    `phase` is "waiting" (for another builder), "packages" (resolving and fetching), or "installing".
    """

    phase: str
    package: str = ""
    done: int = 0
    total: int = 0
    packages: int = 0


def step_in(output: str) -> BuildStep:
    """The step uv's output ends in."""
    found = _RESOLVED.search(output)
    packages = int(found.group(1)) if found else 0
    fetching = [name for name, _ in _FETCHING.findall(output)]
    fetched = set(_FETCHED.findall(output))
    if _DONE.search(output):
        return BuildStep("installing", "", len(fetching), len(fetching), packages)
    left = [name for name in fetching if name not in fetched]
    return BuildStep("packages", left[0] if left else "", len(fetching) - len(left), len(fetching), packages)


def tail_of(output: str, count: int = 20) -> tuple[str, ...]:
    """The last lines for people's eyes: no colours, no addresses (they may hold a password), none too long."""
    lines = (_ADDRESS.sub("(address)", _ANSI.sub("", line)).rstrip() for line in output.splitlines())
    return tuple(line[:_LONGEST_LINE] for line in lines if line)[-count:]
