"""The elements, attributes and addresses that a lesson may have."""

from typing import Final

_TEXT = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "br", "hr", "blockquote", "pre", "center", "section"),
    *("a", "b", "i", "u", "s", "em", "strong", "del", "ins", "mark", "small", "big", "sub", "sup", "q", "cite", "dfn"),
    *("abbr", "code", "kbd", "samp", "var", "time", "bdi", "bdo", "wbr", "ruby", "rt", "rp", "font", "tt", "strike"),
    *("ul", "ol", "li", "dl", "dt", "dd", "details", "summary", "figure", "figcaption", "img"),
    *("table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"),
}
_MATHML = {
    *("math", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "msub", "msup", "msubsup", "munder", "mover"),
    *("munderover", "mmultiscripts", "mprescripts", "mfrac", "msqrt", "mroot", "mtable", "mtr", "mtd", "mpadded"),
    *("mphantom", "menclose", "mstyle"),
}
_MATHML_ATTRIBUTES = {
    *("display", "displaystyle", "scriptlevel", "mathvariant", "stretchy", "symmetric", "form", "lspace", "rspace"),
    *("minsize", "maxsize", "largeop", "movablelimits", "accent", "accentunder", "linethickness", "notation"),
    *("width", "height", "depth", "voffset"),
}
TAGS: Final = _TEXT | _MATHML
# `style`, `align` and `color` become classes.
LOOKS: Final = frozenset(["style", "align", "color"])
ATTRIBUTES: Final = {
    "*": {"id", "title", "lang", "dir", "class", "role", "aria-label", "tabindex", *LOOKS},
    "a": {"href", "name"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "type", "reversed"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "details": {"open"},
    **dict.fromkeys(_MATHML, _MATHML_ATTRIBUTES),
}
ROLES: Final = frozenset(
    ["doc-backlink", "doc-endnotes", "doc-noteref", "group", "img", "note", "none", "presentation"]
)
# Each address is judged before; these are the schemes that any may have.
SCHEMES: Final = {"http", "https", "mailto", "tel", "data", "attachment"}
EMPTIED: Final = {"script", "style", "iframe", "object", "embed", "form", "select", "textarea", "template", "svg"}
