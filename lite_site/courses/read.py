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
from lite_site.courses.config import CourseConfig, read_course_config, read_site_config, text_in
from lite_site.courses.listing import Entry, is_built_site, list_course
from lite_site.courses.model import Course, DataFile, Lesson, Site
from lite_site.courses.names import natural_key, nfc, readable, slug_of
from lite_site.courses.reading import CourseReading, LessonReading, SiteReading
from lite_site.language import Language, Text
from lite_site.notebooks.cache import InspectionCache
from lite_site.notebooks.kinds import is_notebook
from lite_site.problems import Problem

CONFIG = "course.toml"
_NOT_COURSES = frozenset(("__pycache__", "node_modules"))


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

    The folder is itself a course where it holds a course.toml, or notebooks while no sub-folder does.
    """
    place = contents.as_posix()
    try:
        children = sorted(contents.iterdir(), key=lambda child: natural_key(child.name))
    except OSError as error:
        return SiteReading(contents, place, problems=(_no_contents(place, error),))
    config, problems = read_site_config(contents / "site.toml", f"{place}/site.toml")
    site_language = config.language or language
    alone = (contents / CONFIG).is_file()
    folders = [] if alone else [child for child in children if _may_be_course(child)]
    readings = [read_course(child, f"{place}/{child.name}", cache, site_language) for child in folders]
    courses = [one for one in readings if one.notebooks or one.problems or (one.folder / CONFIG).is_file()]
    if alone or (not courses and any(_is_loose_notebook(child) for child in children)):
        whole = read_course(Path(os.path.abspath(contents)), place, cache, site_language)
        return SiteReading(contents, place, config, (whole,), (), tuple(problems))
    return SiteReading(
        contents,
        place,
        config,
        courses=tuple(courses),
        stray=tuple(f"{place}/{child.name}" for child in children if _is_loose_notebook(child)),
        problems=tuple(problems),
    )


def _may_be_course(child: Path) -> bool:
    hidden = child.name.startswith((".", "_")) or child.name in _NOT_COURSES
    return child.is_dir() and not hidden and not is_built_site(child)


def _is_loose_notebook(child: Path) -> bool:
    return child.suffix == ".ipynb" and child.is_file()


def read_course(folder: Path, place: str, cache: InspectionCache, language: Language) -> CourseReading:
    """What is in a course folder, unchecked; `language` is the site's."""
    config, problems = read_course_config(folder / CONFIG, f"{place}/{CONFIG}")
    listing = list_course(folder, place)
    notebooks = [entry for entry in listing.entries if _is_notebook(entry)]
    candidates = without_paired_texts(list(_candidates(config, notebooks, place, cache)))
    spoken = course_language(config, [candidate.inspection for candidate in candidates], language)
    lessons = tuple(arrange(candidates, config, spoken))
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
        problems=(*problems, *listing.problems),
    )


def _candidates(
    config: CourseConfig, notebooks: list[Entry], place: str, cache: InspectionCache
) -> Iterator[Candidate]:
    for entry, settings in choose(config, notebooks):
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
        files=tuple(
            DataFile(PurePosixPath(nfc(str(entry.path))), entry.source, entry.size, entry.mtime_ns)
            for entry in reading.data
        ),
        authors=config.authors,
        licence=config.licence,
        packages=config.packages,
        interfaces=config.interfaces,
    )


def _lesson(reading: LessonReading, config: CourseConfig, language: Language) -> Lesson:
    settings, inspection = reading.settings, reading.inspection
    reason = settings.reason if settings else None
    return Lesson(
        path=reading.entry.path,
        published=reading.published,
        slug=reading.slug,
        title=_title(reading, language),
        language=reading.language,
        sha256=inspection.sha256,
        minutes=(settings and settings.minutes) or config.minutes,
        kernel=inspection.kernel,
        placement=(settings and settings.placement) or "browser",
        reason=text_in(reason, language) if reason else None,
        imports=inspection.imports,
        asks_input=inspection.asks_input,
        translation_of=reading.original,
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
