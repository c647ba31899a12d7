"""The prose of one notebook as its rules see it, and how they name what they found."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from lite_site.language import Language
from lite_site.notebooks.accessibility.tree import Node, grow_tree
from lite_site.notebooks.markdown import MarkdownCell

_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Page:
    """A notebook: its place, the elements of each markdown cell, its language where that is certain.

    `nodes` are all elements and texts in order of appearance, `kinds` the same by name.
    """

    place: str
    cells: tuple[Node, ...]
    nodes: tuple[Node, ...]
    kinds: dict[str, list[Node]]
    language: Language | None = None

    @property
    def has_html(self) -> bool:
        """Whether any of it is written in HTML: markdown has no colours."""
        return any(node.written == "html" for node in self.nodes)

    def find(self, *tags: str) -> list[Node]:
        """The elements of those names, in order."""
        known = [self.kinds[tag] for tag in tags if tag in self.kinds]
        if len(known) > 1:
            return [node for node in self.nodes if node.tag in tags]
        return known[0] if known else []

    def place_of(self, node: Node) -> str:
        """Notebook, cell and line."""
        return f"{self.place}, cell {node.cell}, line {node.line}"


def read_page(cells: Iterable[MarkdownCell], place: str, language: Language | None) -> Page:
    """The page that the markdown cells of the notebook at `place` make."""
    grown = [grow_tree(cell) for cell in cells]
    nodes = tuple(node for _, some in grown for node in some)
    kinds: defaultdict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        kinds[node.tag].append(node)
    return Page(place, tuple(root for root, _ in grown), nodes, dict(kinds), language)


def quoted(text: str) -> str:
    """The text in quotation marks, its end left out where it is long."""
    short = text if len(text) <= _LONGEST_QUOTE else f"{text[: _LONGEST_QUOTE - 1].rstrip()}…"
    return f"“{short}”"
