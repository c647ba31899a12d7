"""Every file a site needs, from the first source whose bytes have the right hash."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from lite_site.problems import BuildError, Problem
from lite_site.runtime.assets import Asset, merge_assets
from lite_site.runtime.sources.source import Refusal, Source
from lite_site.runtime.store import Store

Report = Callable[[int, int, str], None]
"""Called with files done, files in all, and what was just done; from any thread, one call at a time."""

_NAMED_AT_MOST = 8
_Answers = tuple[tuple[str, Refusal], ...]


def supply(
    assets: Iterable[Asset],
    store: Store,
    sources: Sequence[Source],
    *,
    offline: bool = False,
    jobs: int = 4,
    report: Report | None = None,
    warn: Callable[[Problem], None] | None = None,
) -> dict[str, Path]:
    """Where each file is, by sha256; `BuildError` when some can't be had, grouped by cause.

    `offline` asks the store only. `warn` hears of sources that gave other bytes than asked for, even when
    another source then gave the right ones.
    """
    wanted = merge_assets(assets)
    found = {asset.sha256: path for asset in wanted if (path := store.get(asset.sha256))}
    count = _Count(len(found), len(wanted), report)
    answers: dict[str, _Answers] = {asset.sha256: () for asset in wanted}
    for source in () if offline else sources:
        lacking = [asset for asset in wanted if asset.sha256 not in found and source.offers(asset)]
        if not lacking:
            continue
        count.say(source.name)
        refusals = source.fetch(lacking, store, jobs, count.add)
        for asset in lacking:
            path = None if asset.sha256 in refusals else store.get(asset.sha256)
            if path:
                found[asset.sha256] = path
                continue
            refusal = refusals.get(asset.sha256, Refusal("failed", "gave nothing"))
            answers[asset.sha256] += ((source.name, refusal),)
    _warn_of_wrong_bytes(wanted, answers, warn)
    missing = [asset for asset in wanted if asset.sha256 not in found]
    if missing:
        raise BuildError(_problems_of(missing, answers, store, offline=offline))
    return found


class _Count:
    """Progress, counted once however many threads report."""

    def __init__(self, done: int, total: int, report: Report | None) -> None:
        self._done = done
        self._total = total
        self._report = report
        self._lock = threading.Lock()

    def add(self, asset: Asset) -> None:
        """One more file is there."""
        with self._lock:
            self._done += 1
            if self._report:
                self._report(self._done, self._total, asset.file_name)

    def say(self, label: str) -> None:
        """Nothing new yet, but something has begun."""
        with self._lock:
            if self._report:
                self._report(self._done, self._total, label)


def _warn_of_wrong_bytes(
    wanted: Sequence[Asset], answers: Mapping[str, _Answers], warn: Callable[[Problem], None] | None
) -> None:
    if warn is None:
        return
    for asset in wanted:
        for source, refusal in answers[asset.sha256]:
            if refusal.cause == "wrong-bytes":
                warn(
                    Problem(
                        place=asset.file_name,
                        problem=f"{source} {refusal.words}; they were refused.",
                        remedy="Remove or replace that copy.",
                        code="wrong-bytes",
                        severity="warning",
                    )
                )


def _problems_of(
    missing: Sequence[Asset], answers: Mapping[str, _Answers], store: Store, *, offline: bool
) -> list[Problem]:
    """One problem per cause: forty wheels behind a dead network are one thing to mend."""
    if offline:
        return [_offline_problem(missing, store)]
    cut_off = [asset for asset in missing if _is_cut_off(answers[asset.sha256])]
    groups: dict[_Answers, list[Asset]] = {}
    for asset in missing:
        if asset not in cut_off:
            groups.setdefault(answers[asset.sha256], []).append(asset)
    problems = [_missing_problem(group, said) for said, group in groups.items()]
    if cut_off:
        heard = tuple(dict.fromkeys(answer for asset in cut_off for answer in answers[asset.sha256]))
        problems.append(_unreachable_problem(cut_off, heard))
    return problems


def _is_cut_off(said: _Answers) -> bool:
    return any(refusal.cause == "unreachable" for _, refusal in said)


def _offline_problem(group: Sequence[Asset], store: Store) -> Problem:
    return Problem(
        _place_of(group),
        f"The cache doesn't hold {_names(group)}, and --offline forbids to fetch.{_needed_by(group)}",
        f"Build once with a network; the cache in {store.folder} then serves without one.",
        "offline-missing",
    )


def _unreachable_problem(group: Sequence[Asset], said: _Answers) -> Problem:
    return Problem(
        _place_of(group),
        f"{_names(group)} can't be fetched: {_tried(said)}.{_needed_by(group)}",
        "Check the network, or give a wheelhouse folder or a mirror that has the files; then build again.",
        "runtime-unreachable",
    )


def _missing_problem(group: Sequence[Asset], said: _Answers) -> Problem:
    return Problem(
        _place_of(group),
        f"{_names(group)} can't be fetched: {_tried(said) or 'no source offers it'}.{_needed_by(group)}",
        "Add a wheelhouse folder or a mirror that has it, or place the lesson on the cluster.",
        "runtime-missing",
    )


def _places_of(group: Sequence[Asset]) -> list[str]:
    return sorted({place for asset in group for place in asset.wanted_by})


def _place_of(group: Sequence[Asset]) -> str:
    places = _places_of(group)
    return places[0] if len(places) == 1 else "Pyodide and its packages"


def _needed_by(group: Sequence[Asset]) -> str:
    places = _places_of(group)
    return f" Needed by {_enumerate(places)}." if len(places) > 1 else ""


def _names(group: Sequence[Asset]) -> str:
    return _enumerate(list(dict.fromkeys(f"{asset.project} {asset.version}" for asset in group)))


def _tried(said: _Answers) -> str:
    return "; ".join(f"{source} {refusal.words}" for source, refusal in said)


def _enumerate(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_NAMED_AT_MOST])
    more = len(names) - _NAMED_AT_MOST
    return f"{shown} and {more} more" if more > 0 else shown
