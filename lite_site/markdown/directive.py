"""Reads MyST's directives: their name, argument, options and body."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from markdown_it.token import Token

from lite_site.markdown.admonitions import STARTS
from lite_site.markdown.latex import name_label

_BRACED = re.compile(r"\{(\w[\w:.-]*)\}[ \t]*(.*)", re.DOTALL)
# As Pandoc, Quarto and Docusaurus name what stands between colons.
_BARE = re.compile(r"\{?\.?(?:callout-)?([A-Za-z][\w-]*)[^\s}]*\}?[ \t]*(.*)", re.DOTALL)
_OPTION = re.compile(r":([\w-]+):(?:[ \t]+(.*))?")
_HEADER_OPTION = re.compile(r"([\w-]+)[ \t]*:(?:[ \t]+(.*))?")


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive as authored; of `admonition` and `figure` the argument is the title and the image."""

    name: str
    argument: str
    options: Mapping[str, str]
    body: str

    @property
    def label(self) -> str:
        """What references call it, or ""."""
        return name_label(self.options.get("label") or self.options.get("name") or "")

    @property
    def classes(self) -> frozenset[str]:
        """The classes its author gave it."""
        return frozenset(self.options.get("class", "").split())


def read_directive(token: Token, names: frozenset[str]) -> Directive | None:
    """The directive in a fence; None if it is a fence of code. `names` are those that need no braces after colons."""
    info = token.info.strip()
    found = _BRACED.fullmatch(info)
    if not found and token.type == "colon_fence":
        found = _BARE.fullmatch(info)
        if not found or found[1].lower() not in names:
            return Directive("", "", {}, token.content)
    if not found:
        return None
    options, body = _read_options(token.content)
    name = found[1].lower().removeprefix("prf:")
    return Directive(STARTS.get(name, name), found[2].strip(), options, body)


def _read_options(content: str) -> tuple[dict[str, str], str]:
    """Options stand at the head of the body: as `:name: value`, or between two lines of dashes."""
    lines = content.splitlines(keepends=True)
    start = next((at for at, line in enumerate(lines) if line.strip()), 0)
    pattern, end = _OPTION, start
    if lines and lines[start].strip() == "---":
        pattern, start = _HEADER_OPTION, start + 1
        end = next((at for at in range(start, len(lines)) if lines[at].strip() == "---"), -1)
        if end < 0:
            return {}, content
    else:
        while end < len(lines) and _OPTION.fullmatch(lines[end].strip()):
            end += 1
    found = [pattern.fullmatch(line.strip()) for line in lines[start:end]]
    options = {option[1].lower(): (option[2] or "").strip().strip("\"'") for option in found if option}
    return options, "".join(lines[end + (pattern is _HEADER_OPTION) :])
