"""Shell commands in notebooks: what they install, fetch and run. Nothing is ever run here."""

import re
import shlex
from collections.abc import Iterator
from itertools import pairwise

from lite_site.notebooks.code.called import Found, is_address

_SHOWN = 120
_LONGEST = 4_000
_PIECE = re.compile(r"""((?:[^'"&|;\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*"|['"]|&(?!&)|\\)+)|(&&|\|\||[|;&])""")
_PYTHON = re.compile(r"(?:.*/)?(?:python[\d.]*|py|\{sys\.executable\}|\$\{?PYTHON\}?)(?:\.exe)?")
_PIP = re.compile(r"(?:.*/)?(?:pip[\d.]*|uv)")
_CONDA = frozenset(("conda", "mamba", "micromamba"))
_FETCHERS = frozenset(("wget", "curl", "aria2c"))
_REDIRECTION = re.compile(r"(?:\d?&?>{1,2}|<)(?!=)(.*)")
_VERSION = re.compile(r"[<>=!~]=[\w.*,<>=!~]*|[<>=][\w.*,<>=!~]+")
_COMMENT = re.compile(r"(?:^|\s)#.*$")
# Options of pip and conda that take the next word with them.
_PIP_VALUES = frozenset((
    "-i", "--index-url", "--extra-index-url", "-f", "--find-links", "-t", "--target", "--proxy", "--timeout", "--src",
    "--prefix", "--python", "--root", "-c", "--constraint", "--platform", "--no-binary", "--only-binary",
    "--upgrade-strategy", "--progress-bar", "--trusted-host", "--cache-dir", "--python-version", "--log", "--retries",
))  # fmt: skip
_CONDA_VALUES = frozenset(("-c", "--channel", "-n", "--name", "-p", "--prefix", "--override-channels-with"))
# Options whose next word lists more to install, and how that is written in the fact.
_LISTING = {"-r": "-r", "--requirement": "-r", "--requirements": "-r", "-e": "-e", "--editable": "-e"}
_CONDA_LISTING = {"-f": "-r", "--file": "-r"}
_QUIET = frozenset(("tail", "head", "grep", "cat", "cd", "true", "echo", "clear"))


def shell_facts(command: str, manner: str = "!") -> Iterator[Found]:
    """What one command line asks for: packages, addresses, else a program (as the line, at most 120 characters)."""
    line = " ".join(_COMMENT.sub("", command[:_LONGEST]).split())
    programs = 0
    installs = False
    for piece in _pieces(line):
        words = _words(piece)
        installed = _installed(words, manner)
        if installed is None:
            programs += bool(words) and not (installs and words[0] in _QUIET)
            yield from _fetched(words)
        else:
            installs = True
            yield from installed
    if programs:
        yield from program(line, manner)


def program(line: str, manner: str) -> Iterator[Found]:
    """A program by its command line; a question to the graphics card's driver tells of a card too."""
    yield Found("program", line[:_SHOWN].strip(), manner)
    if "nvidia-smi" in line:
        yield Found("gpu", "nvidia-smi", manner)


def install_facts(arguments: str, tool: str) -> Iterator[Found]:
    """What `%pip ...` and `%conda ...` install."""
    words = _words(f"{tool} {_COMMENT.sub('', arguments[:_LONGEST])}")
    yield from _installed(words, f"%{tool}") or ()


def words_facts(words: list[str], manner: str) -> Iterator[Found]:
    """What an argument list asks for, as `subprocess.run` takes it."""
    installed = _installed(words, manner)
    if installed is None:
        yield from _fetched(words)
        yield from program(" ".join(" ".join(words).split()), manner)
    else:
        yield from installed


def _pieces(line: str) -> Iterator[str]:
    for found in _PIECE.finditer(line):
        if found[1] and found[1].strip():
            yield found[1]


def _words(piece: str) -> list[str]:
    try:
        return shlex.split(piece)
    except ValueError:
        return piece.split()


def _installed(words: list[str], manner: str) -> Iterator[Found] | None:
    """The requirements an installer is given; None where the words call another program."""
    while words and words[0] in {"sudo", "yes", "!", "time", "env"}:
        words = words[1:]
    if words[1:2] == ["-m"] and _PYTHON.fullmatch(words[0]):
        words = words[2:]
    if not words:
        return iter(())
    if words[0] == "uv" and words[1:2] == ["pip"]:
        words = words[1:]
    if _PIP.fullmatch(words[0]) and words[0] != "uv":
        return _requirements(words[1:], _pip_manner(manner), _PIP_VALUES)
    if words[0] in _CONDA and words[1:2] == ["install"]:
        return _requirements(words[1:], "%conda" if manner.startswith("%") else "!conda", _CONDA_VALUES)
    return None


def _pip_manner(manner: str) -> str:
    return "%pip" if manner == "%pip" else "!pip"


def _requirements(words: list[str], manner: str, valued: frozenset[str]) -> Iterator[Found]:
    """One fact a requirement; `pip list` and its like install nothing."""
    if "install" not in words:
        return
    rest = iter(words[words.index("install") + 1 :])
    named: list[str] = []
    for word in rest:
        redirection = _REDIRECTION.fullmatch(word)
        option = _LISTING.get(word, "" if valued is _PIP_VALUES else _CONDA_LISTING.get(word, ""))
        if option:
            named.append(f"{option} {next(rest, '')}")
        elif word in valued or (redirection and not redirection[1]):
            next(rest, None)
        elif named and _VERSION.fullmatch(word):
            named[-1] += word if word[-1] != "=" else f"{word}{next(rest, '')}"
        elif not redirection and not word.startswith("-") and not set(word) & set("${}"):
            named.append(word)
    yield from (Found("install", one[:_SHOWN], manner) for one in named if one.rstrip() not in {"-r", "-e"})


def _fetched(words: list[str]) -> Iterator[Found]:
    """What `wget` and `curl` fetch, and the file it is in afterwards."""
    if not words or words[0].rpartition("/")[2] not in _FETCHERS:
        return
    tool = words[0].rpartition("/")[2]
    manner = f"!{tool}"
    addresses = [word for word in words[1:] if is_address(word)]
    for address in addresses:
        yield Found("address", address, manner)
    target = next((after for word, after in pairwise(words) if word in _targets(tool)), None)
    if target:
        yield Found("writes", target, manner)
    elif tool == "wget" or "-O" in words:
        for address in addresses:
            yield Found("writes", address.partition("?")[0].rpartition("/")[2] or "index.html", manner)


def _targets(tool: str) -> frozenset[str]:
    return frozenset(("-o", "--output")) if tool == "curl" else frozenset(("-O", "--output-document", "-o"))
