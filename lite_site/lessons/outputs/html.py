"""HTML that cells left: tables and text stay, whatever would run, load from elsewhere or dress up the page goes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import nh3

from lite_site.markdown.allowed import EMPTIED, SCHEMES, TAGS

ROWS = 500
_ATTRIBUTES = {
    "*": {"lang", "dir", "title"},
    "a": {"href"},
    "col": {"span"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_INLINE_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml)[;,]")
_PICTURE = re.compile(r"<img [^>]*\bsrc=")
_TAG = re.compile(r'<(/?\w+)((?:[^">]|"[^"]*")*)>')
_EMPTY_HEADING = re.compile(r"<th((?: [^>]*)?)>\s*</th>")  # pandas has one over the index; it heads nothing
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)

Address = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Names:
    """What tables and pictures of one cell are called, for those who don't see them."""

    table: str
    picture: str


def html_as_html(text: str, address: Address, names: Names) -> tuple[str, bool] | None:
    """The HTML as a page may hold it, and whether all of its rows are there; None where nothing to see is left."""
    clean = _EMPTY_HEADING.sub(r"<td\1></td>", _clean(text, address))
    if not _PICTURE.search(clean) and not _TAG.sub("", clean).strip():
        return None
    short = _TABLE.sub(_first_rows, clean)
    whole = short == clean
    balanced = clean if whole else _clean(short, str)  # its addresses have been judged
    return _TAG.sub(lambda tag: _dressed(tag, names), balanced), whole


def _clean(text: str, address: Address) -> str:
    def judge(tag: str, attribute: str, value: str) -> str | None:
        if (tag, attribute) == ("img", "src"):
            return value if _INLINE_PICTURE.match(value) else _within(address(value))
        return address(value) if (tag, attribute) == ("a", "href") else value

    return nh3.clean(
        text, tags=TAGS, clean_content_tags=EMPTIED, attributes=_ATTRIBUTES, attribute_filter=judge, url_schemes=SCHEMES
    )


def _within(address: str | None) -> str | None:
    """The address of a picture, which must be the site's."""
    return address if address and not re.match(r"[a-z]+:", address) else None


def _first_rows(found: re.Match[str]) -> str:
    """The table without the rows over the limit."""
    ends = [end.end() for end in re.finditer("</tr>", found[0])]
    return found[0] if len(ends) <= ROWS else found[0][: ends[ROWS - 1]] + found[0][ends[-1] :]


def _dressed(tag: re.Match[str], names: Names) -> str:
    """The tag, in a box that scrolls where it is a table's, with a text where it is a picture's without one."""
    name, attributes = tag[1], tag[2]
    if name == "table":
        return f'<div class="scroll" role="group" tabindex="0" aria-label="{escape(names.table)}">{tag[0]}'
    if name == "/table":
        return f"{tag[0]}</div>"
    if name == "img" and " alt=" not in attributes:
        return f'<img alt="{escape(names.picture)}"{attributes}>'
    return tag[0]
