"""Everything that can be wrong in a contents folder: one small rule each, all of them asked."""

from collections.abc import Callable, Iterator

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import InvalidRequirement, Requirement

from lite_site.courses.globs import matches
from lite_site.courses.lesson_list import problems_in_lesson_list
from lite_site.courses.links import problems_in_links
from lite_site.courses.names import RESERVED_COURSES, nfc, unportable
from lite_site.courses.reading import CourseReading, LessonReading, SiteReading
from lite_site.notebooks.read import megabytes
from lite_site.problems import Problem


def problems_in(site: SiteReading) -> Iterator[Problem]:
    """Every problem of the site, its courses and their notebooks, in no particular order."""
    for site_rule in SITE_RULES:
        yield from site_rule(site)
    for course in site.courses:
        for rule in COURSE_RULES:
            yield from rule(course)


def _met_while_reading(site: SiteReading) -> Iterator[Problem]:
    yield from site.problems
    for course in site.courses:
        yield from course.problems
        for lesson in course.lessons:
            yield from lesson.inspection.problems


def _no_course(site: SiteReading) -> Iterator[Problem]:
    if not site.courses and not site.problems:
        yield Problem(
            site.place,
            "There is no course in this folder.",
            "Put notebooks in it, or in a folder of it for each course.",
            "site-no-course",
        )


def _stray_notebooks(site: SiteReading) -> Iterator[Problem]:
    for place in site.stray:
        yield Problem(
            place,
            "The notebook is in no course.",
            "Move it into a course's folder.",
            "notebook-stray",
            "warning",
        )


def _course_names(site: SiteReading) -> Iterator[Problem]:
    first: dict[str, CourseReading] = {}
    for course in site.courses:
        name = course.folder.name
        if not course.slug:
            yield Problem(
                course.place,
                f"“{name}” has no letter from a to z and no digit, so it makes no web address.",
                "Rename the folder; the title in course.toml may be written in any script.",
                "course-name",
            )
        elif course.slug in RESERVED_COURSES or name == "_passerelle":
            yield Problem(
                course.place,
                f"The site needs the name “{name}” itself.",
                "Rename the folder.",
                "course-reserved",
            )
        elif (other := first.setdefault(course.slug, course)) is not course:
            yield Problem(
                course.place,
                f"It would have the same address, “{course.slug}”, as {other.place}.",
                "Rename one of the two folders.",
                "course-slug-twice",
            )


def _no_lesson(course: CourseReading) -> Iterator[Problem]:
    listed_but_absent = course.config.lessons is not None and course.notebooks
    if not course.lessons and not course.problems and not listed_but_absent:
        yield Problem(
            course.place,
            "The course has no lesson.",
            "Put a notebook in the folder, or move it away.",
            "course-no-lesson",
        )


def _lesson_slugs(course: CourseReading) -> Iterator[Problem]:
    first: dict[str, LessonReading] = {}
    for lesson in course.lessons:
        other = first.setdefault(lesson.slug, lesson)
        if other is lesson:
            continue
        if other.published == lesson.published:
            yield Problem(
                lesson.place,
                f"It would be published in place of {other.place}.",
                "Keep one of the two, rename one, or pair them with Jupytext.",
                "lesson-published-twice",
            )
        else:
            yield Problem(
                lesson.place,
                f"It would have the same address, “{lesson.slug}”, as {other.place}.",
                "Rename one of the two notebooks.",
                "lesson-slug-twice",
            )


def _twins(course: CourseReading) -> Iterator[Problem]:
    originals = {lesson.slug: lesson for lesson in course.lessons if lesson.original is None}
    for lesson in course.lessons:
        original = originals.get(lesson.original or "")
        if original and original.language == lesson.language:
            yield Problem(
                lesson.place,
                f"It translates {original.place}, which is in the same language.",
                "Say in course.toml which `language` the lesson or the course is in.",
                "twin-same-language",
                "warning",
            )


