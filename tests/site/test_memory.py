import json
from pathlib import Path

import pytest

from lite_site.site.memory import Memory, amend, recall
from lite_site.site.tree import Entry

FULL = Memory(
    builder="b1",
    files={"élève/a.txt": Entry("ab" * 32, 3, 1_700_000_000_123_456_789)},
    courses={"rna": "f00d"},
    sources={"hashes": {"x": [1, 2, "c"]}},
)


def test_what_was_written_is_recalled(tmp_path: Path) -> None:
    FULL.write(tmp_path / "_site.json")

    assert recall(tmp_path / "_site.json", "b1") == FULL
    assert [path.name for path in tmp_path.iterdir()] == ["_site.json"]


def test_another_builders_record_is_forgotten(tmp_path: Path) -> None:
    FULL.write(tmp_path / "_site.json")

    assert recall(tmp_path / "_site.json", "b2") == Memory("b2")


def test_no_record_is_an_empty_memory(tmp_path: Path) -> None:
    assert recall(tmp_path / "_site.json", "b1") == Memory("b1")


def test_files_rewritten_on_purpose_are_those_remembered(tmp_path: Path) -> None:
    FULL.write(tmp_path / "_site.json")
    rewritten = Entry("cd" * 32, 5, 1_800_000_000_000_000_001)

    amend(tmp_path / "_site.json", {"élève/a.txt": rewritten})

    found = recall(tmp_path / "_site.json", "b1")
    assert found.files == {"élève/a.txt": rewritten}
    assert (found.courses, found.sources) == (FULL.courses, FULL.sources)
    assert [path.name for path in tmp_path.iterdir()] == ["_site.json"]


@pytest.mark.parametrize("record", [None, "", "[]", '{"format": 1, "files": {}}', '{"format": 2}'])
def test_no_sound_record_stays_as_it_is(tmp_path: Path, record: str | None) -> None:
    path = tmp_path / "_site.json"
    if record is not None:
        path.write_text(record)

    amend(path, {"a": Entry("cd" * 32, 5, 1)})

    assert (path.read_text() if path.exists() else None) == record


@pytest.mark.parametrize(
    "change",
    [
        {"format": 99},
        {"format": None},
        {"files": {"a": ["sha", 1]}},
        {"files": {"a": ["sha", "many", 1]}},
        {"files": ["a"]},
        {"files": None},
        {"courses": ["rna"]},
        {"courses": None},
        {"sources": 3},
    ],
    ids=str,
)
def test_a_damaged_record_is_forgotten(tmp_path: Path, change: dict[str, object]) -> None:
    record = tmp_path / "_site.json"
    FULL.write(record)
    record.write_text(json.dumps({**json.loads(record.read_text()), **change}))

    assert recall(record, "b1") == Memory("b1")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'"text"', b"\xff\xfe", b'{"format": 1}'])
def test_a_record_that_is_none_is_forgotten(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "_site.json").write_bytes(content)

    assert recall(tmp_path / "_site.json", "b1") == Memory("b1")


def test_half_a_record_is_forgotten(tmp_path: Path) -> None:
    FULL.write(tmp_path / "_site.json")
    whole = (tmp_path / "_site.json").read_bytes()
    (tmp_path / "_site.json").write_bytes(whole[: len(whole) // 2])

    assert recall(tmp_path / "_site.json", "b1") == Memory("b1")
