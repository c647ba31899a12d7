"""What a proof holds for: a notebook, the wheels its imports load, and the course's files; any change ends it."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from lite_site.courses.model import Course, Lesson, Wanted
from lite_site.environment.browser import resolve
from lite_site.environment.catalogue import find_modules
from lite_site.placement.place import needed_in_browser
from lite_site.placement.proof import Proof, ProofRecord, valid_proof
from lite_site.placement.surroundings import Surroundings


def proof_of(course: Course, lesson: Lesson, around: Surroundings, records: Mapping[str, ProofRecord]) -> Proof | None:
    """What is known of the lesson's last run, None where it says nothing of the lesson as it is now."""
    record = records.get(str(lesson.path))
    if record is None:
        return None
    return valid_proof(record, lesson, environment_digest(course, lesson, around))


def environment_digest(course: Course, lesson: Lesson, around: Surroundings) -> str:
    """A sha256 over the wheels that a lesson alone would load, and the course's published files.

    The lesson alone: what other lessons load, and where they run, changes nothing for this one.
    """
    imports = needed_in_browser(lesson, around)
    lock = resolve((Wanted(name, "") for name in find_modules(imports, around.known).packages), around.known)
    digest = hashlib.sha256(lock.digest_for(imports).encode())
    for file in sorted(course.files, key=lambda file: file.path):
        digest.update(f"\0{file.path}\0{_sha256_of(file.source, file.size, file.mtime_ns)}".encode())
    return digest.hexdigest()


@cache
def _sha256_of(path: Path, size: int, mtime_ns: int) -> str:
    """The sha256 of a file's content, read once as long as its size (bytes) and time of change (ns) stay."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
