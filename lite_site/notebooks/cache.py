"""Remembers inspections between runs, so that an unchanged notebook isn't opened."""

import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from lite_site.notebooks.document import Json, JsonObject
from lite_site.notebooks.inspect import inspect_notebook
from lite_site.notebooks.inspection import Inspection
from lite_site.notebooks.read import Limits

FORMAT = 5  # raise it whenever an inspection would come out differently for the same file
_RACY_NS = 2_000_000_000


class InspectionCache:
    """Inspections by source path, each trusted while the file's size and time of change stay the same.

    A file changed within 2 s of its inspection may change again without its time telling (git calls such
    entries racy), so it is looked at again next time. `opened` lists the sources inspected in this run.
    """

    def __init__(self, recorded: object = None, clock: Callable[[], int] = time.time_ns) -> None:
        known = recorded.get("notebooks") if isinstance(recorded, dict) else None
        usable = isinstance(recorded, dict) and recorded.get("format") == FORMAT
        self._known: JsonObject = known if usable and isinstance(known, dict) else {}
        self._seen: JsonObject = {}
        self._clock = clock
        self.opened: list[Path] = []

    def inspect(self, source: Path, place: str, limits: Limits | None = None) -> Inspection:
        """The notebook's inspection, from the previous run where nothing has changed."""
        limits = limits or Limits()
        now = self._clock()
        try:
            status = source.stat()
        except OSError:
            return inspect_notebook(source, place, limits)
        stamp: JsonObject = {
            "size": status.st_size,
            "mtime_ns": status.st_mtime_ns,
            "place": place,
            "limits": {**asdict(limits)},
        }
        entry = self._known.get(str(source))
        inspection = _trusted(entry, stamp)
        if inspection is None:
            inspection = inspect_notebook(source, place, limits)
            self.opened.append(source)
            entry = {**stamp, "recorded_ns": now, "inspection": inspection.as_dict()}
        if inspection.sound:  # a right to read may come back without a change of time
            self._seen[str(source)] = entry
        return inspection

    def as_dict(self) -> JsonObject:
        """What to hand to the next run: the notebooks met in this one, JSON-ready."""
        return {"format": FORMAT, "notebooks": dict(sorted(self._seen.items()))}


def _trusted(entry: Json, stamp: JsonObject) -> Inspection | None:
    """The recorded inspection, None where it may be out of date or isn't one."""
    if not isinstance(entry, dict) or any(entry.get(key) != value for key, value in stamp.items()):
        return None
    recorded, changed, inspection = entry.get("recorded_ns"), stamp["mtime_ns"], entry.get("inspection")
    if not isinstance(recorded, int) or not isinstance(changed, int) or recorded - changed < _RACY_NS:
        return None
    try:
        return Inspection.from_dict(inspection) if isinstance(inspection, dict) else None
    except (KeyError, TypeError, ValueError):
        return None
