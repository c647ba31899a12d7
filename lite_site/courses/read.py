"""Reads a contents folder into a Site, with every problem found on the way."""

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from lite_site.courses.arrange import (
    Candidate,
    arrange,
    choose,
    course_language,
    select_data,
    without_paired_texts,
)
from lite_site.courses.check import problems_in
from lite_site.courses.config import CourseConfig, LessonConfig, read_course_config, read_site_config, text_in
from lite_site.courses.declaration.read import read_declaration
from lite_site.courses.listing import Entry, is_built_site, list_course
from lite_site.courses.model import Course, DataFile, Declaration, Lesson, Site, Where, Word
from lite_site.courses.names import natural_key, nfc, readable, slug_of
from lite_site.courses.reading import CourseReading, LessonReading, SiteReading
from lite_site.language import Language, Text
from lite_site.notebooks.cache import InspectionCache
from lite_site.notebooks.kinds import is_notebook
from lite_site.problems import Problem

CONFIG = "course.toml"
_NOT_COURSES = frozenset(("__pycache__", "node_modules"))
_OF_A_PROJECT = frozenset(
    (".binder", "_toc.yml", "binder", "environment.yaml", "environment.yml", "pyproject.toml", "requirements.txt")
)


def read_site(
    contents: Path, cache: InspectionCache | None = None, language: Language = "fr"
) -> tuple[Site, list[Problem]]:
    """The site in the folder and its problems, sorted; `language` is the site's where site.toml is silent.

    With an error among the problems the site is only what could be made out, not to be built.
    """
    reading = read_contents(contents, cache or InspectionCache(), language)
    return _site(reading, language), sorted(set(problems_in(reading)))


def read_contents(contents: Path, cache: InspectionCache, language: Language) -> SiteReading:
    """What is in the contents folder, unchecked: a course a sub-folder that holds notebooks, or one in all.

    The folder is itself a course where it holds a course.toml or is a project (`_is_project`), or where it holds
    notebooks and no sub-folder does.
    """
    place = contents.as_posix()
    try:
        children = sorted(contents.iterdir(), key=lambda child: natural_key(child.name))
    except OSError as error:
        return SiteReading(contents, place, problems=(_no_contents(place, error),))
    config, problems = read_site_config(contents / "site.toml", f"{place}/site.toml")
    site_language = config.language or language
    alone = (contents / CONFIG).is_file() or _is_project(contents, children)
    folders = [] if alone else [child for child in children if _may_be_course(child)]
    readings = [read_course(child, f"{place}/{child.name}", cache, site_language, root=contents) for child in folders]
    courses = [one for one in readings if one.notebooks or one.problems or (one.folder / CONFIG).is_file()]
    if alone or (not courses and any(_is_loose_notebook(child) for child in children)):
        folder = contents if contents.name not in {"", ".."} else Path(os.path.abspath(contents))
        whole = read_course(folder, place, cache, site_language)
        return SiteReading(contents, place, config, (whole,), (), tuple(problems))
    return SiteReading(
        contents,
        place,
        config,
        courses=tuple(courses),
        stray=tuple(f"{place}/{child.name}" for child in children if _is_loose_notebook(child)),
        problems=tuple(problems),
    )


def read_one_course(folder: Path, *, every_notebook: bool = False) -> tuple[Course, list[Problem]]:
    """The course in a folder, whatever is around it; `every_notebook` takes those course.toml doesn't list, too."""
    around = folder.parent if (folder / CONFIG).is_file() else None
    place, cache = folder.as_posix(), InspectionCache()
    reading = read_course(folder, place, cache, "fr", root=around, every_notebook=every_notebook)
    site = SiteReading(folder, folder.as_posix(), courses=(reading,))
    return _course(reading), sorted(set(problems_in(site)))


def _is_project(contents: Path, children: list[Path]) -> bool:
    """Whether the folder is one whole, as Binder, Jupyter Book and Python projects are: one declaration for all.

    A site.toml, or a course.toml in a folder of it, says that it holds several courses.
    """
    several = (contents / "site.toml").is_file() or any((child / CONFIG).is_file() for child in children)
    return not several and any(child.name in _OF_A_PROJECT for child in children)


def _may_be_course(child: Path) -> bool:
    hidden = child.name.startswith((".", "_")) or child.name in _NOT_COURSES
    return child.is_dir() and not hidden and not is_built_site(child)


def _is_loose_notebook(child: Path) -> bool:
    return child.suffix == ".ipynb" and child.is_file()


