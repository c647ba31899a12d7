from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.courses.model import Lesson
from lite_site.language import Text
from lite_site.placement.proof import (
    PROOFS_NAME,
    Proof,
    ProofRecord,
    format_proofs,
    parse_proofs,
    read_proofs,
    valid_proof,
    write_proofs,
)
from lite_site.problems import BuildError

LESSON = Lesson(PurePosixPath("01.ipynb"), PurePosixPath("01.ipynb"), "01", Text({"fr": "Un"}), "fr", sha256="aa")
RAN = ProofRecord("01.ipynb", "aa", "bb", "ran", cells=3)
FAILED = replace(RAN, outcome="failed", cell=4, error="OSError: no such device")

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.integers(min_value=0, max_value=10_000)
RECORDS = st.builds(
    ProofRecord,
    path=TEXTS,
    notebook=TEXTS,
    lock=TEXTS,
    outcome=st.sampled_from(["ran", "failed", "broken"]),
    cells=NUMBERS,
    cell=st.none() | NUMBERS,
    error=TEXTS,
    skipped=st.lists(NUMBERS).map(tuple),
    answered=st.booleans(),
)


@given(st.lists(RECORDS, unique_by=lambda record: record.path))
def test_what_is_written_is_read_back_whatever_the_order(records: list[ProofRecord]) -> None:
    text = format_proofs(records)
    assert sorted(parse_proofs(text).values(), key=lambda one: one.path) == sorted(records, key=lambda one: one.path)
    assert format_proofs(reversed(records)) == text


def test_a_course_without_the_file_has_no_records(tmp_path: Path) -> None:
    assert read_proofs(tmp_path) == {}
    assert not write_proofs(tmp_path, [])
    assert not (tmp_path / PROOFS_NAME).exists()


def test_the_file_is_written_when_it_changes_and_left_alone_otherwise(tmp_path: Path) -> None:
    assert write_proofs(tmp_path, [RAN])
    assert read_proofs(tmp_path) == {"01.ipynb": RAN}
    assert not write_proofs(tmp_path, [RAN])
    assert write_proofs(tmp_path, [FAILED])
    assert read_proofs(tmp_path) == {"01.ipynb": FAILED}
    assert [path.name for path in tmp_path.iterdir()] == [PROOFS_NAME]


def test_a_file_says_what_happened_in_words_a_teacher_reads(tmp_path: Path) -> None:
    write_proofs(tmp_path, [replace(FAILED, skipped=(2, 3), answered=True)])
    assert (tmp_path / PROOFS_NAME).read_text("utf-8").partition("[[lesson]]")[2] == (
        '\npath = "01.ipynb"\nnotebook = "aa"\nlock = "bb"\noutcome = "failed"\ncells = 3\ncell = 4\n'
        'error = "OSError: no such device"\nskipped = [2, 3]\nanswered = true\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "<<<<<<< HEAD\n",
        "lesson = 3\n",
        "lesson = [3]\n",
        '[[lesson]]\npath = "a"\n',
        '[[lesson]]\npath = "a"\nnotebook = "b"\nlock = "c"\noutcome = "perhaps"\n',
        '[[lesson]]\npath = "a"\nnotebook = "b"\nlock = "c"\noutcome = "ran"\ncells = "many"\n',
        '[[lesson]]\npath = "a"\nnotebook = "b"\nlock = "c"\noutcome = "ran"\nskipped = ["2"]\n',
        '[[lesson]]\npath = "a"\nnotebook = "b"\nlock = "c"\noutcome = "ran"\nanswered = 1\n',
    ],
)
def test_a_file_nobody_can_read_is_one_problem_with_a_remedy(tmp_path: Path, text: str) -> None:
    (tmp_path / PROOFS_NAME).write_text(text)
    with pytest.raises(BuildError) as caught:
        read_proofs(tmp_path)
    (problem,) = caught.value.problems
    assert (problem.place, problem.code) == ((tmp_path / PROOFS_NAME).as_posix(), "proofs-unreadable")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / PROOFS_NAME).mkdir()
    with pytest.raises(BuildError) as caught:
        write_proofs(tmp_path, [RAN])
    assert [problem.code for problem in caught.value.problems] == ["proofs-unwritable"]


def test_a_proof_holds_for_the_notebook_and_what_it_ran_with() -> None:
    assert valid_proof(RAN, LESSON, "bb") == Proof("ran")
    assert valid_proof(FAILED, LESSON, "bb") == Proof("failed", 4, "OSError: no such device")


@pytest.mark.parametrize(
    ("record", "digest"),
    [
        (replace(RAN, notebook="changed"), "bb"),
        (RAN, "other packages"),
        (replace(RAN, path="02.ipynb"), "bb"),
        (replace(FAILED, outcome="broken"), "bb"),
    ],
)
def test_a_proof_of_something_else_or_of_a_faulty_lesson_says_nothing(record: ProofRecord, digest: str) -> None:
    assert valid_proof(record, LESSON, digest) is None
