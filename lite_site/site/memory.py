"""What one build remembers for the next: files written, course fingerprints, inspections. Safe to lose."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lite_site.site.tree import Entry

FORMAT = 2


@dataclass(slots=True)
class Memory:
    """The last build's record. `builder` names the code and settings that made it; another means start afresh."""

    builder: str
    files: Mapping[str, Entry] = field(default_factory=dict)
    courses: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, object] = field(default_factory=dict)
    editions: Mapping[str, str] = field(default_factory=dict)

    def write(self, path: Path) -> None:
        """Replace the record at `path` in one step."""
        record = {
            "format": FORMAT,
            "builder": self.builder,
            "files": {name: [entry.sha256, entry.size, entry.mtime_ns] for name, entry in self.files.items()},
            "courses": dict(self.courses),
            "sources": dict(self.sources),
            "editions": dict(self.editions),
        }
        _replace(path, record)


def amend(path: Path, files: Mapping[str, Entry]) -> None:
    """Have the record at `path`, where there is a sound one, know that these files of the site were rewritten.

    Otherwise the next build takes them for changed by hand.
    """
    try:
        record = json.loads(path.read_bytes())
        if record["format"] != FORMAT:
            return
        record["files"].update({name: [entry.sha256, entry.size, entry.mtime_ns] for name, entry in files.items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return
    _replace(path, record)


def recall(path: Path, builder: str) -> Memory:
    """The record at `path`, or an empty one when there is none, it is damaged, or another builder's."""
    try:
        record = json.loads(path.read_bytes())
        if record["format"] != FORMAT or record["builder"] != builder:
            return Memory(builder)
        files = {
            str(path): Entry(str(sha256), int(size), int(mtime_ns))
            for path, (sha256, size, mtime_ns) in record["files"].items()
        }
        courses = {str(slug): str(fingerprint) for slug, fingerprint in record["courses"].items()}
        editions = {str(edition): str(sha256) for edition, sha256 in record["editions"].items()}
        return Memory(builder, files, courses, dict(record["sources"]), editions)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Memory(builder)


def _replace(path: Path, record: Mapping[str, object]) -> None:
    """Put the record at `path` in one step."""
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps(record), encoding="utf-8")
    beside.replace(path)
