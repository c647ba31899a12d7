"""Wishes that don't go together: the fewest of them, what each asks for, and what would help."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from packaging.utils import canonicalize_name

from lite_site.environment.server.explanation import Need, find_faults, find_needs
from lite_site.environment.server.search import KERNEL_PLACE, Search, ServerWish, versions_in
from lite_site.problems import Problem
from lite_site.runtime.uv import UvRun

RUNS = 24
SECONDS = 90.0
"""What looking for the fewest may cost; the answer is right without, only longer."""
PAIR = 2
_WORD = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")


@dataclass
class Trials:
    """Attempts with fewer wishes; the last that failed tells why."""

    search: Search
    failed: UvRun
    left: int = RUNS
    until: float = field(default_factory=lambda: time.monotonic() + SECONDS)

    def still_fails(self, wishes: Sequence[ServerWish]) -> bool:
        """Whether these alone don't go together; "no" once the means are spent."""
        if not wishes or not self.left or time.monotonic() > self.until:
            return False
        self.left -= 1
        ended = self.search.together(wishes)
        if ended.outcome == "unsatisfiable":
            self.failed = ended
        return ended.outcome == "unsatisfiable"


def conflict_among(search: Search, wishes: Sequence[ServerWish], ended: UvRun) -> Problem:
    """The conflict that `ended` failed on, told by the fewest wishes that have it."""
    trials = Trials(search, ended)
    fewest = fewest_failing(wishes, trials)
    if len(fewest) == 1:
        return _impossible(fewest[0], search.python, trials.failed)
    if len(fewest) == PAIR:
        return _pair(search, fewest[0], fewest[1], trials.failed)
    listed = ", ".join(_quoted(wish) for wish in fewest)
    return Problem(
        fewest[0].place,
        f"These can't be installed together: {listed}.",
        "Loosen or drop the versions of some of them.",
        "package-conflict",
    )


def fewest_failing(wishes: Sequence[ServerWish], trials: Trials) -> tuple[ServerWish, ...]:
    """Drop halves, quarters, then single wishes as long as the rest still fails (delta debugging)."""
    words = _names_in(trials.failed.said)
    named = tuple(wish for wish in wishes if wish.name in words)
    kept = named if len(named) < len(wishes) and trials.still_fails(named) else tuple(wishes)
    size = max(1, len(kept) // 2)
    while True:
        start = 0
        while start < len(kept):
            fewer = kept[:start] + kept[start + size :]
            if trials.still_fails(fewer):
                kept = fewer
            else:
                start += size
        if size == 1:
            return kept
        size //= 2


def _names_in(said: str) -> set[str]:
    """Every word that may be a package's name."""
    return {canonicalize_name(word) for word in _WORD.findall(said)}


def _pair(search: Search, one: ServerWish, other: ServerWish, failed: UvRun) -> Problem:
    first, second = sorted((one, other), key=lambda wish: (wish.place == KERNEL_PLACE, wish.place, wish.text))
    needs = find_needs(failed.said)
    disputed = _disputed(needs, first, second)
    problem = f'"{first.text}" and "{second.text}" ({second.place}) can\'t be installed together.'
    if disputed:
        claims = _claim(first, disputed, needs), _claim(second, disputed, needs)
        problem = f"{claims[0]}, and {claims[1]} ({second.place}): no version is both."
    return Problem(first.place, problem, _relief(search, first, second), "package-conflict")


def _disputed(needs: Sequence[Need], first: ServerWish, second: ServerWish) -> str:
    """The package on whose version the two disagree, "" if the explanation doesn't say."""
    if first.name == second.name:
        return first.name
    for name in (first.name, second.name, *(need.name for need in needs)):
        if all(wish.name == name or _demand(wish, name, needs) for wish in (first, second)):
            return name
    return ""


def _demand(wish: ServerWish, name: str, needs: Sequence[Need]) -> str:
    """What a wish wants of a package it doesn't name, through others if need be."""
    direct = [need.versions for need in needs if (need.by, need.name) == (wish.name, name)]
    return direct[-1] if direct else ""


def _claim(wish: ServerWish, disputed: str, needs: Sequence[Need]) -> str:
    if wish.name == disputed:
        return f'"{wish.text}" is asked for'
    return f'"{wish.text}" needs {disputed}{_demand(wish, disputed, needs)}'


def _relief(search: Search, first: ServerWish, second: ServerWish) -> str:
    """What each of the two would become if it were asked for without a version."""
    ways = []
    for loose, kept in ((first, second), (second, first)):
        if loose.name in {kept.name, loose.text}:
            continue
        ended = search.together([ServerWish(loose.name, loose.name, loose.place), kept])
        version = dict(versions_in(ended.text)).get(loose.name)
        if ended.outcome == "done" and version:
            ways.append(f'"{loose.name}" without a version ({version} goes with the other)')
    return f"Write {', or '.join(ways)}." if ways else "Drop one of the two, or ask for other versions."


def _impossible(wish: ServerWish, python: str, failed: UvRun) -> Problem:
    faults = [fault for fault in find_faults(failed.said) if fault.name != wish.name]
    words = {
        "absent": "which the Python package index doesn't have",
        "yanked": "whose versions that would do were withdrawn",
        "python": f"which isn't made for Python {python}",
        "platform": "which isn't made for Linux",
        "version": "of which there is no such version",
        "source": f"which has no wheel for Python {python}",
    }
    versions = {need.name: need.versions for need in find_needs(failed.said)}
    why = f": it needs {faults[0].name}{versions.get(faults[0].name, '')}, {words[faults[0].kind]}" if faults else ""
    return Problem(
        wish.place,
        f'"{wish.text}" can\'t be installed with Python {python}{why}.',
        "Ask for another version, or declare another Python for the course.",
        "package-impossible",
    )


def _quoted(wish: ServerWish) -> str:
    return f'"{wish.text}" ({wish.place})'
