"""What course.toml and site.toml may say: one description, for the reader and for JSON Schema."""

from lite_site.courses.model import Interface
from lite_site.courses.shapes import ListOf, Named, String, Table, TextOr, Truth, Whole
from lite_site.language import LANGUAGES
from lite_site.notebooks.document import JsonObject

SCHEMA_FILE = "course.schema.json"
INTERFACES: tuple[Interface, ...] = ("notebooks", "lab", "repl")
PLACEMENTS = ("browser", "cluster")
SIZE_PATTERN = r"^([0-9]{1,6}(?:\.[0-9]{1,3})?) ?(kB|MB|GB)$"
# Relative to the course, and never out of it: no leading slash, drive or backslash, no `..` on the way.
PATH_PATTERN = r"^(?![/\\~])(?![A-Za-z]:)(?!(?:.*/)?\.\.(?:/|$))[^\\]+$"


def _text(description: str) -> TextOr:
    by_language = {"fr": String("The same in French."), "en": String("The same in English.")}
    return TextOr(description, String(description), Table("By language.", by_language, least=1))


def _path(description: str) -> String:
    form = 'a path within the course, such as "data/reads.fa"'
    return String(description, pattern=PATH_PATTERN, form=form, code="path-leads-out")


def _size(description: str) -> String:
    return String(description, pattern=SIZE_PATTERN, form='a size such as "50 MB" (kB, MB or GB)')


PROGRAM_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$"
PROFILE_PATTERN = r"^[a-z][a-z0-9-]{0,31}$"
_PROFILE_FORM = 'a short name in small letters, such as "gpu"'
_PROGRAMS = ListOf(
    "The programs it runs on the cluster, as they are called there.",
    String('A program\'s name, such as "samtools".', pattern=PROGRAM_PATTERN, form='a name such as "samtools"'),
)
_LANGUAGE = String("The language it is written in.", choices=LANGUAGES)
_MINUTES = Whole("How long a lesson takes, in minutes.", 1, 600)
_LESSON = Table(
    "A lesson and what is special about it.",
    {
        "path": _path("The notebook, relative to the course."),
        "title": _text("The lesson's title; without it, the notebook's first heading."),
        "minutes": _MINUTES,
        "placement": String("Where its code runs; without it, decided from the notebook.", choices=PLACEMENTS),
        "profile": String("The resources it asks of the cluster.", pattern=PROFILE_PATTERN, form=_PROFILE_FORM),
        "reason": _text("Why it is placed there, in one sentence for pupils."),
        "language": _LANGUAGE,
        "programs": _PROGRAMS,
    },
    required=("path",),
)
COURSE = Table(
    "A course: a folder of notebooks. Every key may be left out.",
    {
        "title": _text("The course's title; without it, the folder's name."),
        "description": _text("Two plain sentences on what pupils learn."),
        "language": String("The language of the lessons and of the interface.", choices=LANGUAGES),
        "authors": ListOf("Who wrote it.", String("A name.")),
        "licence": String('What others may do with it, as an SPDX expression such as "CC-BY-4.0".'),
        "lessons": ListOf(
            "The lessons in order; without it, all notebooks in natural order, each folder's files first.",
            TextOr("A notebook's path, or a table.", _path("The notebook, relative to the course."), _LESSON),
            least=1,
        ),
        "minutes": Whole("How long each lesson takes, where it doesn't say itself.", 1, 600),
        "packages": ListOf(
            "What lessons import beyond the standard library, named as on PyPI.",
            String('A requirement such as "numpy" or "pandas>=2".'),
        ),
        "data": ListOf(
            "The files published beside the lessons; without it, all that aren't hidden.",
            _path('A file, a folder or a glob such as "data/*.csv" or "images/**".'),
        ),
        "programs": _PROGRAMS,
        "interfaces": ListOf(
            "What pupils may open: the notebook page, JupyterLab, a console.",
            String("An interface.", choices=INTERFACES),
            least=1,
        ),
        "profiles": Named(
            "Named bundles of cluster resources that lessons ask for.",
            PROFILE_PATTERN,
            _PROFILE_FORM,
            Table(
                "What a lesson gets on the cluster.",
                {
                    "cpus": Whole("Processor cores; 2 without it.", 1, 1024),
                    "memory": _size("Memory; 4 GB without it."),
                    "gpus": Whole("Graphics cards; none without it.", 0, 64),
                    "minutes": Whole("How long it may last; 120 without it.", 1, 10_080),
                },
            ),
        ),
        "budget": Table(
            "How heavy files may be.",
            {
                "file": _size("The largest data file; 50 MB without it."),
                "notebook": _size("The largest notebook, outputs included; 20 MB without it."),
            },
        ),
    },
)
SITE = Table(
    "The whole site. Every key may be left out.",
    {
        "title": _text("The site's title."),
        "description": _text("One or two plain sentences for the first page."),
        "language": String("The language of the first page.", choices=LANGUAGES),
        "snapshot": Truth("Whether lessons start Python from memory made at build, which is quicker; true without it."),
        "hub_url": String("The address of the institution's hub, such as https://hub.example.org/."),
    },
)


def course_schema() -> JsonObject:
    """The JSON Schema (2020-12) of course.toml, as `course.schema.json` holds it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "course.toml of Passerelle",
        **COURSE.schema(),
    }
