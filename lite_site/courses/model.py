"""The course as the rest of the house sees it: frozen, already checked, free of files and formats."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from lite_site.language import Language, Text

Placement = Literal["browser", "cluster"]
Interface = Literal["notebooks", "lab", "repl"]


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file published beside the lessons: image, table, module, reads.

    `path` is relative to the course folder; `size` in bytes; `mtime_ns` as the file system gives it.
    """

    path: PurePosixPath
    source: Path
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Lesson:
    """One notebook of a course, in one language.

    `path` is the source, relative to the course folder; `published` is where its notebook stands in the
    course's files on the site (always `.ipynb`); `slug` names it in URLs and is unique in the course;
    `imports` are the top-level modules its code cells import; `sha256` is that of the published notebook.
    """

    path: PurePosixPath
    published: PurePosixPath
    slug: str
    title: Text
    language: Language
    sha256: str
    minutes: int | None = None
    kernel: str = "python"
    placement: Placement = "browser"
    reason: Text | None = None
    imports: tuple[str, ...] = ()
    asks_input: bool = False
    translation_of: str | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """A folder of notebooks with its title, people, lessons in order, packages and data files."""

    slug: str
    folder: Path
    title: Text
    description: Text
    language: Language
    lessons: tuple[Lesson, ...]
    files: tuple[DataFile, ...] = ()
    authors: tuple[str, ...] = ()
    licence: str | None = None
    packages: tuple[str, ...] = ()
    interfaces: tuple[Interface, ...] = ("notebooks", "lab")

    def translations_of(self, lesson: Lesson) -> tuple[Lesson, ...]:
        """The other-language twins of `lesson`."""
        return tuple(other for other in self.lessons if other.translation_of == lesson.slug)

    @property
    def outline(self) -> tuple[Lesson, ...]:
        """The lessons in reading order, twins left out."""
        return tuple(lesson for lesson in self.lessons if lesson.translation_of is None)


@dataclass(frozen=True, slots=True)
class Site:
    """All courses of one contents folder, and what `site.toml` says of the whole."""

    title: Text
    description: Text
    language: Language
    courses: tuple[Course, ...]
