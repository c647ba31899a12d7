"""What a path written in a lesson means: a file of the course, a place on some computer, something written before."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import PurePosixPath
from posixpath import basename, normpath
from typing import Literal
from unicodedata import normalize

from lite_site.courses.model import Lesson
from lite_site.placement.commands import only_shows
from lite_site.placement.seen import ByKind, Seen
from lite_site.placement.surroundings import Surroundings

Meaning = Literal["course", "heavy", "absolute", "outside", "written", "here", "missing", "pattern"]

_WINDOWS = re.compile(r"[A-Za-z]:[\\/]|\\\\")
_PATTERN = re.compile(r"[*?\[]")
_MADE_UP = ("/tmp", "/dev", "/home/pyodide", "/drive")  # noqa: S108 - names of places, nothing is written there
_OPEN = frozenset(("/", "~"))
_ADDED = {"numpy.save": ".npy", "numpy.savez": ".npz", "numpy.savez_compressed": ".npz"}
_MAKING = frozenset(("os.makedirs", "os.mkdir", "pathlib.Path.mkdir"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a written path leads: `path` is relative to the course (None where it isn't in it), `size` in bytes."""

    meaning: Meaning
    path: PurePosixPath | None = None
    size: int = 0


@dataclass(frozen=True)
class Paths:
    """The paths of one lesson, looked up in its course; they are relative to its folder."""

    lesson: PurePosixPath
    around: Surroundings
    needed: ByKind
    found: dict[Seen, Place] = field(default_factory=dict, repr=False, compare=False)

    @property
    def folder(self) -> PurePosixPath:
        """Where the lesson stands in the course."""
        return self.lesson.parent

    def place(self, seen: Seen) -> Place:
        """Where a path that is read leads."""
        if seen not in self.found:
            self.found[seen] = self._place(seen)
        return self.found[seen]

    def _place(self, seen: Seen) -> Place:
        written = plain(seen.fact.subject)
        if not written or self._written_by(written, seen.cell):
            return Place("written")
        if is_absolute(written):
            found = Place("here" if _in_browser(written) else "absolute")
        else:
            found = self._find(written)
            if found.meaning == "missing" and seen.fact.manner == "%run":
                found = self._find(f"{written}.py")
            if found.path is None and _PATTERN.search(written):
                found = self._matching(written)
        if found.path is None and self._brought(written, seen.cell):
            return Place("written")
        return found

    def spares(self, seen: Seen) -> bool:
        """Whether a file makes a download or a program needless: the code asks first whether it is there."""
        return any(self._find(plain(path)).path for path in seen.fact.otherwise if not is_absolute(plain(path)))

    def lost(self, seen: Seen) -> bool:
        """Whether what is written can't be: an absolute folder that the lesson hasn't made."""
        written = plain(seen.fact.subject)
        if not is_absolute(written) or _in_browser(written) or str(PurePosixPath(written).parent) in _OPEN:
            return False
        made = (plain(item.fact.subject) for item in self.needed.get("writes", ()) if item.fact.manner in _MAKING)
        return seen.fact.manner not in _MAKING and not any(_within(written, folder) for folder in made)

    def near(self, written: str) -> PurePosixPath | None:
        """The course's file that was meant: another case, other slashes, or another folder."""
        wanted = PurePosixPath(normalize("NFC", plain(written).replace("\\", "/")))
        named = [self._from_here(path) for path in self.around.by_name.get(wanted.name.casefold(), ())]
        same = [path for path in named if str(path).casefold() == str(wanted).casefold()]
        return next(iter((*same, *named)), None)

    @cached_property
    def _written(self) -> dict[str, int]:
        """The first cell that writes each path."""
        found: dict[str, int] = {}
        for item in self.needed.get("writes", ()):
            path = normpath(plain(item.fact.subject))
            found.setdefault(path, item.cell)
            if ending := _ADDED.get(item.fact.manner):
                found.setdefault(path.removesuffix(ending) + ending, item.cell)
        return found

    def _written_by(self, written: str, cell: int) -> bool:
        """Whether the lesson has written the file, in this cell or before."""
        return self._written.get(normpath(written), cell + 1) <= cell

    def _brought(self, written: str, cell: int) -> bool:
        """Whether a file that isn't in the course may come from what was unpacked, downloaded or run before."""
        path, name = normpath(written), basename(written)
        if any(before <= cell and self._holds(made, path) for made, before in self._written.items()):
            return True
        if _PATTERN.search(path) and any(fnmatchcase(made, path) for made in self._written):
            return True
        if not is_absolute(written) and any(item.cell <= cell for item in self._programs):
            return True
        named = (*self.needed.get("address", ()), *self.needed.get("program", ()))
        return any(item.cell <= cell and name and name in item.fact.subject for item in named)

    def _holds(self, made: str, path: str) -> bool:
        """Whether what was written may hold a file: an archive's folder (`data/**`), a store that is a folder."""
        return fnmatchcase(path, made) or (made not in self._empty and _within(path, made))

    @cached_property
    def _empty(self) -> frozenset[str]:
        """The folders the lesson makes: there is nothing in them yet."""
        made = (item for item in self.needed.get("writes", ()) if item.fact.manner in _MAKING)
        return frozenset(normpath(plain(item.fact.subject)) for item in made)

    @cached_property
    def _programs(self) -> tuple[Seen, ...]:
        """The programs that only a cluster runs: there is no telling what files they make."""
        commands = self.needed.get("program", ())
        shown = (item for item in commands if self.around.can_run(item.fact.subject) or only_shows(item.fact.subject))
        return tuple(set(commands).difference(shown))

    def _find(self, written: str) -> Place:
        around, text = self.around, normpath(self.folder / written)
        if _leaves(text):
            return Place("outside")
        for path in dict.fromkeys((PurePosixPath(text), PurePosixPath(normalize("NFC", text)))):
            if path in around.heavy:
                return Place("heavy", path, around.heavy[path])
            if path in around.files:
                size = around.files[path]
                return Place("heavy" if size > around.budget else "course", path, size)
            if path in around.modules or path in around.folders or path == self.folder:
                return Place("course", path)
            if around.left.get(path, self.lesson) != self.lesson:
                return Place("written")
        return Place("missing")

    def _matching(self, pattern: str) -> Place:
        """The heaviest file a pattern finds; one that finds nothing gives an empty list, no error."""
        text = normpath(self.folder / pattern.replace("**/", "*"))
        if _leaves(text):
            return Place("outside")
        sizes = (*self.around.heavy.items(), *self.around.files.items())
        matched = [(size, path) for path, size in sizes if fnmatchcase(str(path), text)]
        size, path = max(matched, default=(0, None))
        if path and (path in self.around.heavy or size > self.around.budget):
            return Place("heavy", path, size)
        return Place("pattern", path, sum(size for size, _path in matched))

    def _from_here(self, path: PurePosixPath) -> PurePosixPath:
        """A file of the course as the lesson's folder sees it."""
        here = self.folder
        return path.relative_to(here) if path.is_relative_to(here) else PurePosixPath(*[".."] * len(here.parts), path)


