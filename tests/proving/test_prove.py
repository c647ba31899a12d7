"""The whole round in the real browser, once; what was recorded is then looked at from all sides."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pytest

from lite_site.courses.model import Lesson, Placement, Reason, Where
from lite_site.language import Text
from lite_site.pipeline import build_site
from lite_site.placement.proof import PROOFS_NAME, parse_proofs, read_proofs
from lite_site.proving.outcome import Outcome
from lite_site.proving.prove import STEP, Move, Proving, placed_courses, prove_site, runs_here
from lite_site.report import SilentReport
from tests.aside import aside
from tests.notebooks.samples import code
from tests.proving.samples import Course, Watching

pytestmark = pytest.mark.browser

WIDGET = "from ipywidgets import interact\n\n@interact(n=(1, 9))\ndef carre(n=3):\n    print(n * n)"
ANSWERED = code(
    "nom = input('Nom ? ')\nassert nom == 'Ada'\nimport getpass\nmot = getpass.getpass('Mot ? ')",
    metadata={"passerelle": {"answers": ["Ada", "secret"]}},
)


@dataclass(frozen=True, slots=True)
class Round:
    """A finished round, and the course as it left it."""

    course: Course
    proving: Proving
    report: Watching

    def outcome(self, name: str) -> Outcome:
        return next(one for one in self.proving.outcomes if str(one.lesson.path) == name)


@pytest.fixture(scope="module")
def proven(tmp_path_factory: pytest.TempPathFactory) -> Round:
    course = Course(tmp_path_factory.mktemp("proving"))
    course.lesson("01-court.ipynb", "print(1 + 1)", code("1 / 0", metadata={"tags": ["raises-exception"]}))
    course.lesson("02-demande.ipynb", ANSWERED, "assert mot == 'secret'", "assert int(input()) == 1")
    course.lesson("03-tombe.ipynb", "x = 1", "import os\ngetattr(os, 'fo' + 'rk')()", "print(x)")
    course.lesson("04-curseur.ipynb", WIDGET, "import ipywidgets\nipywidgets.IntSlider()")
    report = Watching()
    return Round(course, aside(lambda: prove_site(course.settings, report, jobs=2)), report)


def test_lessons_that_run_whole_are_proven(proven: Round) -> None:
    for name, cells in {"01-court.ipynb": 2, "02-demande.ipynb": 3, "04-curseur.ipynb": 2}.items():
        assert (proven.outcome(name).ending, proven.outcome(name).cells) == ("ran", cells), proven.outcome(name).error


def test_the_failing_cell_is_named(proven: Round) -> None:
    outcome = proven.outcome("03-tombe.ipynb")
    assert (outcome.ending, outcome.cell, outcome.cells) == ("failed", 3, 2)
    assert outcome.error.startswith("OSError: ")


def test_a_failed_lesson_goes_to_the_cluster_and_the_teacher_hears_of_it(proven: Round) -> None:
    place = str(proven.course.folder / "03-tombe.ipynb")
    assert not proven.proving.ok
    assert proven.proving.moves == (Move(place, "browser", "cluster"),)
    assert proven.proving.summary == f"{place}: goes from the browser to the cluster.\n3 of 4 lessons ran whole."
    (problem,) = [problem for problem in proven.proving.problems if problem.code == "proof-failed"]
    assert problem.place == f"{place}, cell 3"


def test_questions_are_answered_and_that_is_said(proven: Round) -> None:
    assert proven.outcome("02-demande.ipynb").answered
    assert not proven.outcome("01-court.ipynb").answered


def test_the_person_at_the_terminal_sees_lessons_end(proven: Round) -> None:
    assert [(done, total) for step, done, total in proven.report.seen if step == STEP] == [(n, 4) for n in range(5)]


def test_the_records_are_kept_beside_the_course_and_not_published(proven: Round) -> None:
    text = (proven.course.folder / PROOFS_NAME).read_text("utf-8")
    outcomes = {path: record.outcome for path, record in parse_proofs(text).items()}
    assert list(outcomes.values()) == ["ran", "ran", "failed", "ran"]
    assert not list(proven.course.output.rglob(PROOFS_NAME))


def test_the_site_stands_with_the_verdicts_proven(proven: Round) -> None:
    placements = {str(lesson.path): lesson.placement for lesson in placed_courses(proven.course.settings)[0].lessons}
    assert [placement.proven for placement in placements.values()] == [True, True, False, True]
    assert "proof-failed" in {reason.code for reason in placements["03-tombe.ipynb"].reasons}
    described = (proven.course.output / "essai" / "course.json").read_text("utf-8")
    assert described.count('"proven": true') == 3


def test_another_round_runs_nothing_that_is_proven(proven: Round) -> None:
    before = (proven.course.folder / PROOFS_NAME).read_bytes()
    again = aside(lambda: prove_site(proven.course.settings, SilentReport(), program=Path("/absent")))
    assert (again.outcomes, again.already, again.ok) == ((), 3, True)
    assert (proven.course.folder / PROOFS_NAME).read_bytes() == before


def test_a_changed_notebook_loses_its_proof_and_no_other_does(proven: Round) -> None:
    source = proven.course.folder / "01-court.ipynb"
    kept = source.read_bytes()
    try:
        proven.course.lesson("01-court.ipynb", "print(2 + 2)")
        build_site(proven.course.settings, SilentReport())
        lessons = placed_courses(proven.course.settings)[0].lessons
        assert [lesson.placement.proven for lesson in lessons] == [False, True, False, True]
        assert len(read_proofs(proven.course.folder)) == 4
    finally:
        source.write_bytes(kept)


@pytest.mark.parametrize(
    ("where", "codes", "first", "again"),
    [
        ("browser", (), True, True),
        ("cluster", ("proof-failed",), False, True),
        ("cluster", ("proof-failed", "gpu"), False, False),
        ("cluster", ("teacher",), False, False),
    ],
)
def test_only_the_browsers_lessons_run(where: Where, codes: tuple[str, ...], first: bool, again: bool) -> None:
    reasons = tuple(Reason(code, "cluster", Text({"fr": "", "en": ""})) for code in codes)
    path = PurePosixPath("01.ipynb")
    lesson = Lesson(path, path, "01", Text({"fr": "Un"}), "fr", "aa", placement=Placement(where, reasons=reasons))
    assert (runs_here(lesson, again=False), runs_here(lesson, again=True)) == (first, again)


def test_a_changed_data_file_ends_every_proof(proven: Round) -> None:
    data = proven.course.folder / "tailles.csv"
    try:
        data.write_text("nom,taille\n")
        lessons = placed_courses(proven.course.settings)[0].lessons
        assert not any(lesson.placement.proven for lesson in lessons)
        assert {lesson.placement.where for lesson in lessons} == {"browser"}
    finally:
        data.unlink()
