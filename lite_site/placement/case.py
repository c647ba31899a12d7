"""One lesson under judgement: its facts, those of the course's modules it imports, and where its paths lead."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import PurePosixPath

from lite_site.courses.model import Lesson
from lite_site.notebooks.facts import FactKind
from lite_site.placement.modules import Shelf, searches, top_of, written_modules
from lite_site.placement.paths import Paths
from lite_site.placement.seen import ByKind, Seen, by_kind
from lite_site.placement.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Case:
    """A lesson, what surrounds it and all that it asks for; rules read nothing else.

    `replaced` are the top-level modules that the browser lacks and the lesson takes others for.
    """

    lesson: Lesson
    around: Surroundings
    shelf: Shelf
    paths: Paths
    needed: ByKind
    optional: ByKind
    replaced: frozenset[str]

    def of(self, kind: FactKind) -> tuple[Seen, ...]:
        """What the lesson can't do without, in order of cells."""
        return self.needed.get(kind, ())

    def calls_replaced(self, seen: Seen) -> bool:
        """Whether a fact is a call that another module answers in the browser."""
        return bool(self.replaced) and top_of(seen.fact.manner or seen.fact.subject) in self.replaced


def case_of(lesson: Lesson, around: Surroundings) -> Case:
    """Gather what a lesson asks for, its local modules' needs among them; the order of facts doesn't matter."""
    facts = sorted(lesson.facts)
    folder = lesson.path.parent
    scripts = (around.modules[file] for file in around.packages.get(folder, ()) if file.parent == folder)
    shelf = Shelf(around, folder, written_modules(facts), searches((*facts, *chain.from_iterable(scripts))))
    seen = [Seen(fact, fact.cell) for fact in facts]
    through = [*_through_modules(seen, shelf)]
    needed = by_kind(item for item in (*seen, *through) if not item.fact.optional)
    optional = by_kind(item for item in (*seen, *through) if item.fact.optional)
    paths = Paths(lesson.path, around, needed)
    return Case(lesson, around, shelf, paths, needed, optional, _replaced(needed, shelf))


def _replaced(needed: ByKind, shelf: Shelf) -> frozenset[str]:
    taken = {seen.fact.subject: shelf.taken(seen.fact) for seen in needed.get("import", ())}
    kept = {top_of(module) for module in taken.values()}
    return frozenset(top_of(module) for module, other in taken.items() if module != other) - kept


def _through_modules(seen: Iterable[Seen], shelf: Shelf) -> Iterator[Seen]:
    """The facts of every module of the course that the lesson reaches, each module once; cycles are fine.

    Modules that can't be done without come first: what a guarded import alone reaches is optional.
    """
    if not shelf.around.modules:
        return
    visited: set[PurePosixPath] = set()
    for optional in (False, True):
        waiting = [(item, file) for item in seen if item.fact.optional is optional for file in _opened(item, shelf)]
        while waiting:
            asker, file = waiting.pop(0)
            if file in visited:
                continue
            visited.add(file)
            for fact in sorted(shelf.around.modules[file]):
                found = Seen(replace(fact, cell=asker.cell, optional=fact.optional or optional), asker.cell, file)
                yield found
                if found.fact.optional is optional:
                    waiting += [(found, further) for further in _opened(found, shelf, file.parent)]


def _opened(seen: Seen, shelf: Shelf, beside: PurePosixPath | None = None) -> tuple[PurePosixPath, ...]:
    """The course's modules that a fact makes Python read: an import, or `%run` of a file."""
    if seen.fact.kind == "import":
        return shelf.files_of(shelf.taken(seen.fact), beside)
    if seen.fact.kind == "reads" and seen.fact.manner == "%run":
        return shelf.script(seen.fact.subject)
    return ()