def read_course(
    folder: Path,
    place: str,
    cache: InspectionCache,
    language: Language,
    *,
    root: Path | None = None,
    every_notebook: bool = False,
) -> CourseReading:
    """What is in a course folder, unchecked; `language` is the site's; `every_notebook` adds those not listed.

    `root` is the contents folder that holds it: what that declares is for the courses that declare nothing.
    """
    config, problems = read_course_config(folder / CONFIG, f"{place}/{CONFIG}")
    listing = list_course(folder, place)
    notebooks = [entry for entry in listing.entries if _is_notebook(entry)]
    chosen = list(choose(config, notebooks))
    if every_notebook:
        listed = [entry for entry, _ in chosen]
        chosen += [(entry, None) for entry in notebooks if entry not in listed]
    candidates = without_paired_texts(list(_candidates(chosen, config, place, cache)))
    spoken = course_language(config, [candidate.inspection for candidate in candidates], language)
    lessons = tuple(arrange(candidates, config, spoken))
    declaration, faults = Declaration(), list[Problem]()
    if notebooks:  # else it may be no course at all, but the contents' own binder/
        declaration, faults = read_declaration(folder, place, config.packages, root)
    return CourseReading(
        slug=slug_of(folder.name),
        folder=folder,
        place=place,
        config=config,
        language=spoken,
        entries=tuple(listing.entries),
        notebooks=tuple(notebooks),
        lessons=lessons,
        data=tuple(select_data(config, listing.entries, notebooks, lessons)),
        problems=(*problems, *listing.problems, *faults),
        declaration=declaration,
    )


def _candidates(
    chosen: list[tuple[Entry, LessonConfig | None]], config: CourseConfig, place: str, cache: InspectionCache
) -> Iterator[Candidate]:
    for entry, settings in chosen:
        where = f"{place}/{entry.path}"
        yield Candidate(entry, where, cache.inspect(entry.source, where, config.limits), settings)


def _is_notebook(entry: Entry) -> bool:
    try:
        return is_notebook(entry.source)
    except OSError:  # the listing has said already that it can't be read
        return False


def _site(reading: SiteReading, language: Language) -> Site:
    config = reading.config
    spoken = config.language or language
    return Site(
        title=text_in(config.title, spoken),
        description=text_in(config.description, spoken),
        language=spoken,
        courses=tuple(_course(course) for course in reading.courses),
        hub=config.hub,
        snapshot=config.snapshot,
    )


def _course(reading: CourseReading) -> Course:
    config, language = reading.config, reading.language
    return Course(
        slug=reading.slug,
        folder=reading.folder,
        title=text_in(config.title, language, readable(reading.folder.name)),
        description=text_in(config.description, language),
        language=language,
        lessons=tuple(_lesson(lesson, config, language) for lesson in reading.lessons),
        files=tuple(_file(entry) for entry in reading.data if entry.size <= config.budget_file),
        authors=config.authors,
        licence=config.licence,
        interfaces=config.interfaces,
        declaration=reading.declaration,
        profiles=config.profiles,
        budget=config.budget_file,
        heavy=tuple(_file(entry) for entry in reading.data if entry.size > config.budget_file),
        programs=config.programs,
    )


def _file(entry: Entry) -> DataFile:
    return DataFile(PurePosixPath(nfc(str(entry.path))), entry.source, entry.size, entry.mtime_ns)


def _lesson(reading: LessonReading, config: CourseConfig, language: Language) -> Lesson:
    settings, inspection = reading.settings, reading.inspection
    return Lesson(
        path=reading.entry.path,
        published=reading.published,
        slug=reading.slug,
        title=_title(reading, language),
        language=reading.language,
        sha256=inspection.sha256,
        minutes=(settings and settings.minutes) or config.minutes,
        kernel=inspection.kernel,
        imports=inspection.imports,
        asks_input=inspection.asks_input,
        translation_of=reading.original,
        word=_word(reading, language),
        facts=inspection.facts,
        programs=settings.programs if settings else (),
    )


def _word(reading: LessonReading, language: Language) -> Word:
    """What the teacher says of the lesson's placement: in course.toml, else in the notebook's metadata."""
    settings, inspection = reading.settings, reading.inspection
    noted = inspection.placement
    where: Where | None = "cluster" if noted == "cluster" else "browser" if noted == "browser" else None
    reason = settings.reason if settings else None
    return Word(
        where=(settings and settings.placement) or where,
        profile=(settings and settings.profile) or inspection.profile,
        reason=text_in(reason, language) if reason else None,
    )


def _title(reading: LessonReading, language: Language) -> Text:
    """The title of course.toml, else the first heading, else the file's name."""
    if reading.settings and reading.settings.title:
        return text_in(reading.settings.title, language)
    return text_in(reading.inspection.title, reading.language, readable(reading.entry.path.stem))


def _no_contents(place: str, error: OSError) -> Problem:
    if isinstance(error, FileNotFoundError):
        return Problem(
            place,
            "There is no such folder.",
            "Make it, or name the folder that holds your courses.",
            "contents-missing",
        )
    if isinstance(error, NotADirectoryError):
        return Problem(place, "It isn't a folder.", "Name the folder that holds your courses.", "contents-not-folder")
    reason = error.strerror or "unknown reason"
    return Problem(
        place,
        f"The folder can't be read ({reason}).",
        "Give yourself the right to read it.",
        "file-unreadable",
    )
