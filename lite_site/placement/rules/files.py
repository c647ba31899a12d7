"""Rules on files: too heavy, somewhere else, or missing."""

from collections.abc import Iterator
from pathlib import PureWindowsPath

from lite_site.courses.model import Reason
from lite_site.placement.case import Case
from lite_site.placement.paths import plain
from lite_site.placement.seen import Seen
from lite_site.placement.words import amount


def files(case: Case) -> Iterator[Reason]:
    """What the lesson reads and a page can't: each path once, where it is first met."""
    for seen in case.of("reads"):
        place = case.paths.place(seen)
        if place.meaning == "heavy" and place.path:
            size, budget = amount(place.size), amount(case.around.budget)
            key = "file-heavy" if place.size > case.around.budget else "file-heavy.course"
            yield seen.reason(key, str(place.path), file=place.path.name, size=size, budget=budget)
        elif place.meaning == "absolute":
            yield seen.reason("file-absolute", path=seen.fact.subject, name=_name(seen))
        elif place.meaning == "outside":
            yield seen.reason("file-outside", path=seen.fact.subject)
        elif place.meaning == "missing":
            near = case.paths.near(seen.fact.subject)
            key = "file-missing.near" if near else "file-missing"
            yield seen.reason(key, path=seen.fact.subject, near=str(near))


def written_far(case: Case) -> Iterator[Reason]:
    """What the lesson writes into a folder that only one computer has."""
    for seen in case.of("writes"):
        if case.paths.lost(seen):
            yield seen.reason("file-absolute.writes", path=seen.fact.subject, name=_name(seen))


def _name(seen: Seen) -> str:
    return PureWindowsPath(plain(seen.fact.subject)).name or seen.fact.subject
