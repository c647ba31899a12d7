"""Which labels and images MyST's directives in a cell name, without parsing it: for those who check links."""

import re
from collections.abc import Iterator

from lite_site.markdown.latex import name_label

_LABELS = re.compile(
    r"""
      ^[ \t>]*\(([^()\n]+)\)=[ \t]*$                          # before a heading, a figure, a paragraph
    | ^[ \t>]*:?(?:name|label):[ \t]+["']?([^"'\s]+)["']?[ \t]*$    # of a directive
    | \$\$[ \t]*\(([\w:.-]+)\)[ \t]*$ | \\label\{([^{}\n]+)\}       # of an equation
    """,
    re.VERBOSE | re.MULTILINE,
)
_DRAWINGS = re.compile(r"^[ \t>]*(?:`{3,}|:{3,})\{(?:figure|image)\}[ \t]+(\S.*?)[ \t]*$", re.MULTILINE)


def labels_in(source: str) -> Iterator[str]:
    """The labels, as a link names them."""
    return (name_label(found[found.lastindex or 0]) for found in _LABELS.finditer(source))


def drawings_in(source: str) -> Iterator[str]:
    """The images of figures, as authored."""
    return (found[1] for found in _DRAWINGS.finditer(source))
