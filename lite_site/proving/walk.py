"""From a lesson's first code cell to its last, or to the one that ends the run."""

from dataclasses import replace

from lite_site.courses.model import Course, Lesson
from lite_site.proving.outcome import Judge, Outcome
from lite_site.proving.page import ASKED_AT_MOST, CellRun, CodeCell, LessonPage

MADE_UP = "input() was answered with 1; give its answers in the cell's metadata: passerelle.answers"
WAITS = f"it asked {ASKED_AT_MOST} times; give its answers in the cell's metadata: passerelle.answers"


async def walk(opened: LessonPage, course: Course, lesson: Lesson, seconds: float) -> Outcome:
    """Run the code cells of an open lesson one by one, each for at most `seconds`."""
    judge = Judge.of(lesson)
    outcome = Outcome(course.slug, lesson, "ran")
    for cell in await opened.code_cells():
        judge.read(cell.source)
        try:
            seen = await opened.run(cell, seconds)
        except TimeoutError:
            error = f"took more than {seconds:g} s"
            outcome = replace(outcome, ending="failed", cells=outcome.cells + 1, cell=cell.number, error=error)
            break
        judge.made_up = judge.made_up or seen.asked > len(cell.answers)
        outcome = replace(outcome, cells=outcome.cells + 1, answered=outcome.answered or seen.asked > 0)
        outcome = _ended(outcome, judge, cell, seen)
        if outcome.ending != "ran":
            break
    return replace(outcome, skipped=tuple(judge.skipped))


def _ended(outcome: Outcome, judge: Judge, cell: CodeCell, seen: CellRun) -> Outcome:
    """The outcome after a cell: the same where the lesson goes on."""
    if seen.state == "dead":
        return replace(outcome, ending="failed", cell=cell.number, error="the browser's Python died")
    if seen.state == "waiting":
        return replace(outcome, ending="undecided", cell=cell.number, error=WAITS)
    if seen.state == "lost":
        return replace(outcome, ending="undecided", cell=cell.number, error="the page didn't run the cell")
    if seen.failure is None:
        return outcome
    meaning = judge.judge(cell.number, seen.failure, cell.tags)
    if meaning == "harmless":
        return outcome
    error = str(seen.failure)
    if meaning == "undecided":
        error = f"{error} ({MADE_UP})"
    return replace(outcome, ending=meaning, cell=cell.number, error=error)
