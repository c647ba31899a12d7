"""Rules on the machine: graphics cards, processes, threads, sockets and screens that a browser page hasn't got."""

from collections.abc import Iterator

from lite_site.courses.model import Reason
from lite_site.notebooks.facts import FactKind
from lite_site.placement.case import Case
from lite_site.placement.modules import top_of
from lite_site.placement.profiles import with_usual
from lite_site.placement.well_known import ABSENT, elsewhere
from lite_site.placement.words import reason

_KINDS: tuple[FactKind, ...] = ("gpu", "process", "thread", "socket")


def machine(case: Case) -> Iterator[Reason]:
    """What the code asks of the machine it runs on; the code of each reason is the kind of its fact."""
    for kind in _KINDS:
        for seen in case.of(kind):
            if not case.calls_replaced(seen):
                yield seen.reason(kind)


def screens(case: Case) -> Iterator[Reason]:
    """Windows; modules that ask for something else than a screen have their reason with their import.

    The browser's kernel turns `%matplotlib qt` and its like into `%matplotlib inline`, and says so.
    """
    for seen in case.of("desktop"):
        subject = seen.fact.subject
        if subject.startswith("%"):
            yield seen.reason("plots-inline")
        elif not (elsewhere(subject) or top_of(subject) in ABSENT or case.shelf.is_own(subject)):
            yield seen.reason("desktop")


def graphics_profile(case: Case) -> Iterator[Reason]:
    """A profile with a graphics card, named by the teacher."""
    for profile in with_usual(case.around.profiles):
        if profile.name == case.lesson.word.profile and profile.gpus:
            yield reason("gpu.profile", profile.name)
