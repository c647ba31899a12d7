"""The pages the tests look at: a site of two courses, as a teacher would fill it."""

from pathlib import Path

from lite_site.language import LANGUAGES, Language
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
from lite_site.pages.render import STATIC, render_course, render_lesson, render_notice, render_portal, render_signed_in
from tests.pages.lesson_sample import sample_lesson

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
SITE_TITLE: dict[Language, str] = {"fr": "Cours du lycée", "en": "School courses"}
COURSE_TITLE: dict[Language, str] = {"fr": "Génomique avec un phage", "en": "Genomics with a phage"}
DESCRIPTION = Phrase("Lire un vrai génome.\n\nPuis lui poser des questions.", "fr")


def asset(name: str) -> str:
    return f"_passerelle/{name}"


def _versions(own: Language, language: Language) -> tuple[Version, ...]:
    return tuple(Version(other, name_page(own, other)) for other in LANGUAGES if other != language)


def card(language: Language) -> CourseCard:
    title = Phrase(COURSE_TITLE[language], language)
    return CourseCard("genomique", title, DESCRIPTION, "fr", lessons=3, minutes=95, cluster=1)


def portal(language: Language) -> SitePage:
    second = CourseCard("statistics", Phrase("Statistics", "en"), Phrase("Roll dice.", "en"), "en", 1)
    return SitePage(
        title=Phrase(SITE_TITLE[language], language),
        description=Phrase("Ouvrir, lire, essayer.", "fr"),
        language=language,
        courses=(card(language), second),
        alternates=_versions("fr", language),
        csp=CSP,
    )


def lessons() -> tuple[LessonRow, ...]:
    return (
        LessonRow(
            title=Phrase("Lire une séquence", "fr"),
            href="notebooks/index.html?path=01-fasta.ipynb",
            path="01-fasta.ipynb",
            language="fr",
            minutes=30,
            asks_input=True,
            lab_href="lab/index.html?path=01-fasta.ipynb",
            twins=(Twin("en", "notebooks/index.html?path=01-fasta.en.ipynb", "01-fasta.en.ipynb"),),
        ),
        LessonRow(
            title=Phrase("Taux de GC", "fr"),
            href="notebooks/index.html?path=sous%20dossier/02-gc.ipynb",
            path="sous dossier/02-gc.ipynb",
            language="fr",
            minutes=65,
            needs=(Need("numpy", 8.24), Need("matplotlib", 12.31)),
            lab_href="lab/index.html?path=sous%20dossier/02-gc.ipynb",
        ),
        LessonRow(
            title=Phrase("Aligner des lectures", "fr"),
            href="notebooks/index.html?path=03-align.ipynb",
            path="03-align.ipynb",
            language="fr",
            where="cluster",
            reasons=(
                Phrase("importe pysam, sans version pour le navigateur.", "fr"),
                Phrase("lance samtools, un programme.", "fr"),
            ),
            lab_href="lab/index.html?path=03-align.ipynb",
            readable_href="read/03-align.html",
        ),
    )


def course(language: Language) -> CoursePage:
    return CoursePage(
        slug="genomique",
        title=Phrase(COURSE_TITLE[language], language),
        description=DESCRIPTION,
        language=language,
        course_language="fr",
        lessons=lessons(),
        site_title=Phrase(SITE_TITLE[language], language),
        portal_href=f"../{name_page('fr', language)}",
        slugs=("genomique", "statistics"),
        authors=("Passerelle", "Marie-Hélène Dupont"),
        licence="CC-BY-4.0",
        sources_href="files/data/SOURCES.md",
        alternates=_versions("fr", language),
        csp=CSP,
    )


def write_site(folder: Path) -> None:
    """Write the whole sample site, as the build would."""
    (folder / "_passerelle").mkdir(parents=True)
    (folder / "genomique").mkdir()
    for file in STATIC.iterdir():
        (folder / asset(file.name)).write_bytes(file.read_bytes())
    for language in LANGUAGES:
        name = name_page("fr", language)
        (folder / name).write_text(render_portal(portal(language), asset), encoding="utf-8")
        (folder / "genomique" / name).write_text(render_course(course(language), asset), encoding="utf-8")
    (folder / "genomique" / "lessons").mkdir()
    lesson = render_lesson(sample_lesson(CSP), asset)
    (folder / "genomique" / "lessons" / "04.html").write_text(lesson, encoding="utf-8")
    notice = NoticePage("fr", Phrase(SITE_TITLE["fr"], "fr"), CSP)
    (folder / "404.html").write_text(render_notice(notice, asset), encoding="utf-8")
    ended = render_signed_in(SignedInPage("fr", Phrase(SITE_TITLE["fr"], "fr"), CSP), asset)
    (folder / "_passerelle" / "signed-in.html").write_text(ended, encoding="utf-8")
    (folder / asset("signed-in.js")).touch()
