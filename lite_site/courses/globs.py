"""Globs of course.toml: `*` within a folder, `**` across folders, a folder's name for all it holds."""

import re
from functools import lru_cache
from pathlib import PurePosixPath

from lite_site.courses.names import nfc

_TOKENS = re.compile(r"\*\*/|\*\*|\*|\?|\[!?\]?[^\]/]*\]|.", re.DOTALL)


# What Python's patterns read, or may come to read, as more than a character inside a set.
_SPECIAL_IN_SET = re.compile(r"[\\\[&~|]")


def matches(path: PurePosixPath, glob: str) -> bool:
    """Whether the glob names the path or one of the folders it lies in."""
    return bool(_pattern(glob).fullmatch(nfc(str(path))))


@lru_cache(maxsize=1024)
def _pattern(glob: str) -> re.Pattern[str]:
    body = "".join(map(_translate, _TOKENS.findall(nfc(glob).removeprefix("./").rstrip("/"))))
    try:
        return re.compile(f"(?:{body})(?:/.*)?", re.DOTALL)
    except re.error:  # a set such as [z-a]: only its own text can be meant
        return re.compile(re.escape(glob))


def _translate(token: str) -> str:
    wild = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    if token in wild:
        return wild[token]
    if len(token) > 1:  # a set of characters; `!` negates it
        inside = _SPECIAL_IN_SET.sub(r"\\\g<0>", token[1:-1]).replace("--", r"\-\-")
        if inside.startswith("!"):
            return f"[^/{inside[1:]}]" if inside[1:] else re.escape(token)
        inside = f"\\{inside}" if inside.startswith("^") else inside
        return f"(?!/)[{inside}]"
    return re.escape(token)