def left_by(lessons: Iterable[Lesson]) -> dict[PurePosixPath, PurePosixPath]:
    """The files that the lessons of a course write, relative to the course, and the first lesson that writes each."""
    found: dict[PurePosixPath, PurePosixPath] = {}
    for lesson in lessons:
        for fact in lesson.facts:
            written = plain(fact.subject)
            if fact.kind == "writes" and written and not is_absolute(written) and not _PATTERN.search(written):
                found.setdefault(PurePosixPath(normpath(lesson.path.parent / written)), lesson.path)
    return found


def plain(written: str) -> str:
    """A path as Python takes it: `file:` addresses are paths too."""
    return written.removeprefix("file://").strip()


def is_absolute(written: str) -> bool:
    """Whether a path names a place on one computer: `/shared/x`, `~/x`, `C:/x`."""
    return written.startswith(("/", "~")) or _WINDOWS.match(written) is not None


def _leaves(path: str) -> bool:
    """Whether a normal path leads out of the folder it starts in."""
    return path == ".." or path.startswith("../")


def _in_browser(written: str) -> bool:
    """Whether the browser's Python has this absolute place too."""
    path = normpath(written)
    return path == "/" or any(_within(path, place) for place in _MADE_UP)


def _within(written: str, folder: str) -> bool:
    return written == folder or written.startswith(f"{folder.rstrip('/')}/")
