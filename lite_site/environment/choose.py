"""Choosing the browser's wheels for a lock: what is locked stays, then the tables, then the Python package index."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from packaging.requirements import Requirement

from lite_site.environment.catalogue import BUILT_IN, catalogue, kernel_names
from lite_site.environment.gather import Gathering
from lite_site.environment.requirements import Wish, applies
from lite_site.environment.wheels import Wheel, WheelEntry, entry_of, reach, wheel_of
from lite_site.problems import Problem
from lite_site.runtime import pip

_PURE = "-none-any.whl"


@dataclass(frozen=True, slots=True)
class BrowserSide:
    """The wheels chosen, kernel's own left out, and by declared package why the browser can't have it."""

    entries: tuple[WheelEntry, ...]
    refused: Mapping[str, Problem]


def choose_wheels(
    wishes: Sequence[tuple[Wish, str]],
    imported: Iterable[str],
    earlier: Iterable[WheelEntry],
    *,
    keep: bool,
    run: pip.Downloader,
) -> BrowserSide:
    """Find a wheel for every wish (with the place that asks) that a browser can load, and for what those need.

    `imported` are packages of the tables; with `keep`, wheels in `earlier` are preferred; what is written by hand
    in `earlier` counts in any case. `BuildError` if the index can't be asked.
    """
    choice = _Choice({entry["name"]: entry for entry in earlier}, run)
    if keep:
        choice.hold()
    asked = [(wish, place) for wish, place in wishes if applies(wish.requirement) and not _is_built_in(wish.name)]
    for wish, place in asked:
        choice.place(wish, place)
    choice.search()
    roots = [wish.name for wish, place in asked if choice.accepts(wish, place)]
    return BrowserSide(choice.entries([*roots, *imported]), choice.refused)


@dataclass
class _Choice:
    """The choice under way: `standing` are the entries that need no search, `wanted` what must be searched."""

    by_hand: Mapping[str, WheelEntry]
    run: pip.Downloader
    standing: dict[str, WheelEntry] = field(init=False)
    held: dict[str, WheelEntry] = field(default_factory=dict)
    wanted: dict[str, list[tuple[Requirement, str]]] = field(default_factory=dict)
    refused: dict[str, Problem] = field(default_factory=dict)
    found: Gathering = field(init=False)

    def __post_init__(self) -> None:
        self.tables = catalogue().by_name
        self.kernel = {name: self.tables[name] for name in kernel_names(self.tables)}
        self.standing = {name: self._amended(wheel) for name, wheel in self.tables.items() if name not in self.kernel}

    def hold(self) -> None:
        """Prefer what is locked already."""
        self.held = {name: entry for name, entry in self.by_hand.items() if name not in self.kernel}
        self.standing |= self.held

    def place(self, wish: Wish, place: str) -> None:
        """Settle a wish from what stands, put it down for a search, or note that the browser's version is fixed.

        An exact pin on a package whose version is fixed gives way: the browser has that version or none.
        """
        entry = None if wish.name in self.wanted else self.standing.get(wish.name)
        table = self.tables.get(wish.name)
        if entry is not None and wish.accepts(entry["version"]):
            return
        if table is not None and wish.accepts(table.version):
            if wish.name not in self.kernel:
                self._give_up(wish.name)
        elif table is not None and (wish.name in self.kernel or not table.file_name.endswith(_PURE)):
            if wish.is_pin_beside(table.version):
                return
            self.refused[wish.name] = _server_only(wish, place, f"the browser has {table.name} {table.version}")
        else:
            self.wanted.setdefault(wish.name, []).append((wish.requirement, place))

    def settled(self) -> dict[str, Wheel]:
        """The wheels that need no search."""
        stands = {name: wheel_of(entry) for name, entry in self.standing.items() if name not in self.wanted}
        return {**stands, **self.kernel}

    def search(self) -> None:
        """Ask the index, once more without what is locked where new needs don't go with it."""
        while True:
            settled = self.settled()
            versions = {name: entry["version"] for name, entry in self.held.items()}
            self.found = Gathering(settled, self.by_hand, versions.get, self.run)
            wishes = [wish for wishes in self.wanted.values() for wish in wishes]
            self.found.search([*wishes, *self._needed_besides(settled)])
            outdated = {name for _, name in self.found.conflicts if name in self.held}
            if not outdated:
                return
            for name in outdated:
                self._give_up(name)

    def accepts(self, wish: Wish, place: str) -> bool:
        """Whether the browser can have it with all it needs; else it is among the refused."""
        if wish.name in self.refused:
            return False
        by_name = self._by_name()
        fault = self.found.lost.get(wish.name) or self.found.conflicts.get((place, wish.name))
        if fault:
            self.refused[wish.name] = _server_only(wish, place, "the Python package index has no wheel a browser loads")
            return False
        for name in sorted(reach([wish.name], by_name)):
            for needed in by_name[name].depends:
                conflict = self.found.conflicts.get((name, needed))
                if needed not in by_name or conflict:
                    why = conflict.problem.rstrip(".") if conflict else f"no browser can load {needed}"
                    self.refused[wish.name] = _server_only(wish, place, f"for {name}, {why}")
                    return False
        return True

    def entries(self, roots: Iterable[str]) -> tuple[WheelEntry, ...]:
        """The entries of these and of all they need."""
        names = reach(roots, self._by_name()) - self.kernel.keys()
        return tuple({**self.standing, **self.found.found}[name] for name in sorted(names))

    def _by_name(self) -> dict[str, Wheel]:
        return {**self.settled(), **{name: wheel_of(entry) for name, entry in self.found.found.items()}}

    def _needed_besides(self, settled: Mapping[str, Wheel]) -> list[tuple[Requirement, str]]:
        """What entries written by hand, or of an older release, need and no table has."""
        ours = [settled[name] for name in sorted(self.by_hand) if name in settled]
        return [(Requirement(name), wheel.name) for wheel in ours for name in wheel.depends if name not in settled]

    def _give_up(self, name: str) -> None:
        """Let a locked wheel go; the table's takes its place, if there is one."""
        self.held.pop(name, None)
        self.standing.pop(name, None)
        if name in self.tables:
            self.standing[name] = self._amended(self.tables[name])
        else:
            self.wanted.setdefault(name, [])

    def _amended(self, wheel: Wheel) -> WheelEntry:
        entry = entry_of(wheel)
        by_hand = self.by_hand.get(wheel.name, WheelEntry())
        for key in ("also", "without"):
            if key in by_hand:
                entry[key] = by_hand[key]
        return entry


def _is_built_in(name: str) -> bool:
    return name.replace("-", "_") in BUILT_IN


def _server_only(wish: Wish, place: str, why: str) -> Problem:
    return Problem(
        place,
        f'"{wish.text}" is for the server only: {why}.',
        "The lessons that import it run on the cluster.",
        "package-server-only",
        "warning",
    )
