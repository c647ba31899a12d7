"""What the pages show: frozen data, already computed, that the templates only lay out."""

from dataclasses import dataclass
from typing import Self

from lite_site.courses.model import Where
from lite_site.language import LANGUAGES, Language, Text
from lite_site.lessons.model import Content
from lite_site.markdown.model import Heading


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text by a teacher, and the language it is written in."""

    text: str
    language: Language

    @classmethod
    def choose(cls, text: Text, language: Language) -> Self:
        """Give `text` in `language`, else in the language there is (the empty text is in `language`)."""
        for known in (language, *LANGUAGES):
            if known in text.by_language:
                return cls(text.by_language[known], known)
        return cls("", language)


@dataclass(frozen=True, slots=True)
class Version:
    """The same page in another language; `href` is relative to the page that links to it."""

    language: Language
    href: str


@dataclass(frozen=True, slots=True)
class Need:
    """A package that a lesson loads, and the size of its download in megabytes (10^6 bytes)."""

    name: str
    megabytes: float


@dataclass(frozen=True, slots=True)
class Twin:
    """The same lesson in another language; `path` is that of its notebook in the course's files."""

    language: Language
    href: str
    path: str


@dataclass(frozen=True, slots=True)
class LessonRow:
    """A lesson as the course page lists it.

    `path` is that of its notebook in the course's files (`01-variables.ipynb`), `href` opens it in the
    Notebook interface, `lab_href` in JupyterLab, `readable_href` as a page to read; all relative to the
    course page. `reasons` say why it runs `where` it does; `proven` that it has run whole in a browser.
    """

    title: Phrase
    href: str
    path: str
    language: Language
    minutes: int | None = None
    needs: tuple[Need, ...] = ()
    asks_input: bool = False
    where: Where = "browser"
    reasons: tuple[Phrase, ...] = ()
    proven: bool = False
    lab_href: str | None = None
    readable_href: str | None = None
    twins: tuple[Twin, ...] = ()


@dataclass(frozen=True, slots=True)
class CourseCard:
    """A course as the portal shows it: `lessons` in all, of which `cluster` need the cluster."""

    slug: str
    title: Phrase
    description: Phrase
    language: Language
    lessons: int
    minutes: int | None = None
    cluster: int = 0


@dataclass(frozen=True, slots=True)
class SitePage:
    """The portal in one language; `alternates` are its versions in the others."""

    title: Phrase
    description: Phrase
    language: Language
    courses: tuple[CourseCard, ...]
    alternates: tuple[Version, ...] = ()
    csp: str = ""
    root: str = "."


@dataclass(frozen=True, slots=True)
class CoursePage:
    """A course's page in one language.

    `language` is that of the interface, `course_language` that of the lessons; `slugs` names every course of
    the site; `portal_href` leads to the portal in this page's language.
    """

    slug: str
    title: Phrase
    description: Phrase
    language: Language
    course_language: Language
    lessons: tuple[LessonRow, ...]
    site_title: Phrase
    portal_href: str
    slugs: tuple[str, ...]
    authors: tuple[str, ...] = ()
    licence: str | None = None
    sources_href: str | None = None
    alternates: tuple[Version, ...] = ()
    csp: str = ""
    root: str = ".."
    console_href: str | None = None

    @property
    def minutes(self) -> int | None:
        """The time of all lessons whose time is known, None when none is."""
        known = [lesson.minutes for lesson in self.lessons if lesson.minutes is not None]
        return sum(known) if known else None

    @property
    def all_timed(self) -> bool:
        """Whether every lesson says how long it takes."""
        return all(lesson.minutes is not None for lesson in self.lessons)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The lesson before or after, and its page."""

    title: Phrase
    href: str


@dataclass(frozen=True, slots=True)
class Why:
    """A reason for the cluster, and the cell it is about, None where there is none or the page doesn't show it."""

    text: Phrase
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class LessonPage:
    """A lesson's page to read, in the lesson's language; `run_href` opens it where it runs.

    `notebook_href` leads to its notebook; the addresses are relative to the folder of the course's lessons.
    """

    title: Phrase
    language: Language
    content: Content
    course_title: Phrase
    course_href: str
    site_title: Phrase
    portal_href: str
    run_href: str
    notebook_href: str
    minutes: int | None = None
    where: Where = "browser"
    reasons: tuple[Why, ...] = ()
    before: Neighbour | None = None
    after: Neighbour | None = None
    alternates: tuple[Version, ...] = ()
    csp: str = ""
    root: str = "../.."

    @property
    def says_its_title(self) -> bool:
        """Whether the lesson itself begins with a heading for all of it."""
        return any(heading.level == 1 for heading in self.content.headings)

    @property
    def sections(self) -> tuple[Heading, ...]:
        """What its table of contents lists: its headings, the one for all of it aside."""
        headings = self.content.headings
        return headings[1:] if [heading.level for heading in headings].count(1) == 1 == headings[0].level else headings


@dataclass(frozen=True, slots=True)
class NoticePage:
    """The page for an address that leads nowhere, in every language, the site's first.

    `root` leads to the portal's folder: "." by default, an absolute path where the host's is known, since the
    page may be served at any depth.
    """

    language: Language
    site_title: Phrase
    csp: str = ""
    root: str = "."


@dataclass(frozen=True, slots=True)
class SignedInPage:
    """The page a hub sends people back to after they signed in, in every language, the site's first."""

    language: Language
    site_title: Phrase
    csp: str = ""
    root: str = ".."


def name_page(own: Language, shown: Language) -> str:
    """Name the file of a page whose own language is `own`, shown in `shown`."""
    return "index.html" if own == shown else f"index.{shown}.html"
