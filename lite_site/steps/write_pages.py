"""Step: the pages people see first: portal, course pages, the notice for dead addresses."""

import hashlib
import json
from collections.abc import Callable, Mapping

from lite_site.courses.model import Course, Lesson
from lite_site.environment.kernel import KERNEL_PACKAGES
from lite_site.environment.wheels import Wheel
from lite_site.language import LANGUAGES, Language, Text
from lite_site.pages.model import (
    CourseCard,
    CoursePage,
    LessonRow,
    Need,
    NoticePage,
    Phrase,
    SignedInPage,
    SitePage,
    Twin,
    Version,
    name_page,
)
from lite_site.pages.render import STATIC, render_course, render_notice, render_portal, render_signed_in
from lite_site.shell.app import QUARTERS_PAGE, render_quarters
from lite_site.site.connection import SIGNED_IN
from lite_site.steps.addresses import app_folder, lesson_href, main_interface, page_href, place_of
from lite_site.steps.build import Build
from lite_site.steps.build_shell import DIST

# Our own pages run one script file and load nothing else.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
)
# The page that a sign-in's code passes through talks to no address at all.
SIGNED_IN_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
)

Needs = Mapping[tuple[str, ...], tuple[Need, ...]]


def write_pages(build: Build) -> None:
    """Write the pages in every language; those of courses taken over whole are there already."""
    write_assets(build)
    slugs = tuple(sorted({*(course.slug for course in build.courses), *build.carried}))
    for course in build.courses:
        if course.slug not in build.reused:
            needs = {imports: needs_of(build, course, imports) for imports in {one.imports for one in course.lessons}}
            for language in LANGUAGES:
                page = course_page(build, course, language, slugs, needs)
                path = f"{course.slug}/{name_page(course.language, language)}"
                build.tree.write(path, render_course(page, asset_of(build)).encode())
    cards = [json.loads(build.tree.read(f"{slug}/course.json")) for slug in slugs]
    wheres = [lesson["placement"]["where"] for card in cards for lesson in card["lessons"]]
    build.lessons, build.on_cluster = len(wheres), wheres.count("cluster")
    for language in LANGUAGES:
        portal = portal_page(build, cards, language)
        build.tree.write(name_page(build.site.language, language), render_portal(portal, asset_of(build)).encode())
    title = Phrase.choose(build.site.title, build.site.language)
    notice = NoticePage(build.site.language, title, POLICY)
    build.tree.write("404.html", render_notice(notice, asset_of(build)).encode())
    ended = SignedInPage(build.site.language, title, SIGNED_IN_POLICY)
    build.tree.write(SIGNED_IN, render_signed_in(ended, asset_of(build)).encode())
    build.tree.write(QUARTERS_PAGE, render_quarters().encode())


def write_assets(build: Build) -> None:
    """Write style, script and mark, named by their content."""
    for source in (*sorted(STATIC.iterdir()), DIST / "signed-in.js"):
        data = source.read_bytes()
        place = f"_passerelle/pages/{hashlib.sha256(data).hexdigest()[:16]}/{source.name}"
        build.tree.write(place, data)
        build.assets[source.name] = place


def portal_page(build: Build, cards: list[dict[str, object]], language: Language) -> SitePage:
    """The portal's content in one language; `cards` are the courses' `course.json`."""
    site = build.site
    return SitePage(
        title=Phrase.choose(site.title, language),
        description=Phrase.choose(site.description, language),
        language=language,
        courses=tuple(card_of(card, language) for card in cards),
        alternates=tuple(Version(other, name_page(site.language, other)) for other in LANGUAGES if other != language),
        csp=POLICY,
    )


def card_of(described: dict[str, object], language: Language) -> CourseCard:
    """A course on the portal, from its `course.json`."""
    match described:
        case {
            "slug": str(slug),
            "title": dict(title),
            "description": dict(description),
            "language": ("fr" | "en") as own,
            "lessons": list(lessons),
        }:
            outline = [lesson for lesson in lessons if lesson["translation_of"] is None]
            minutes = [lesson["minutes"] for lesson in outline if lesson["minutes"]]
            return CourseCard(
                slug=slug,
                title=Phrase.choose(Text(title), language),
                description=Phrase.choose(Text(description), language),
                language=own,
                lessons=len(outline),
                minutes=sum(minutes) or None,
                cluster=sum(lesson["placement"]["where"] == "cluster" for lesson in outline),
            )
    raise ValueError(f"{described.get('slug')}/course.json isn't what this build writes")


def course_page(build: Build, course: Course, language: Language, slugs: tuple[str, ...], needs: Needs) -> CoursePage:
    """A course page's content in one language; `needs` says what each set of imports loads."""
    site = build.site
    sources = next((file.path for file in course.files if file.path.name == "SOURCES.md"), None)
    return CoursePage(
        slug=course.slug,
        title=Phrase.choose(course.title, language),
        description=Phrase.choose(course.description, language),
        language=language,
        course_language=course.language,
        lessons=tuple(lesson_row(course, lesson, language, needs[lesson.imports]) for lesson in course.outline),
        site_title=Phrase.choose(site.title, language),
        portal_href=f"../{name_page(site.language, language)}",
        slugs=slugs,
        authors=course.authors,
        licence=course.licence,
        sources_href=f"files/{sources}" if sources else None,
        alternates=tuple(Version(other, name_page(course.language, other)) for other in LANGUAGES if other != language),
        csp=POLICY,
        console_href=f"{app_folder(course, 'repl', course.language)}/index.html"
        if "repl" in course.interfaces
        else None,
    )


def lesson_row(course: Course, lesson: Lesson, language: Language, needs: tuple[Need, ...]) -> LessonRow:
    """A lesson's line on the course page."""
    main = main_interface(course)
    href = lesson_href(course, lesson, main)
    placement = lesson.placement
    cluster = placement.where == "cluster"
    return LessonRow(
        title=Phrase.choose(lesson.title, language),
        href=href,
        path=str(lesson.published),
        language=lesson.language,
        minutes=lesson.minutes,
        needs=() if cluster else needs,
        asks_input=lesson.asks_input,
        where=placement.where,
        reasons=tuple(Phrase.choose(reason.text, language) for reason in placement.deciding) if cluster else (),
        proven=placement.proven,
        lab_href=lesson_href(course, lesson, "lab") if main != "lab" and "lab" in course.interfaces else None,
        readable_href=page_href(lesson),
        twins=tuple(
            Twin(twin.language, lesson_href(course, twin, main), str(twin.published))
            for twin in course.translations_of(lesson)
        ),
    )


def needs_of(build: Build, course: Course, imports: tuple[str, ...]) -> tuple[Need, ...]:
    """The packages these imports load; each weighs what it adds, in megabytes, to the kernel and those before it."""
    lock = build.locks[course.slug]
    imported = lock.packages_for(imports)
    counted = {*lock.closure_of(KERNEL_PACKAGES), *imported}
    needs: list[Need] = []
    for package in imported:
        brought = [package, *(wheel for wheel in lock.closure_of([package.name]) if wheel not in counted)]
        counted.update(brought)
        needs.append(Need(package.name, sum(size_of(build, wheel) for wheel in brought) / 1e6))
    return tuple(needs)


def size_of(build: Build, wheel: Wheel) -> int:
    """A wheel's size on the site, in bytes."""
    return build.tree.files[place_of(wheel)].size


def asset_of(build: Build) -> Callable[[str], str]:
    """Where a page asset stands, from the site's root."""
    return build.assets.__getitem__
