"""The facts found so far, and what holds for those found next: their cell, the folder, what can be done without."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from lite_site.notebooks.code.called import Found
from lite_site.notebooks.code.folding import joined
from lite_site.notebooks.code.guards import NOTHING, Kinds
from lite_site.notebooks.facts import Fact

_ROOTED = ("/", "~", "\\")
# What no terminal, page or UTF-8 file should be given: controls, halves of a character, changes of direction.
_UNTOLD = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Findings:
    """Facts of one notebook, each once, in the order they were found."""

    def __init__(self) -> None:
        self.facts: dict[Fact, None] = {}
        self.soft: Kinds = NOTHING
        self._cell = 0
        self._folder: str | None = ""
        self._spared: tuple[str, ...] = ()
        self._left_out: Kinds = NOTHING

    def open_cell(self, number: int) -> None:
        """Begin a cell: nothing is guarded yet."""
        self._cell, self.soft, self._spared, self._left_out = number, NOTHING, (), NOTHING

    def keep(self, found: Iterable[Found], *, optional: bool | None = None) -> None:
        """Add facts; `optional` where it is known better than by what surrounds them."""
        for one in found:
            self._keep(one, optional=optional)

    @contextmanager
    def without(self, kinds: Kinds, spared: tuple[str, ...] = (), left_out: Kinds = NOTHING) -> Iterator[None]:
        """What is found inside can be done without; kinds `left_out` aren't kept at all.

        `spared` are files that make downloads needless.
        """
        before = self.soft, self._spared, self._left_out
        self.soft |= kinds
        self._spared = spared or self._spared
        self._left_out |= left_out
        yield
        self.soft, self._spared, self._left_out = before

    def vague_since(self, count: int) -> tuple[Fact, ...]:
        """The addresses found after the first `count` facts of which only the call is known."""
        later = islice(self.facts, count, None)
        return tuple(fact for fact in later if fact.kind == "address" and fact.subject == fact.manner)

    def forget(self, facts: Iterable[Fact]) -> None:
        """Take back what is known better since."""
        for fact in facts:
            self.facts.pop(fact, None)

    def leave_folder(self) -> None:
        """The code goes to a folder that isn't known: relative paths mean nothing from now on."""
        self._folder = None

    def _keep(self, found: Found, *, optional: bool | None) -> None:
        kind, subject, otherwise = found.kind, _UNTOLD.sub("�", found.subject), found.otherwise
        if kind in self._left_out:
            return
        if optional is None:
            optional = found.optional or kind in self.soft
        if kind in {"reads", "writes"}:
            if not subject.startswith(_ROOTED) and subject[1:2] != ":":
                if self._folder is None:
                    return
                subject = joined(self._folder, subject) if self._folder else subject
            if found.manner in {"os.chdir", "%cd"} and not optional:
                self._folder = subject
        elif kind in {"address", "program"} and self._spared:
            otherwise = self._spared
        self.facts[Fact(self._cell, kind, subject, found.manner, optional, otherwise)] = None
