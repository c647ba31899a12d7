"""What running a lesson in a real browser showed, and the file of each course that keeps it."""

import secrets
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from lite_site.courses.model import Lesson
from lite_site.environment.wheels import as_toml
from lite_site.problems import BuildError, Problem

PROOFS_NAME = "proofs.toml"
LONGEST_ERROR = 200
HEADER = """\
# What happened when each lesson was run in a browser; made by `passerelle prove`, safe to read and commit.
# A record holds as long as the notebook, its packages and the course's files stay as they were.
"""
Result = Literal["ran", "failed", "broken"]
"""`broken` is a fault of the lesson's own: it would fail on the cluster too."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The outcome of the last run of a lesson, as it is, with the packages it has now.

    `cell` counts from 1 and is the one that failed; `error` is one line, "" where all ran.
    """

    outcome: Literal["ran", "failed"]
    cell: int | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class ProofRecord:
    """One lesson's run, as the course keeps it.

    `path` is the lesson's, in the course; `notebook` and `lock` are the sha256 of the notebook and of what it ran with;
    `cells` counts the code cells that ran; `skipped` are those a pupil has to complete first, and what follows
    from them; `answered` tells that input() was answered for the pupil.
    """

    path: str
    notebook: str
    lock: str
    outcome: Result
    cells: int = 0
    cell: int | None = None
    error: str = ""
    skipped: tuple[int, ...] = ()
    answered: bool = False


def valid_proof(record: ProofRecord, lesson: Lesson, digest: str) -> Proof | None:
    """What the record says of the lesson as it is, with the packages and files `digest` stands for.

    None where it was about others, or where the lesson is at fault rather than the browser.
    """
    if not holds(record, lesson, digest) or record.outcome == "broken":
        return None
    return Proof(record.outcome, record.cell, record.error)


def holds(record: ProofRecord, lesson: Lesson, digest: str) -> bool:
    """Whether the record is about this notebook, run with these packages and files."""
    return record.path == str(lesson.path) and (record.notebook, record.lock) == (lesson.sha256, digest)


def read_proofs(folder: Path) -> Mapping[str, ProofRecord]:
    """A course's records by the lesson's path, none where it has no file; `BuildError` when that can't be read."""
    path = folder / PROOFS_NAME
    try:
        return parse_proofs(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error) or "nested too deep"
        remedy = "Take the last good version, or delete it and run `passerelle prove`."
        raise BuildError(
            [Problem(path.as_posix(), f"can't be read: {reason}.", remedy, "proofs-unreadable")]
        ) from error


def parse_proofs(text: str) -> Mapping[str, ProofRecord]:
    """The records in a file's text by the lesson's path; ValueError says what is wrong."""
    tables = tomllib.loads(text).get("lesson", [])
    if not isinstance(tables, list):
        raise ValueError("lesson isn't a list of tables, each written [[lesson]]")  # noqa: TRY004 - as tomllib says it
    records = [_record(table, number) for number, table in enumerate(tables, 1)]
    return {record.path: record for record in records}


def write_proofs(folder: Path, records: Iterable[ProofRecord]) -> bool:
    """Replace a course's records in one step; whether the file changed. `BuildError` when it can't be written."""
    path = folder / PROOFS_NAME
    text = format_proofs(records)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        if (path.read_text(encoding="utf-8") if path.exists() else HEADER) == text:
            return False
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        problem, remedy = f"can't be written: {error.strerror}.", "Make the course's folder writable."
        raise BuildError([Problem(path.as_posix(), problem, remedy, "proofs-unwritable")]) from error
    return True


def format_proofs(records: Iterable[ProofRecord]) -> str:
    """The records as a file's text, in the order of their paths: same records, same bytes."""
    tables = [_table(record) for record in sorted(records, key=lambda record: record.path)]
    return "\n".join([HEADER, *tables]) if tables else HEADER


def _table(record: ProofRecord) -> str:
    lines = [
        "[[lesson]]",
        f"path = {as_toml(record.path)}",
        f"notebook = {as_toml(record.notebook)}",
        f"lock = {as_toml(record.lock)}",
        f"outcome = {as_toml(record.outcome)}",
        f"cells = {record.cells}",
    ]
    if record.cell is not None:
        lines.append(f"cell = {record.cell}")
    if record.error:
        lines.append(f"error = {as_toml(record.error)}")
    if record.skipped:
        lines.append(f"skipped = {as_toml(list(record.skipped))}")
    if record.answered:
        lines.append("answered = true")
    return "".join(f"{line}\n" for line in lines)


def _record(table: object, number: int) -> ProofRecord:
    if not isinstance(table, dict):
        raise ValueError(f"lesson {number} isn't a table")  # noqa: TRY004 - as tomllib says it
    match table:
        case {"path": str(path), "notebook": str(notebook), "lock": str(lock), "outcome": str(said)}:
            pass
        case _:
            raise ValueError(f"lesson {number} doesn't give path, notebook, lock and outcome")
    outcome = next((one for one in get_args(Result) if one == said), None)
    cells, cell, error = table.get("cells", 0), table.get("cell"), table.get("error", "")
    skipped, answered = table.get("skipped", []), table.get("answered", False)
    sound = isinstance(cells, int) and isinstance(cell, int | None) and isinstance(error, str)
    sound = sound and isinstance(skipped, list) and all(isinstance(one, int) for one in skipped)
    if outcome is None or not sound or not isinstance(answered, bool):
        raise ValueError(f"lesson {number} ({path}) has a value of the wrong kind")
    return ProofRecord(path, notebook, lock, outcome, cells, cell, error, tuple(skipped), answered)
