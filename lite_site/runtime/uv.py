"""The one place that runs uv, which finds versions that go together; it asks the indexes pip is set up for."""

import importlib.util
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal, Protocol

from lite_site.runtime import pip
from lite_site.runtime.indexes import Indexes, read_indexes

Outcome = Literal["done", "unsatisfiable", "unbuildable", "unreachable", "missing", "failed"]

PLATFORM = "x86_64-manylinux_2_28"
"""Linux as old as Debian 11 and Red Hat 8: what the clusters we know run, or newer."""
TIMEOUT = 300.0
"""Seconds for one run: a hard search takes half a minute, a slow line more."""

_NETWORK = re.compile(
    r"Request failed after|Failed to fetch|Failed to download|client error \(Connect\)|dns error|timed out"
    r"|error sending request|network (?:was|is) disabled|connection reset",
    re.IGNORECASE,
)
_REFUSED = re.compile(r"\b(401|403|407)\b[^.\n]*(?:Unauthorized|Forbidden|Authentication)|authentication credentials")
_UNBUILT = re.compile(r"Failed to (?:download and )?build `([A-Za-z0-9._-]+)")
_CAUSE = re.compile(r"^\s*cause: (.*?)(?=^\s*cause: |^\s*$|^hint: |\Z)", re.MULTILINE | re.DOTALL)
_HINT = re.compile(r"^hint: (.*?)(?=^hint: |^\s*$|\Z)", re.MULTILINE | re.DOTALL)
_WARNING = re.compile(r"^warning: (.*)$", re.MULTILINE)
_URL = re.compile(r"\b(?:https?|file)://[^\s)`'\"]+")
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to uv: versions for these requirement lines, on CPython `python` ("3.11") under Linux.

    `prefer` are versions to take where they fit, `held` those to take or find nothing; `sources` are the packages
    that may come as source, `any_file` all of them, with the hashes of all their files; `alone` leaves dependencies
    out; `files` asks for exact versions' files for this Python, with their hashes.
    """

    requirements: tuple[str, ...]
    python: str
    prefer: Mapping[str, str] = field(default_factory=dict)
    sources: frozenset[str] = frozenset()
    any_file: bool = False
    alone: bool = False
    files: bool = False
    held: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UvRun:
    """How a run of uv ended.

    `text` is what it wrote: requirement lines, or a pylock.toml (PEP 751) where files were asked for. `words`
    follow "the Python package index" where one was asked; `said` is uv's own explanation on one line, `hints` and
    `warnings` come with it, `blamed` is the project it couldn't build: addresses are left out of all these.
    """

    outcome: Outcome
    text: str = ""
    words: str = ""
    said: str = ""
    hints: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    blamed: str = ""


class Compiler(Protocol):
    """What `Uv.compile` does."""

    def __call__(self, asked: Asked, /) -> UvRun:
        """Find versions."""


class Uv:
    """Runs uv for one command; an index that didn't answer isn't asked again.

    `cache` is a folder for what uv remembers, None for its own; `timeout` in seconds, for one run.
    """

    def __init__(
        self,
        cache: Path | None = None,
        *,
        offline: bool = False,
        timeout: float = TIMEOUT,
        program: Sequence[str] | None = None,
        configuration: Callable[[], str] = pip.configuration,
    ) -> None:
        self._cache = cache
        self._offline = offline
        self._timeout = timeout
        self._given = program
        self._configuration = configuration
        self._unreachable: UvRun | None = None

    def compile(self, asked: Asked, /) -> UvRun:
        """Ask for versions that go together; nothing is installed."""
        if self._unreachable:
            return self._unreachable
        if not self._program:
            return UvRun("missing", words="uv is not installed beside Passerelle")
        with tempfile.TemporaryDirectory() as name:
            ended = self._run(asked, Path(name))
        if ended.outcome == "unreachable":
            self._unreachable = ended
        return ended

    @cached_property
    def _program(self) -> tuple[str, ...]:
        if self._given is not None:
            return tuple(self._given)
        if importlib.util.find_spec("uv"):
            return (sys.executable, "-m", "uv")
        found = shutil.which("uv")
        return (found,) if found else ()

    @cached_property
    def _indexes(self) -> Indexes:
        return read_indexes(self._configuration())

    def _run(self, asked: Asked, folder: Path) -> UvRun:
        """Settings travel in a file: a command line is read by everybody on the machine."""
        (folder / "uv.toml").write_text(self._indexes.as_uv_toml(), encoding="utf-8")
        (folder / "wishes.in").write_text("".join(f"{line}\n" for line in asked.requirements), encoding="utf-8")
        (folder / "held.txt").write_text(_exact(asked.held), encoding="utf-8")
        written = folder / ("pylock.toml" if asked.files else "found.txt")
        if asked.prefer and not asked.files:
            written.write_text(_exact(asked.prefer), encoding="utf-8")
        try:
            ended = subprocess.run(
                [*self._program, *self._arguments(asked), "--output-file", written.name],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=self._timeout,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return UvRun("unreachable", words=f"took more than {self._timeout:.0f} s")
        except OSError as error:
            return UvRun("missing", words=f"uv doesn't run ({error.strerror})")
        if ended.returncode:
            return explain(ended.stderr)
        text = written.read_text(encoding="utf-8") if written.exists() else ""
        return UvRun("done", text, warnings=_warnings_in(ended.stderr))

    def _arguments(self, asked: Asked) -> list[str]:
        arguments = ["pip", "compile", "wishes.in", "--config-file", "uv.toml", "--no-header", "--no-progress"]
        arguments += ["--color", "never", "--no-python-downloads", "--annotation-style", "split"]
        arguments += ["--python-version", asked.python, "--python-platform", PLATFORM]
        if not asked.any_file:
            arguments += ["--only-binary", ":all:"]
            arguments += [part for name in sorted(asked.sources) for part in ("--no-binary", name)]
        else:
            arguments.append("--generate-hashes")
        if asked.alone or asked.files:
            arguments.append("--no-deps")
        if asked.files:
            arguments += ["--format", "pylock.toml"]
        if asked.held:
            arguments += ["--constraint", "held.txt"]
        if self._cache:
            arguments += ["--cache-dir", str(self._cache)]
        if self._offline:
            arguments.append("--offline")
        if self._indexes.certificates:
            arguments += ["--cert", self._indexes.certificates]
        return arguments


def _exact(versions: Mapping[str, str]) -> str:
    return "".join(f"{name}=={version}\n" for name, version in sorted(versions.items()))


def explain(output: str) -> UvRun:
    """What uv's errors say went wrong; addresses are left out, they may hold a password."""
    text = _URL.sub("(address)", output)
    hints = tuple(" ".join(hint.split()) for hint in _HINT.findall(text))
    if "No module named uv" in text:
        return UvRun("missing", words="uv is not installed beside Passerelle")
    if _REFUSED.search(text):
        return UvRun("unreachable", words="refuses the name and password in pip's configuration")
    if unbuilt := _UNBUILT.search(text):
        return UvRun("unbuildable", said=_last_words(text), hints=hints, blamed=unbuilt.group(1))
    if _NETWORK.search(text):
        return UvRun("unreachable", words="didn't answer")
    said = " ".join(" ".join(_CAUSE.findall(text)).split())
    if "No solution found" in text:
        return UvRun("unsatisfiable", said=said, hints=hints, warnings=_warnings_in(text))
    words = " ".join(text.partition("error:")[2].split()) or "no reason given"
    return UvRun("failed", words=f"can't be searched: uv said: {words[:_LONGEST]}", said=said, hints=hints)


def _last_words(text: str) -> str:
    """The last line a package's own build wrote, as short as it is telling."""
    lines = [line.strip() for line in text.partition("[stderr]")[2].partition("hint:")[0].splitlines()]
    told = [line for line in lines if re.match(r"[\w.]*(?:Error|Exception)\b|error:", line)]
    first = [line for line in lines if line][:1]
    return (told[-1:] or first or [""])[0][:_LONGEST]


def _warnings_in(text: str) -> tuple[str, ...]:
    return tuple(_URL.sub("(address)", line) for line in _WARNING.findall(text))
