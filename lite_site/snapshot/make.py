"""Makes a kernel's snapshot, or finds it made in the cache, under the hash of what it is made of."""

import base64
import gzip
import hashlib
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lite_site.environment.browser import BrowserLock
from lite_site.environment.kernel import KERNEL_PACKAGES
from lite_site.environment.own import MODULE
from lite_site.environment.wheels import Wheel
from lite_site.problems import BuildError, Problem
from lite_site.runtime.distribution import PYTHON_VERSION, RUNTIME_FILES
from lite_site.snapshot.node import NodeError, run_node

SCRIPT = "make-snapshot.mjs"
DESCRIPTION = "snapshot.json"
PARTS = {"memory": "memory.bin", "content": "files.bin"}
"""What the description calls a part → the file it is in."""
RECORD = "record.json"
PACKED = 6
"""zlib's level: the highest takes three times as long for a hundredth less."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot in the cache: its files (name → sha256) and where they lie."""

    folder: Path
    files: Mapping[str, str]

    @property
    def prefix(self) -> str:
        """The snapshot's folder on the site, named by what it holds."""
        return f"_passerelle/snapshot-{self.files[DESCRIPTION][:16]}"

    @property
    def integrity(self) -> str:
        """The description's hash as pages write it."""
        return _integrity(self.files[DESCRIPTION])


def kernel_wheels_of(lock: BrowserLock) -> tuple[Wheel, ...]:
    """The wheels that a course's kernel starts with: courses that have the same share a snapshot."""
    return lock.closure_of(KERNEL_PACKAGES)


def snapshot_key(dist: Path, wheels: tuple[Wheel, ...]) -> str:
    """Sixteen hex digits over all that goes into a snapshot: Pyodide, the wheels, what makes it."""
    digest = hashlib.sha256((dist / SCRIPT).read_bytes())
    digest.update(Path(__file__).read_bytes())
    digest.update(json.dumps([dict(RUNTIME_FILES), [repr(wheel) for wheel in wheels]], sort_keys=True).encode())
    return digest.hexdigest()[:16]


def ensure_snapshot(cache: Path, dist: Path, wheels: tuple[Wheel, ...], supplied: Mapping[str, Path]) -> Snapshot:
    """The snapshot of the kernel with these wheels, from the cache or made now (about ten seconds).

    `dist` is our built frontend, `supplied` leads from a sha256 to the file. BuildError, a warning, says why there
    is none.
    """
    folder = cache / "snapshots" / snapshot_key(dist, wheels)
    if (kept := _read_snapshot(folder)) is not None:
        return kept
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f"{folder.name}.") as scratch:
        try:
            made = _make(Path(scratch), dist / SCRIPT, wheels, supplied)
        except NodeError as error:
            raise BuildError([_unmade(error)]) from error
        if folder.exists() and _read_snapshot(folder) is None:
            folder.rename(Path(scratch) / "damaged")
        if not folder.exists():  # otherwise another build, at the same time, was faster
            made.rename(folder)
    return Snapshot(folder, json.loads((folder / RECORD).read_bytes()))


def _read_snapshot(folder: Path) -> Snapshot | None:
    """The snapshot in the cache, if it is all there."""
    try:
        snapshot = Snapshot(folder, json.loads((folder / RECORD).read_bytes()))
    except (OSError, ValueError):
        return None
    return snapshot if all((folder / name).is_file() for name in snapshot.files) else None


def _make(scratch: Path, script: Path, wheels: tuple[Wheel, ...], supplied: Mapping[str, Path]) -> Path:
    raw, made = scratch / "raw", scratch / "made"
    raw.mkdir()
    made.mkdir()
    (scratch / "job.json").write_text(json.dumps(_job(wheels, supplied)), encoding="utf-8")
    run_node(script, scratch / "job.json", raw)
    description = json.loads((raw / "image.json").read_bytes())
    files = {}
    for part, name in PARTS.items():
        packed = gzip.compress((raw / part).read_bytes(), PACKED, mtime=0)
        (made / name).write_bytes(packed)
        files[name] = hashlib.sha256(packed).hexdigest()
        description[part] = {"file": name, "integrity": _integrity(files[name])}
    text = json.dumps(description, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    (made / DESCRIPTION).write_bytes(text)
    files[DESCRIPTION] = hashlib.sha256(text).hexdigest()
    (made / RECORD).write_text(json.dumps(files), encoding="utf-8")
    return made


def _job(wheels: tuple[Wheel, ...], supplied: Mapping[str, Path]) -> dict[str, object]:
    """What the script is told (`frontend/src/snapshot/make.ts`)."""
    runtime = {f"pyodide/{name}": str(supplied[sha256]) for name, sha256 in RUNTIME_FILES.items()}
    return {
        "files": {**runtime, **{f"wheels/{wheel.file_name}": str(supplied[wheel.sha256]) for wheel in wheels}},
        "lock": BrowserLock(wheels, {}).as_pyodide_lock(lambda wheel: wheel.file_name),
        "packages": list(KERNEL_PACKAGES),
        "roots": [f"/lib/python{PYTHON_VERSION}/site-packages", "/home/pyodide"],
        "module": f"{MODULE}.snapshot",
    }


def _integrity(sha256: str) -> str:
    """A hash in the form of https://w3c.github.io/webappsec-subresource-integrity/."""
    return f"sha256-{base64.b64encode(bytes.fromhex(sha256)).decode()}"


def _unmade(error: NodeError) -> Problem:
    return Problem(
        place="Python's snapshot",
        problem=f"It can't be made: {error}. Lessons run as ever, and start more slowly.",
        remedy="Reinstall the pinned requirements (requirements/site.txt), or set snapshot = false in site.toml.",
        code="snapshot-unmade",
        severity="warning",
    )
