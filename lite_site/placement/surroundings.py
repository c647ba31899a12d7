"""What a lesson is judged against: the course's files and modules, what the browser knows, what the teacher allows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import PurePosixPath

from packaging.utils import canonicalize_name

from lite_site.courses.model import Declaration, Profile
from lite_site.environment.catalogue import Catalogue, kernel_names
from lite_site.environment.requirements import Wish, applies, parse_wish
from lite_site.environment.wheels import Wheel
from lite_site.notebooks.facts import Fact
from lite_site.placement.proof import Proof

_NOTHING = Declaration()
_SHARED = ("brings", "by_name", "folders", "from_conda", "kernels_own", "packages", "stems", "wishes")


def run_nothing(_command: str) -> bool:
    """What a browser kernel without commands of its own can run: no program at all."""
    return False


@dataclass(frozen=True)
class Surroundings:
    """Everything beside the lesson that decides where it runs; paths are relative to the course folder.

    `files` are those published and `heavy` those left out for their size, in bytes; `modules` are the facts of
    the course's own `.py` files, and of its notebooks that others may run (their cell numbers mean nothing);
    `budget` is the most bytes one file may have; `kernels` are the languages with a browser kernel; `proof` is that
    of the lesson judged; `can_run` tells which commands the browser's kernel understands by itself; `left` are the
    files that lessons write, each with the lesson that does.
    """

    files: Mapping[PurePosixPath, int]
    heavy: Mapping[PurePosixPath, int]
    modules: Mapping[PurePosixPath, tuple[Fact, ...]]
    known: Catalogue
    declared: Declaration = _NOTHING
    budget: int = 50_000_000
    kernels: frozenset[str] = frozenset(("python",))
    profiles: tuple[Profile, ...] = ()
    proof: Proof | None = None
    can_run: Callable[[str], bool] = run_nothing
    left: Mapping[PurePosixPath, PurePosixPath] = field(default_factory=dict)

    @cached_property
    def brings(self) -> Mapping[str, Wheel]:
        """The wheel that brings each top-level module."""
        found: dict[str, Wheel] = {}
        for name in sorted(self.known.by_name):
            for module in self.known.by_name[name].imports:
                found.setdefault(module, self.known.by_name[name])
        return found

    @cached_property
    def kernels_own(self) -> frozenset[str]:
        """The packages every page loads, by PEP 503 name."""
        return frozenset(kernel_names(self.known.by_name))

    @cached_property
    def wishes(self) -> Mapping[str, tuple[Wish, ...]]:
        """What the course declares for the browser, by PEP 503 name; what isn't a requirement is left out."""
        found: dict[str, tuple[Wish, ...]] = {}
        for wanted in self.declared.packages:
            wish = wish_in(wanted.requirement)
            if wish and applies(wish.requirement):
                found[wish.name] = (*found.get(wish.name, ()), wish)
        return found

    @cached_property
    def from_conda(self) -> frozenset[str]:
        """The PEP 503 names of the packages that only Conda has."""
        return frozenset(canonicalize_name(_conda_name(wanted.requirement)) for wanted in self.declared.conda)

    @property
    def _scripts(self) -> list[PurePosixPath]:
        return sorted(path for path in self.modules if path.suffix == ".py")

    @cached_property
    def packages(self) -> Mapping[PurePosixPath, tuple[PurePosixPath, ...]]:
        """The course's modules under each folder, at any depth."""
        found: dict[PurePosixPath, tuple[PurePosixPath, ...]] = {}
        for path in self._scripts:
            for folder in path.parents:
                found[folder] = (*found.get(folder, ()), path)
        return found

    @cached_property
    def stems(self) -> Mapping[str, tuple[PurePosixPath, ...]]:
        """The course's modules by the name they would be imported under, wherever they stand."""
        found: dict[str, tuple[PurePosixPath, ...]] = {}
        for path in self._scripts:
            name = path.parent.name if path.name == "__init__.py" else path.stem
            found[name] = (*found.get(name, ()), path)
        return found

    @cached_property
    def folders(self) -> frozenset[PurePosixPath]:
        """Every folder of the course that holds something, the course's own among them."""
        return frozenset(folder for path in (*self.files, *self.heavy, *self.modules) for folder in path.parents)

    @cached_property
    def by_name(self) -> Mapping[str, tuple[PurePosixPath, ...]]:
        """The course's files by their names in small letters."""
        found: dict[str, tuple[PurePosixPath, ...]] = {}
        for path in sorted((*self.files, *self.heavy)):
            found[path.name.casefold()] = (*found.get(path.name.casefold(), ()), path)
        return found

    def with_proof(self, proof: Proof | None) -> "Surroundings":
        """The same for another lesson of the course, whose proof this is; what was worked out is shared."""
        fresh = replace(self, proof=proof)
        fresh.__dict__.update({name: getattr(self, name) for name in _SHARED})
        return fresh


@lru_cache(maxsize=4096)
def wish_in(text: str) -> Wish | None:
    """The requirement a text is, None where it is none (an address, an option, a slip)."""
    wish = parse_wish(text, "")
    return wish if isinstance(wish, Wish) else None


def _conda_name(text: str) -> str:
    """The package of a MatchSpec: `conda-forge::samtools>=1.19` is about samtools."""
    name = text.rpartition("::")[2].strip()
    for sign in " =<>!~[":
        name = name.partition(sign)[0]
    return name
