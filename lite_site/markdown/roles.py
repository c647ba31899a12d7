"""MyST's roles: words in a line that are more than text."""

import re
from pathlib import PurePosixPath
from urllib.parse import quote

from markdown_it.common.utils import escapeHtml

from lite_site.markdown.references import References

_WITH_TARGET = re.compile(r"(.*?)\s*<([^<>]*)>", re.DOTALL)
_PLACES = re.compile(r"%s|\{number\}")
_ABBREVIATION = re.compile(r"([^()]*?)\s*\((.*)\)", re.DOTALL)
_ELEMENTS = {
    "code": "code",
    "command": "kbd",
    "del": "del",
    "dfn": "dfn",
    "emphasis": "em",
    "file": "code",
    "guilabel": "kbd",
    "kbd": "kbd",
    "literal": "code",
    "menuselection": "kbd",
    "samp": "samp",
    "strike": "s",
    "strong": "strong",
    "sub": "sub",
    "subscript": "sub",
    "sup": "sup",
    "superscript": "sup",
    "term": "em",
    "underline": "u",
    "u": "u",
}
_LESSONS = (".ipynb", ".md", ".py", "")


def write_role(name: str, content: str, references: References) -> str:
    """A role as HTML; the words of one we don't know stay."""
    if name in {"ref", "numref", "eq", "prf:ref"}:
        return _reference(name, content, references)
    if name in {"doc", "download"}:
        return _file(content, references)
    if name in {"abbr", "abbreviation"} and (found := _ABBREVIATION.fullmatch(content.strip())):
        return f'<abbr title="{escapeHtml(found[2])}">{escapeHtml(found[1])}</abbr>'
    if tag := _ELEMENTS.get(name):
        return f"<{tag}>{escapeHtml(content)}</{tag}>"
    return escapeHtml(f"[{content}]" if name.startswith("cite") else content)


def _reference(name: str, content: str, references: References) -> str:
    found = _WITH_TARGET.fullmatch(content.strip())
    said, label = (found[1], found[2]) if found else ("", content.strip())
    target = references.lesson.find(label)
    if not target:
        return escapeHtml(said or label)
    if not said:
        text = references.name(target) if name == "ref" else references.numbered(target)
    elif target.number:
        text = _PLACES.sub(str(target.number), escapeHtml(said))
    else:
        text = escapeHtml(said)
    return f'<a href="#{escapeHtml(target.anchor)}">{text}</a>'


def _file(content: str, references: References) -> str:
    found = _WITH_TARGET.fullmatch(content.strip())
    path = found[2] if found else content.strip()
    said = found[1] if found else path
    ends = ("",) if PurePosixPath(path).suffix else _LESSONS
    known = next((quote(path + end) for end in ends if references.address(quote(path + end))), "")
    return f'<a href="{escapeHtml(known)}">{escapeHtml(said)}</a>' if known else escapeHtml(said)
