"""What names mean while a notebook is read from top to bottom: modules they stand for, constants they hold."""

import ast
from typing import TypeAlias


class PathText(str):
    """A folded `pathlib.Path`, as the text it was built from."""

    __slots__ = ()


Value: TypeAlias = str | int | float
Known: TypeAlias = tuple[Value, ...]  # what a name may hold: several in a loop, none where it isn't known


class Listed(tuple[Value, ...]):
    """The elements of a list or tuple, each known."""

    __slots__ = ()


# Names that teaching notebooks use as if everyone had them, where the import is in a file we don't read.
_USUAL = {
    "pd": "pandas", "np": "numpy", "plt": "matplotlib.pyplot", "sns": "seaborn",
    "importlib": "importlib", "builtins": "builtins",
}  # fmt: skip
_SHADOWED = frozenset(("open", "input", "bytearray", "bytes", "list", "range"))


class Scope:
    """The names of one notebook; what a branch or function assigns can be taken back."""

    def __init__(self) -> None:
        self.aliases: dict[str, str] = dict(_USUAL)
        self.stars: list[str] = []
        self.packages: set[str] = set()
        self._hidden: set[str] = set()
        self._constants: dict[str, Known] = {}
        self._journal: list[tuple[str, Known | None]] = []

    def dotted(self, node: ast.expr) -> str:
        """The full name of what an expression refers to: `pandas.read_csv`, `open`; "" where it isn't known."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return ""
        root = self.aliases.get(node.id)
        if root is None:
            return "" if parts or node.id in self._hidden else node.id
        if not parts:
            return root
        parts.append(root)
        parts.reverse()
        return ".".join(parts)

    def constant(self, name: str) -> Known:
        """What the name may hold here, () where that isn't known."""
        return self._constants.get(name, ())

    def assign(self, name: str, value: Known) -> None:
        """Let the name hold what the value may be; () makes it unknown."""
        self._journal.append((name, self._constants.get(name)))
        if value:
            self._constants[name] = value
        else:
            self._constants.pop(name, None)
        if name in self.aliases:
            del self.aliases[name]
        elif name in _SHADOWED:
            self._hidden.add(name)

    def hold(self, name: str, value: Known) -> None:
        """Let a function's parameter hold a value until `undo`."""
        self._journal.append((name, self._constants.get(name)))
        self._constants[name] = value

    def mark(self) -> int:
        """A point that `undo` and `forget` go back to."""
        return len(self._journal)

    def undo(self, mark: int) -> None:
        """Take back every assignment since the mark."""
        while len(self._journal) > mark:
            name, value = self._journal.pop()
            if value is None:
                self._constants.pop(name, None)
            else:
                self._constants[name] = value

    def assigned_since(self, mark: int) -> set[str]:
        """The names that were assigned since the mark."""
        return {name for name, _ in self._journal[mark:]}

    def forget(self, names: set[str]) -> None:
        """Make the names unknown: a branch or a loop may have assigned them."""
        for name in names:
            self._journal.append((name, self._constants.pop(name, None)))