def _heavy_files(course: CourseReading) -> Iterator[Problem]:
    budget = course.config.budget_file
    for entry in course.data:
        if entry.size > budget:
            yield Problem(
                course.place_of(entry),
                f"The file weighs {megabytes(entry.size)}, over the budget of {megabytes(budget)}: not published.",
                "Lessons that read it run on the cluster; else take a smaller extract, or raise `file` under [budget].",
                "file-over-budget",
                "warning",
            )


def _empty_globs(course: CourseReading) -> Iterator[Problem]:
    for position, glob in enumerate(course.config.data or ()):
        if not any(matches(entry.path, glob) for entry in course.entries):
            yield Problem(
                course.config.file.place_of("data", position),
                f"“{glob}” in `data` matches no file.",
                "Correct it, or take it out.",
                "data-glob-empty",
                "warning",
            )


def _names_on_windows(course: CourseReading) -> Iterator[Problem]:
    named: set[tuple[str, ...]] = set()
    for entry in (*(lesson.entry for lesson in course.lessons), *course.data):
        for depth, name in enumerate(entry.path.parts, 1):
            path = entry.path.parts[:depth]
            if path not in named and (why := unportable(name)):
                yield Problem(f"{course.place}/{'/'.join(path)}", f"{why}.", "Rename it.", "name-unportable")
            named.add(path)


def _names_that_differ_by_case(course: CourseReading) -> Iterator[Problem]:
    first: dict[str, str] = {}
    paths = [lesson.entry.path for lesson in course.lessons] + [entry.path for entry in course.data]
    for path in paths:
        for depth in range(1, len(path.parts) + 1):
            name = "/".join(path.parts[:depth])
            other = first.setdefault(nfc(nfc(name).casefold()), name)
            if other.rpartition("/")[0] == name.rpartition("/")[0] and other != name:
                first[nfc(nfc(name).casefold())] = name
                yield Problem(
                    f"{course.place}/{name}",
                    f"Only capitals or accents' encoding tell it from {course.place}/{other}; "
                    "Windows and macOS keep one of the two.",
                    "Rename one of them.",
                    "name-differs-by-case",
                )


def _reasons_alone(course: CourseReading) -> Iterator[Problem]:
    for lesson in course.lessons:
        settings = lesson.settings
        if settings and settings.reason and not settings.placement and not lesson.inspection.placement:
            yield Problem(
                course.config.file.place_of("lessons", settings.position, "reason"),
                f"“{settings.path}” has a `reason` but no `placement`, so nobody reads it.",
                'Add placement = "cluster" (or "browser"), or take the reason out.',
                "reason-alone",
                "warning",
            )


def _licence(course: CourseReading) -> Iterator[Problem]:
    licence = course.config.licence
    if licence is None:
        return
    try:
        canonicalize_license_expression(licence)
    except InvalidLicenseExpression:
        yield Problem(
            course.config.file.place_of("licence"),
            f"“{licence}” isn't an SPDX licence expression.",
            'Write one such as "CC-BY-4.0" or "CC-BY-SA-4.0".',
            "licence-not-spdx",
            "warning",
        )


def _packages(course: CourseReading) -> Iterator[Problem]:
    for wanted in course.config.packages or ():
        try:
            addressed = Requirement(wanted.requirement).url is not None
        except InvalidRequirement:
            addressed = True
        if addressed:
            yield Problem(
                wanted.place,
                f"“{wanted.requirement}” isn't a package's name with, at most, its versions.",
                'Write it as on PyPI: "numpy", or "pandas>=2".',
                "package-malformed",
            )


SITE_RULES: tuple[Callable[[SiteReading], Iterator[Problem]], ...] = (
    _met_while_reading,
    _no_course,
    _stray_notebooks,
    _course_names,
)
COURSE_RULES: tuple[Callable[[CourseReading], Iterator[Problem]], ...] = (
    _no_lesson,
    problems_in_lesson_list,
    _lesson_slugs,
    _twins,
    _heavy_files,
    _empty_globs,
    _names_on_windows,
    _names_that_differ_by_case,
    _reasons_alone,
    _licence,
    _packages,
    problems_in_links,
)
