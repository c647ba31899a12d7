"""HTML that cells left: tables and text stay, whatever would run, load from elsewhere or dress up the page goes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import nh3

ROWS = 500
_LONGEST = 2_000_000
_TABLE_TAGS = {"table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"}
_TAGS = _TABLE_TAGS | {
    *("a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em", "figcaption"),
    *(
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "pre",
        "q",
    ),
    *("s", "samp", "small", "span", "strong", "sub", "summary", "sup", "u", "ul", "var"),
}
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
_SHOWN = re.compile(r"<img [^>]*\bsrc=")
_TAG = re.compile(r"<[^>]*>")
_PICTURE = re.compile(r"<img\b([^>]*)>")
_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)

Address = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Names:
    """What tables and pictures of one cell are called, for those who don't see them."""

    table: str
    picture: str


def html_as_html(text: str, address: Address, names: Names) -> tuple[str, bool] | None:
    """The HTML as a page may hold it, and whether all of its rows are there; None where nothing to see is left."""
    if len(text) > _LONGEST:
        return None
    clean = _clean(text, address)
    if not _SHOWN.search(clean) and not _TAG.sub("", clean).strip():
        return None
    short = _TABLE.sub(_first_rows, clean)
    whole = short == clean
    named = _PICTURE.sub(lambda found: _with_alt(found, names.picture), short if whole else _clean(short, address))
    box = f'<div class="scroll" role="group" tabindex="0" aria-label="{escape(names.table)}"><table'
    return named.replace("<table", box).replace("</table>", "</table></div>"), whole


def _clean(text: str, address: Address) -> str:
    def judge(tag: str, attribute: str, value: str) -> str | None:
        if (tag, attribute) == ("img", "src"):
            return value if _INLINE_PICTURE.match(value) else _within(address(value))
        return address(value) if (tag, attribute) == ("a", "href") else value

    schemes = {"http", "https", "mailto", "data"}
    return nh3.clean(text, tags=_TAGS, attributes=_ATTRIBUTES, attribute_filter=judge, url_schemes=schemes)


def _within(address: str | None) -> str | None:
    """The address of a picture, which must be the site's."""
    return address if address and not re.match(r"[a-z]+:", address) else None


def _first_rows(found: re.Match[str]) -> str:
    """The table without the rows over the limit."""
    ends = [end.end() for end in re.finditer("</tr>", found[0])]
    return found[0] if len(ends) <= ROWS else found[0][: ends[ROWS - 1]] + found[0][ends[-1] :]


def _with_alt(found: re.Match[str], name: str) -> str:
    return found[0] if re.search(r"\balt=", found[1]) else f'<img alt="{escape(name)}"{found[1]}>'
