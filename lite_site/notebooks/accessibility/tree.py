"""A markdown cell as the elements a browser makes of it, those written in HTML among them, each with its line."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from markdown_it.token import Token

from lite_site.markdown.plain import plain_text
from lite_site.notebooks.markdown import MarkdownCell

TEXT = "#text"
HEADINGS = {f"h{level}": level for level in range(1, 7)}
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_ROWS, _PARTS = frozenset(["td", "th"]), frozenset(["thead", "tbody", "tfoot", "caption"])
# Elements that end where one of these begins, and the elements inside which that stops: HTML's optional end tags.
_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset(["li"]), frozenset(["ul", "ol", "table"])),
    "dt": (frozenset(["dt", "dd"]), frozenset(["dl", "table"])),
    "dd": (frozenset(["dt", "dd"]), frozenset(["dl", "table"])),
    "td": (_ROWS, frozenset(["tr", "table"])),
    "th": (_ROWS, frozenset(["tr", "table"])),
    "tr": (_ROWS | {"tr"}, _PARTS | {"table"}),
    **{part: (_ROWS | _PARTS | {"tr"}, frozenset(["table"])) for part in _PARTS},
    "p": (frozenset(["p"]), frozenset(["div", "td", "th", "li", "blockquote", "table"])),
}


@dataclass(slots=True, eq=False)
class Node:
    """An element, or a piece of text (its tag is TEXT); `cell` and `line` count from 1.

    `written` is the syntax it was written in; `text` what a TEXT says, or the code of a `pre`.
    """

    tag: str
    cell: int
    line: int
    written: str = "markdown"
    attrs: dict[str, str] = field(default_factory=dict)
    text: str = ""
    parent: "Node | None" = None
    children: "list[Node]" = field(default_factory=list)

    def walk(self) -> "Iterator[Node]":
        """The node and all it holds, in order of appearance."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack += reversed(node.children)

    def find(self, *tags: str) -> "Iterator[Node]":
        """The elements of those names in it."""
        return (node for node in self.walk() if node.tag in tags)

    def ancestors(self) -> "Iterator[Node]":
        """The elements it stands in, the nearest first."""
        node = self.parent
        while node:
            yield node
            node = node.parent

    def is_in(self, *tags: str) -> bool:
        """Whether it stands in an element of one of those names."""
        return any(node.tag in tags for node in self.ancestors())

    @property
    def is_blank(self) -> bool:
        """Whether it is text with nothing to see in it."""
        return self.tag == TEXT and not self.text.strip()

    def said(self) -> str:
        """The text in it on one line, images read by their text."""
        parts = (node.attrs.get("alt", "") if node.tag == "img" else node.text or _gap(node) for node in self.walk())
        return " ".join("".join(parts).split())


def _gap(node: Node) -> str:
    return " " if node.tag == "br" else ""


def grow_tree(cell: MarkdownCell) -> tuple[Node, list[Node]]:
    """The cell's elements, under a root without a name; and all of them in order of appearance."""
    grower = _Grower(cell)
    return grower.root, grower.nodes


