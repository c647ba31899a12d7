"""Questions put to the package index while a server's environment is looked for, answered by uv."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from packaging.utils import canonicalize_name

from lite_site.problems import BuildError, Problem
from lite_site.runtime.uv import Asked, Compiler, UvRun

KERNEL = "ipykernel"
"""What the hub starts for every notebook: a server's environment always has it."""
OLDEST, NEWEST = 6, 14
"""Of CPython 3: the minor versions that uv knows and that packages are made for."""
KERNEL_PLACE = "the hub's Python kernel"


@dataclass(frozen=True, slots=True)
class ServerWish:
    """A package asked for on the server: its PEP 503 name, the requirement as written, and where."""

    name: str
    text: str
    place: str


@dataclass
class Search:
    """One search: the Python it is for, the versions it would rather have, and the sources it has let in.

    `sources` are packages without a wheel, which may come as source; `elsewhere` are wishes that have one for
    another Python only: built from source, what was made for that Python seldom works.
    """

    run: Compiler
    python: str
    prefer: Mapping[str, str]
    sources: frozenset[str] = frozenset()
    elsewhere: dict[ServerWish, str] = field(default_factory=dict)
    place: str = "environment.lock"
    warnings: dict[str, None] = field(default_factory=dict)
    _answers: dict[tuple[object, ...], UvRun] = field(default_factory=dict, init=False)

    def together(self, wishes: Iterable[ServerWish], held: Mapping[str, str] | None = None) -> UvRun:
        """Versions that go together, dependencies included; those in `held` are taken, or nothing is found."""
        return self._ask(wishes, prefer=self.prefer, held=held)

    def alone(self, wishes: Iterable[ServerWish], *, any_file: bool = False, python: str = "") -> UvRun:
        """Whether each is there at all, as a wheel or as `any_file`; dependencies are left out."""
        return self._ask(wishes, alone=True, any_file=any_file, python=python)

    def other_python(self, wishes: Sequence[ServerWish]) -> str:
        """The Python nearest to ours for which these have wheels, "" if there is none."""
        ours = int(self.python.split(".")[1])
        for minor in (*range(ours - 1, OLDEST - 1, -1), *range(ours + 1, NEWEST + 1)):
            if self.alone(wishes, python=f"3.{minor}").outcome == "done":
                return f"3.{minor}"
        return ""

    def newest(self, names: Iterable[str], *, any_file: bool = False) -> Mapping[str, str]:
        """The newest version of each for this Python; those that can't be told are left out."""
        wishes = [ServerWish(name, name, "") for name in names]
        return dict(versions_in(self.alone(wishes, any_file=any_file).text))

    def files(self, pins: Mapping[str, str]) -> str:
        """The files of exact versions, as a pylock.toml; sources only where they were let in."""
        lines = [f"{name}=={version}" for name, version in sorted(pins.items())]
        asked = Asked(tuple(lines), self.python, sources=self.sources, files=True)
        ended = self._heard(self.run(asked))
        if ended.outcome != "done":
            raise BuildError([self._failed(ended.words or "doesn't give the files it has named")])
        return ended.text

    def _ask(
        self,
        wishes: Iterable[ServerWish],
        *,
        prefer: Mapping[str, str] | None = None,
        held: Mapping[str, str] | None = None,
        alone: bool = False,
        any_file: bool = False,
        python: str = "",
    ) -> UvRun:
        lines = tuple(wish.text for wish in wishes)
        if not lines:
            return UvRun("done")
        asked = Asked(lines, python or self.python, prefer or {}, self.sources, any_file, alone, held=held or {})
        question = (asked.requirements, asked.python, asked.sources, any_file, alone, tuple(asked.held.items()))
        if question not in self._answers:
            self._answers[question] = self._heard(self.run(asked))
        return self._answers[question]

    def _heard(self, ended: UvRun) -> UvRun:
        """Go on with an answer; without one there is nothing to go on with."""
        if ended.outcome == "missing":
            problem = f"The server's packages can't be looked up: {ended.words}."
            raise BuildError([Problem(self.place, problem, "Install it: pip install uv.", "uv-missing")])
        if ended.outcome == "unreachable":
            raise BuildError([self._unreachable(ended.words)])
        if ended.outcome == "failed":
            raise BuildError([self._failed(ended.words)])
        self.warnings |= dict.fromkeys(ended.warnings)
        return ended

    def _unreachable(self, words: str) -> Problem:
        return Problem(
            self.place,
            f"The server's packages can't be looked up: the Python package index {words}.",
            "Check the network and pip's configuration, then lock again; nothing was changed.",
            "runtime-unreachable",
        )

    def _failed(self, words: str) -> Problem:
        return Problem(
            self.place,
            f"The server's packages can't be looked up: the Python package index {words}.",
            "Lock again; if it stays so, tell Passerelle's authors what the message says.",
            "server-search-failed",
        )


def versions_in(text: str) -> Iterable[tuple[str, str]]:
    """The names and versions of uv's requirement lines."""
    for line in text.splitlines():
        if "==" in line and not line.startswith((" ", "#")):
            name, _, rest = line.partition("==")
            yield canonicalize_name(name.partition("[")[0]), rest.partition(";")[0].strip(" \\")
