"""What was found in a contents folder, before it is checked and becomes a Site."""

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from lite_site.courses.config import CourseConfig, LessonConfig, SiteConfig
from lite_site.courses.listing import Entry
from lite_site.courses.model import Declaration
from lite_site.language import Language
from lite_site.notebooks.inspection import Inspection
from lite_site.problems import Problem


@dataclass(frozen=True, slots=True)
class LessonReading:
    """A notebook that is a lesson; `original` is the slug of the lesson it translates."""

    entry: Entry
    place: str
    published: PurePosixPath
    slug: str
    language: Language
    inspection: Inspection
    settings: LessonConfig | None = None
    original: str | None = None


@dataclass(frozen=True, slots=True)
class CourseReading:
    """A course folder: its files, its notebooks (lessons or not), what it publishes and needs, faults met."""

    slug: str
    folder: Path
    place: str
    config: CourseConfig
    language: Language
    entries: tuple[Entry, ...] = ()
    notebooks: tuple[Entry, ...] = ()
    lessons: tuple[LessonReading, ...] = ()
    data: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    declaration: Declaration = field(default_factory=Declaration)

    def place_of(self, entry: Entry) -> str:
        """The file as the person knows it."""
        return f"{self.place}/{entry.path}"


@dataclass(frozen=True, slots=True)
class SiteReading:
    """A contents folder; `stray` are notebooks in no course."""

    contents: Path
    place: str
    config: SiteConfig = field(default_factory=SiteConfig)
    courses: tuple[CourseReading, ...] = ()
    stray: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
