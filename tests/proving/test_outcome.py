from dataclasses import replace
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.courses.model import Lesson
from lite_site.language import Text
from lite_site.notebooks.facts import Fact
from lite_site.placement.proof import LONGEST_ERROR
from lite_site.proving.outcome import Failure, Judge, Meaning, Outcome, one_line

LESSON = Lesson(
    PurePosixPath("01.ipynb"),
    PurePosixPath("01.ipynb"),
    "01",
    Text({"fr": "Un"}),
    "fr",
    sha256="aa",
    imports=("torch",),
    facts=(Fact(3, "unparsable", "invalid syntax", "blanks"), Fact(9, "unparsable", "print x", "python2")),
)
WHOLE = replace(LESSON, facts=())
NO_TAGS: frozenset[str] = frozenset()


def judged(failure: str, *, cell: int = 5, lesson: Lesson = WHOLE, sources: tuple[str, ...] = ()) -> Meaning:
    judge = Judge.of(lesson)
    for source in sources:
        judge.read(source)
    name, _, text = failure.partition(": ")
    return judge.judge(cell, Failure(name, text), NO_TAGS)


@pytest.mark.parametrize(
    ("failure", "meaning"),
    [
        ("ModuleNotFoundError: No module named 'torch'", "failed"),
        ("OSError: [Errno 138] Not supported", "failed"),
        ("RuntimeError: can't start new thread", "failed"),
        ("ValueError: 2 isn't 3", "failed"),
        ("NameError: name 'torch' is not defined", "failed"),
        ("NameError: name 'moyenne' is not defined", "broken"),
        ("AssertionError", "broken"),
        ("SyntaxError: invalid syntax", "broken"),
    ],
)
def test_an_error_is_the_browsers_unless_it_would_happen_anywhere(failure: str, meaning: Meaning) -> None:
    assert judged(failure) == meaning


@pytest.mark.parametrize(
    "source", ["reponse = ...", "x = ___", "raise NotImplementedError()", "# à compléter", "a = …"]
)
@pytest.mark.parametrize("failure", ["TypeError: bad operand", "NotImplementedError", "AssertionError", "NameError: x"])
def test_what_follows_from_a_blank_is_no_fault(source: str, failure: str) -> None:
    assert judged(failure, sources=(source,)) == "harmless"


def test_a_blank_excuses_no_missing_package() -> None:
    assert judged("ModuleNotFoundError: No module named 'torch'", sources=("x = ___",)) == "failed"


def test_a_cell_to_complete_needs_not_parse_and_any_other_does() -> None:
    assert judged("SyntaxError: invalid syntax", cell=3, lesson=LESSON) == "harmless"
    assert judged("NameError: name 'a' is not defined", cell=4, lesson=LESSON) == "harmless"
    assert judged("NameError: name 'a' is not defined", cell=2, lesson=LESSON) == "broken"
    assert judged("SyntaxError: Missing parentheses", cell=9, lesson=LESSON) == "broken"


def test_a_cell_may_be_meant_to_raise() -> None:
    failure = Failure("ZeroDivisionError", "division by zero")
    assert Judge.of(WHOLE).judge(2, failure, frozenset(("raises-exception",))) == "harmless"


def test_an_answer_we_made_up_decides_nothing() -> None:
    judge = Judge.of(WHOLE)
    judge.made_up = True
    assert judge.judge(2, Failure("KeyError", "'1'"), NO_TAGS) == "undecided"
    assert judge.judge(2, Failure("ModuleNotFoundError", "No module named 'torch'"), NO_TAGS) == "failed"


def test_skipped_cells_are_named() -> None:
    judge = Judge.of(LESSON)
    judge.judge(3, Failure("SyntaxError", "invalid syntax"), NO_TAGS)
    judge.judge(4, Failure("NameError", "name 'a' is not defined"), NO_TAGS)
    assert judge.skipped == [3, 4]


def test_an_undecided_run_leaves_no_record() -> None:
    assert Outcome("c", LESSON, "undecided").record("bb") is None
    record = Outcome("c", LESSON, "failed", 2, 3, "OSError").record("bb")
    assert record is not None
    assert (record.path, record.notebook, record.lock, record.cell) == ("01.ipynb", "aa", "bb", 3)


def test_an_error_reads_the_same_in_every_run() -> None:
    first = Failure("TypeError", "<f at 0x1a2b3c>\n  of http://127.0.0.1:41234/c/files")
    second = Failure("TypeError", "<f at 0x9f8e7d6c> of http://127.0.0.1:5001/c/files")
    assert str(first) == str(second) == "TypeError: <f at 0x…> of (the site)/c/files"


@given(st.text())
def test_an_error_is_one_printable_line_of_bounded_length(text: str) -> None:
    line = one_line(text)
    assert line.isprintable()
    assert len(line) <= LONGEST_ERROR
    assert one_line(line) == line
    line.encode()
