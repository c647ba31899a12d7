"""The lines of a requirements file as pip reads them: joined where a backslash says so, without comments.

https://pip.pypa.io/en/stable/reference/requirements-file-format/
"""

import re
from collections.abc import Iterator
from typing import Literal

from packaging.requirements import InvalidRequirement, Requirement

LineKind = Literal[
    "requirement", "built", "include", "constraint", "editable", "index", "quiet", "address", "conda", "?"
]

_LONGEST = 1_000
_COMMENT = re.compile(r"(?:^|\s)#.*$")
_OPTION = re.compile(r"^(--[a-z-]+|-[a-zA-Z])[\s=]*(.*)$", re.DOTALL)
_OWN_OPTIONS = re.compile(r"\s--?[a-z].*$", re.DOTALL)
_ADDRESS = re.compile(r"^(?:(?:git|hg|svn|bzr)\+|[a-z]+://|file:|\.{1,2}(?:$|[/\\\[])|[/~\\]|[A-Za-z]:\\)")
_ARCHIVE = (".whl", ".zip", ".tar.gz", ".tar.bz2", ".tgz")
_CONDA = re.compile(r"^[\w.-]+=[^=\s]+=[^=\s]+$", re.ASCII)
_KINDS: dict[str, LineKind] = {
    "-r": "include", "--requirement": "include", "-c": "constraint", "--constraint": "constraint",
    "-e": "editable", "--editable": "editable", "-i": "index", "--index-url": "index", "--pypi-url": "index",
    "--extra-index-url": "index", "-f": "index", "--find-links": "index", "--no-index": "index",
    "--trusted-host": "index", "--pre": "index", "--prefer-binary": "quiet", "--only-binary": "quiet",
    "--no-binary": "quiet", "--require-hashes": "quiet", "--use-feature": "quiet", "--no-deps": "quiet",
}  # fmt: skip


def logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line that says something, with the number (from 1) of the line it begins on."""
    parts: list[str] = []
    first = 0
    for number, line in enumerate(text.splitlines(), 1):
        first = first if parts else number
        goes_on = line.endswith("\\") and not _COMMENT.match(line)
        parts.append(line[:-1] if goes_on else line)
        if not goes_on:
            if whole := _COMMENT.sub("", "".join(parts)).strip():
                yield first, whole
            parts = []
    if whole := _COMMENT.sub("", "".join(parts)).strip():
        yield first, whole


def kind_of(line: str) -> tuple[LineKind, str]:
    """What a logical line is, and what it names: a file, an address, a requirement (PEP 508), an index's option."""
    if option := _OPTION.match(line):
        kind = _KINDS.get(option[1], "?")
        return kind, option[1] if kind == "index" else option[2].strip().strip("\"'")
    if _CONDA.match(line):
        return "conda", line
    line = _OWN_OPTIONS.sub("", line).strip()
    if _ADDRESS.match(line) or (line.endswith(_ARCHIVE) and "@" not in line):
        return "address", line
    return _requirement(line)


def _requirement(line: str) -> tuple[LineKind, str]:
    if len(line) > _LONGEST:
        return "?", line
    try:
        requirement = Requirement(line)
    except (InvalidRequirement, RecursionError):  # the second: a marker of a thousand brackets
        return "?", line
    if requirement.url is None:
        return "requirement", str(requirement)
    if not requirement.url.startswith("file:"):
        return "address", line
    requirement.url = None
    return "built", str(requirement)
