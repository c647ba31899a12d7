"""The course as the rest of the house sees it: frozen, already checked, free of files and formats."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from lite_site.language import Language, Text
from lite_site.notebooks.facts import Fact
from lite_site.site.connection import Hub

Where = Literal["browser", "cluster"]
Confidence = Literal["high", "medium", "low"]
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
class Profile:
    """A named bundle of cluster resources a lesson asks for: `memory` in bytes, `minutes` of wall-clock time."""

    name: str
    cpus: int = 2
    memory: int = 4_000_000_000
    gpus: int = 0
    minutes: int = 120


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing seen in a notebook: it speaks for the browser or the cluster (`argues`), or is worth saying (None).

    `code` is stable across releases and languages; `cell` counts from 1, None where the reason is in no cell;
    `subject` is the module, program, path... it is about; `change` says what would change the verdict.
    """

    code: str
    argues: Where | None
    text: Text
    cell: int | None = None
    subject: str = ""
    change: Text | None = None


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a lesson runs and why: `profile` names the cluster resources, None in the browser.

    `confidence` is how sure the verdict is; `proven` tells that the lesson has run whole in a browser as it is.
    """

    where: Where = "browser"
    profile: str | None = None
    reasons: tuple[Reason, ...] = ()
    confidence: Confidence = "low"
    proven: bool = False

    @property
    def deciding(self) -> tuple[Reason, ...]:
        """The reasons that speak for the verdict: the teacher's own words alone where they gave some."""
        spoken = tuple(reason for reason in self.reasons if reason.argues == self.where)
        return tuple(reason for reason in spoken if reason.code == "teacher") or spoken


@dataclass(frozen=True, slots=True)
class Word:
    """What the teacher said of a lesson's placement, in course.toml or the notebook's metadata; None is silence."""

    where: Where | None = None
    profile: str | None = None
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class Lesson:
    """One notebook of a course, in one language.

    `path` is the source, relative to the course folder; `published` is where its notebook stands in the
    course's files on the site (always `.ipynb`); `slug` names it in URLs and is unique in the course;
    `imports` are the top-level modules its code cells import; `sha256` is that of the published notebook, its
    verdict aside; `word` is the teacher's; `facts` are what its code asks for; `programs` are those that the
    teacher says it runs.
    """

    path: PurePosixPath
    published: PurePosixPath
    slug: str
    title: Text
    language: Language
    sha256: str
    minutes: int | None = None
    kernel: str = "python"
    imports: tuple[str, ...] = ()
    asks_input: bool = False
    translation_of: str | None = None
    word: Word = Word()
    facts: tuple[Fact, ...] = ()
    placement: Placement = Placement()
    programs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """One package a course declares: a PEP 508 requirement, and the file and line that ask for it."""

    requirement: str
    place: str


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a course needs, as its teacher declared it once.

    `source` is the file it was read from, "" where nothing is declared; `conda` are the packages only Conda has
    (MatchSpecs as written) and `channels` where from; `system` are Debian packages (apt.txt); `python` is the
    server's version, such as "3.12", None where it doesn't matter.
    """

    source: str = ""
    packages: tuple[Wanted, ...] = ()
    conda: tuple[Wanted, ...] = ()
    channels: tuple[str, ...] = ()
    system: tuple[Wanted, ...] = ()
    python: str | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """A folder of notebooks with its title, people, lessons in order, packages and data files.

    `heavy` are the files over the `budget` (bytes): they stay beside the notebooks and aren't on the site; `programs`
    are those that the teacher says its lessons run.
    """

    slug: str
    folder: Path
    title: Text
    description: Text
    language: Language
    lessons: tuple[Lesson, ...]
    files: tuple[DataFile, ...] = ()
    authors: tuple[str, ...] = ()
    licence: str | None = None
    interfaces: tuple[Interface, ...] = ("notebooks", "lab")
    declaration: Declaration = Declaration()
    profiles: tuple[Profile, ...] = ()
    heavy: tuple[DataFile, ...] = ()
    budget: int = 50_000_000
    programs: tuple[str, ...] = ()

    def translations_of(self, lesson: Lesson) -> tuple[Lesson, ...]:
        """The other-language twins of `lesson`."""
        return tuple(other for other in self.lessons if other.translation_of == lesson.slug)

    @property
    def packages(self) -> tuple[str, ...]:
        """The requirements it declares, as text."""
        return tuple(wanted.requirement for wanted in self.declaration.packages)

    @property
    def outline(self) -> tuple[Lesson, ...]:
        """The lessons in reading order, twins left out."""
        return tuple(lesson for lesson in self.lessons if lesson.translation_of is None)


@dataclass(frozen=True, slots=True)
class Site:
    """All courses of one contents folder, and what `site.toml` says of the whole; `hub` is the one it connects to.

    `snapshot` says whether kernels start from memory made at build.
    """

    title: Text
    description: Text
    language: Language
    courses: tuple[Course, ...]
    hub: Hub | None = None
    snapshot: bool = True
