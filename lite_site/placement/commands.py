"""What a command line is about: its program, and whether it only shows something."""

import posixpath
import re

_BEFORE = re.compile(r"(?:(?:sudo|time|nohup|exec|env)\s+|[A-Za-z_]\w*=\S*\s+)+")
_JOINS = re.compile(r"[|>;&]")
_SHOWN = frozenset((
    "cal", "clear", "cls", "date", "df", "du", "env", "free", "hostname", "htop", "id", "lscpu", "lsb_release", "man",
    "neofetch", "nproc", "nvidia-smi", "printenv", "ps", "pwd", "top", "tree", "uname", "uptime", "which", "whoami",
))  # fmt: skip
_SHOWN_PARTS = frozenset((
    "conda env", "conda info", "conda list", "jupyter kernelspec", "pip freeze", "pip list", "pip show",
    "pip3 freeze", "pip3 list", "pip3 show",
))  # fmt: skip
_QUESTIONS = (["--version"], ["--help"])


def program_in(command: str) -> str:
    """The program of a command line: `samtools` of `sudo /usr/bin/samtools view x.bam`."""
    words = _words(command)
    return posixpath.basename(words[0].strip("\"'()")) or words[0] if words else command


def only_shows(command: str) -> bool:
    """Whether a command changes nothing and gives the code nothing: a lesson goes on without it."""
    words = _words(command)
    if not words or _JOINS.search(command):
        return False
    return program_in(command) in _SHOWN or " ".join(words[:2]) in _SHOWN_PARTS or words[1:] in _QUESTIONS


def _words(command: str) -> list[str]:
    return _BEFORE.sub("", command.strip(), count=1).split()
