"""What an import finds in the browser: Python's library, a module of the course, a wheel, or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from lite_site.environment.catalogue import BUILT_IN, NAMESPACES
from lite_site.environment.wheels import Wheel
from lite_site.notebooks.code.gone import is_gone
from lite_site.notebooks.facts import Fact
from lite_site.placement.surroundings import Surroundings
from lite_site.placement.well_known import LEFT_OUT, LEFT_OUT_PARTS, NAMESPACE_PARTS

_ELSEWHERE = frozenset(("%cd", "%run", "os.chdir", "sys.path"))

LIBRARY = BUILT_IN - LEFT_OUT
"""Modules of the standard library that the browser's Python can import."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where a lesson's imports look: its folder, what it writes itself, the course, the wheels there are.

    `searches` tells that it looks in other folders too: it changes `sys.path`, or goes elsewhere.
    """

    around: Surroundings
    folder: PurePosixPath
    written: frozenset[str]
    searches: bool = False
    found: dict[tuple[str, PurePosixPath | None], tuple[PurePosixPath, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def has(self, dotted: str) -> bool:
        """Whether the browser can import a module."""
        top = top_of(dotted)
        if top in LIBRARY:
            return dotted not in LEFT_OUT_PARTS and not is_gone(dotted)
        if is_gone(dotted):
            return self.is_own(dotted)
        return self.is_own(dotted) or self.wheel_of(dotted) is not None

    def is_own(self, dotted: str) -> bool:
        """Whether it is a module of the course, or one that the lesson writes."""
        return top_of(dotted) not in LIBRARY and (top_of(dotted) in self.written or bool(self.files_of(dotted)))

    def wheel_of(self, dotted: str) -> Wheel | None:
        """The wheel that brings it; of a name many packages share, only where the next part tells which."""
        top = top_of(dotted)
        if top not in NAMESPACES:
            return self.around.brings.get(top)
        package = NAMESPACE_PARTS.get(".".join(dotted.split(".")[:2]))
        return self.around.known.get(package) if package else None

    def taken(self, fact: Fact) -> str:
        """The module an import ends with: the one named or, where that is missing, the first there is instead."""
        if not fact.otherwise or self.has(fact.subject):
            return fact.subject
        return next((other for other in fact.otherwise if self.has(other)), fact.subject)

    def files_of(self, dotted: str, beside: PurePosixPath | None = None) -> tuple[PurePosixPath, ...]:
        """The course's own files an import reads: a module, or all of a package, its relative imports being unseen.

        A module that stands elsewhere in the course counts where the lesson `searches` and no wheel has the name.
        """
        if not self.around.modules or top_of(dotted) in LIBRARY:
            return ()
        if (dotted, beside) not in self.found:
            self.found[dotted, beside] = self._files_of(dotted, beside)
        return self.found[dotted, beside]

    def _files_of(self, dotted: str, beside: PurePosixPath | None) -> tuple[PurePosixPath, ...]:
        top = top_of(dotted)
        for folder in dict.fromkeys((self.folder, beside or self.folder)):
            if (module := folder / f"{top}.py") in self.around.modules:
                return (module,)
            if folder / top in self.around.packages:
                return self._part(folder, dotted)
        if not self.searches or top in self.around.brings or top not in self.around.stems:
            return ()
        found = self.around.stems[top][0]
        return self.around.packages[found.parent] if found.name == "__init__.py" else (found,)

    def _part(self, folder: PurePosixPath, dotted: str) -> tuple[PurePosixPath, ...]:
        """What an import reads of a package in `folder`; of a plain folder, only the one module it names."""
        top, _, rest = dotted.partition(".")
        whole = self.around.packages[folder / top]
        module = folder / f"{dotted.replace('.', '/')}.py"
        plain = folder / top / "__init__.py" not in self.around.modules
        return (module,) if rest and plain and module in self.around.modules else whole

    def script(self, written: str) -> tuple[PurePosixPath, ...]:
        """The course's script or notebook that `%run` runs; the ending may be left out."""
        named = self.folder / written
        return tuple(path for path in (named, PurePosixPath(f"{named}.py")) if path in self.around.modules)[:1]


def top_of(dotted: str) -> str:
    """The top-level module: `matplotlib` of `matplotlib.pyplot`."""
    return dotted.partition(".")[0]


def searches(facts: Iterable[Fact]) -> bool:
    """Whether imports may look in other folders than the lesson's: which ones isn't told."""
    return any(fact.kind == "reads" and fact.manner in _ELSEWHERE for fact in facts)


def written_modules(facts: Iterable[Fact]) -> frozenset[str]:
    """The modules a notebook writes for itself (`%%writefile tools.py`), by the names they are imported under."""
    paths = (PurePosixPath(fact.subject) for fact in facts if fact.kind == "writes" and fact.subject.endswith(".py"))
    return frozenset(name for path in paths for name in (path.stem, path.parts[0]) if name.isidentifier())
