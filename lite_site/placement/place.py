"""The verdict: where a lesson runs, why, on what resources, and how sure that is. Pure."""

import sys
from collections.abc import Iterable, Iterator, Sequence

from lite_site.courses.model import Confidence, Lesson, Placement, Reason, Where
from lite_site.placement.case import Case, case_of
from lite_site.placement.needs import needed_in_browser, packages_of
from lite_site.placement.profiles import profile_for
from lite_site.placement.rules import RULES
from lite_site.placement.rules.imports import is_well_known
from lite_site.placement.rules.memory import estimate
from lite_site.placement.surroundings import Surroundings
from lite_site.placement.words import all_of, amount, reason

__all__ = ("confidence", "needed_in_browser", "place")

SETTLED = frozenset(("proof-failed", "proven", "teacher"))
CERTAIN = frozenset(("file-heavy", "gpu", "kernel-language", "program"))
DOUBTFUL = frozenset(("desktop", "file-missing", "import-elsewhere"))
UNREAD = frozenset(("cell-unparsable", "python2"))
UNSURE = frozenset(("import-other-version", "memory"))
"""Codes by what they do to the confidence; a module that is missing is certain or doubtful by its name."""


def place(lesson: Lesson, around: Surroundings) -> Placement:
    """Where a lesson runs: the teacher's word, else a failed proof, else any reason for the cluster."""
    case = case_of(lesson, around)
    found = _first_of_each(found for rule in RULES for found in rule(case))
    against = [each for each in found if each.argues == "cluster" and each.code != "teacher"]
    proven = around.proof is not None and around.proof.outcome == "ran"
    where: Where = lesson.word.where or ("cluster" if against else "browser")
    if lesson.word.where == "browser" and against and not proven:
        found.append(_contradiction(against))
    if where == "browser" and not against:
        found.append(_fits(case))
    return Placement(
        where=where,
        profile=_profile(case, found) if where == "cluster" else None,
        reasons=tuple(sorted(found, key=lambda each: _order(each, where))),
        confidence=confidence(found, where),
        proven=proven and where == "browser",
    )


def confidence(reasons: Sequence[Reason], where: Where) -> Confidence:
    """How sure a verdict is: settled by people or a run, clear from the code, or guessed from half of it."""
    codes = {each.code for each in reasons}
    if "teacher" in codes or "proof-failed" in codes or ("proven" in codes and where == "browser"):
        return "high"
    if codes & UNREAD:
        return "low"
    against = [each for each in reasons if each.argues == "cluster"]
    if any(_certain(each) for each in against):
        return "high"
    if against:
        return "low" if all(_doubtful(each) for each in against) else "medium"
    return "medium" if codes & UNSURE else "high"


def _certain(found: Reason) -> bool:
    return found.code in CERTAIN or (found.code == "import-no-wheel" and is_well_known(found.subject))


def _doubtful(found: Reason) -> bool:
    return found.code in DOUBTFUL or (found.code == "import-no-wheel" and not is_well_known(found.subject))


def _first_of_each(reasons: Iterable[Reason]) -> list[Reason]:
    """Each (code, subject) once, in the first cell it is met; without a subject, each cell counts."""
    found: dict[tuple[str, str | int | None], Reason] = {}
    for each in reasons:
        key = (each.code, each.subject or each.cell)
        if key not in found or (each.cell or 0) < (found[key].cell or 0):
            found[key] = each
    return [*found.values()]


def _order(found: Reason, where: Where) -> tuple[int, bool, int, str, str]:
    """Those for the verdict first, what settles it before all, then by cell, what is in no cell after; notes last."""
    rank = 0 if found.argues == where else 1 if found.argues else 2
    return rank, found.code not in SETTLED, found.cell or sys.maxsize, found.code, found.subject


def _contradiction(against: Sequence[Reason]) -> Reason:
    return reason("teacher-contradicts", list=all_of([*dict.fromkeys(each.subject or each.code for each in against)]))


def _fits(case: Case) -> Reason:
    """What a browser loads for the lesson, in one sentence."""
    packages = all_of([*packages_of(case)])
    size = sum(dict(_data(case)).values())
    if packages.in_language("en") and size:
        return reason("fits.both", packages=packages, size=amount(size))
    if packages.in_language("en"):
        return reason("fits.packages", packages=packages)
    return reason("fits.data", size=amount(size)) if size else reason("fits")


def _data(case: Case) -> Iterator[tuple[str, int]]:
    for seen in case.of("reads"):
        found = case.paths.place(seen)
        if found.path and found.size:
            yield str(found.path), found.size


def _profile(case: Case, reasons: Iterable[Reason]) -> str:
    return profile_for(case.lesson.word, reasons, estimate(case).size, case.around.profiles).name