class _Grower:
    """Puts elements where a browser would, from markdown's tokens and the HTML in them."""

    def __init__(self, cell: MarkdownCell) -> None:
        self._cell = cell
        self._shifted = bool(cell.held.shortened[0])
        self.line = self._lost = 0  # the parsed text's line, and the line ends in formulas before this point of it
        self.root = self.at = Node("", cell.number, 1)
        self.nodes: list[Node] = []
        self._opened: list[Node] = []
        self._html: _Html | None = None
        for token in cell.tokens:
            if token.map:
                self.line, self._lost = token.map[0], 0
            self._take(token)

    def _take(self, token: Token) -> None:
        """Grow by one block."""
        if token.type == "inline":
            for child in token.children or ():
                self._take_inline(child)
        elif token.nesting > 0:
            self._opened.append(self.open(token.tag))
        elif token.nesting < 0:
            self.close(self._opened.pop())
        elif token.type == "html_block":
            self._read(token.content)
        elif token.type in {"fence", "code_block"}:
            self.leaf("pre", token.content, {"info": token.info})

    def _take_inline(self, token: Token) -> None:
        """Grow by a piece of a line."""
        kind = token.type
        if kind == "text":
            text = self._cell.held.with_formulas(token.content)
            self.leaf(TEXT, text)
            self._lost += text.count("\n")
        elif kind == "softbreak":
            self.leaf(TEXT, "\n")
            self.line, self._lost = self.line + 1, 0
        elif kind == "hardbreak":
            self.leaf("br")
            self.line, self._lost = self.line + 1, 0
        elif kind == "code_inline":
            self.leaf("code", token.content)
        elif kind == "image":
            said = self._cell.held.with_formulas(plain_text(token.children or ()))
            self.leaf("img", attrs={"src": str(token.attrs.get("src", "")), "alt": said})
            self.line += token.content.count("\n")
        elif kind == "html_inline":
            self._read(token.content)
            self.line += token.content.count("\n")
        elif token.nesting > 0:
            self._opened.append(self.open(token.tag, {name: str(value) for name, value in token.attrs.items()}))
        elif token.nesting < 0:
            self.close(self._opened.pop())

    def leaf(self, tag: str, text: str = "", attrs: dict[str, str] | None = None, written: str = "markdown") -> Node:
        """Add a node that holds none."""
        line = (self._cell.held.line_of(self.line) if self._shifted else self.line + 1) + self._lost
        node = Node(tag, self._cell.number, line, written, attrs or {}, text, self.at)
        self.at.children.append(node)
        self.nodes.append(node)
        return node

    def open(self, tag: str, attrs: dict[str, str] | None = None, written: str = "markdown") -> Node:
        """Add an element, and go on inside it."""
        self.at = self.leaf(tag, "", attrs, written)
        return self.at

    def close(self, node: Node) -> None:
        """Leave `node`, if it wasn't left already."""
        inside: Node | None = self.at
        while inside and inside is not node:
            inside = inside.parent
        if inside and inside.parent:
            self.at = inside.parent

    def _read(self, html: str) -> None:
        self._html = self._html or _Html(self, self._cell.held.with_formulas)
        begun = self.line
        self._html.read(html)
        self.line = begun


class _Html(HTMLParser):
    """Reads HTML for a grower, whose line at the time is that of the HTML's first."""

    def __init__(self, grower: _Grower, formulas: Callable[[str], str]) -> None:
        super().__init__(convert_charrefs=True)
        self._grower, self._formulas = grower, formulas
        self._offset = 0

    def read(self, html: str) -> None:
        """Take in HTML; what the standard library's reader gives up on is left out."""
        self.reset()
        self._offset = self._grower.line - 1
        try:
            self.feed(html)
            self.close()
        except AssertionError:  # what html.parser raises for unknown `<![...` sections
            pass

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, ending those it ends."""
        self._grower.line = self._offset + self.getpos()[0]
        if tag in _ENDS:
            self._end(*_ENDS[tag])
        given: dict[str, str] = {}
        for name, value in attrs:  # of an attribute written twice, the first counts
            given.setdefault(name, value or "")
        if tag in _VOID:
            self._grower.leaf(tag, "", given, "html")
        else:
            self._grower.open(tag, given, "html")

    def handle_endtag(self, tag: str) -> None:
        """Close the nearest element of that name."""
        at = self._grower.at
        node = next((node for node in (at, *at.ancestors()) if node.tag == tag), None)
        if node:
            self._grower.close(node)

    def handle_data(self, data: str) -> None:
        """Add text."""
        self._grower.line = self._offset + self.getpos()[0]
        self._grower.leaf(TEXT, self._formulas(data), None, "html")

    def _end(self, ended: frozenset[str], within: frozenset[str]) -> None:
        at = self._grower.at
        for node in (at, *at.ancestors()):
            if node.tag in within:
                return
            if node.tag in ended:
                self._grower.close(node)
                if node.tag in _ROWS or node.tag == "tr":  # a row may end its cell, a part of a table its row
                    self._end(ended, within)
                return
