"""Rules on what people settled: the teacher's word, and what running the lesson showed."""

from collections.abc import Iterator
from dataclasses import replace

from lite_site.courses.model import Reason
from lite_site.placement.case import Case
from lite_site.placement.words import reason


def teachers_word(case: Case) -> Iterator[Reason]:
    """Where the teacher wants it, in their own words if they gave any."""
    word = case.lesson.word
    if word.where:
        said = reason(f"teacher.{word.where}")
        yield replace(said, text=word.reason) if word.reason else said


def proof(case: Case) -> Iterator[Reason]:
    """How the last run of this very lesson in a browser ended."""
    known = case.around.proof
    if known is None:
        return
    if known.outcome == "ran":
        yield reason("proven")
    elif known.cell is None:
        yield reason("proof-failed.whole", error=known.error)
    else:
        yield reason("proof-failed", number=known.cell, error=known.error)
