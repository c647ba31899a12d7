import itertools
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.language import LANGUAGES, Language
from lite_site.pages.model import LessonRow, NoticePage, Phrase, SignedInPage, Version
from lite_site.pages.render import relative, render_course, render_notice, render_portal, render_signed_in

from .reading import Page
from .samples import COURSE_TITLE, CSP, SITE_TITLE, asset, card, course, lessons, portal

HOSTILE = "<script>alert(1)</script>\"'&\u202eevil"


def notice(language: Language) -> str:
    return render_notice(NoticePage(language, Phrase(SITE_TITLE[language], language), CSP), asset)


def signed_in(language: Language) -> str:
    return render_signed_in(SignedInPage(language, Phrase(SITE_TITLE[language], language), CSP), asset)


def every_page(language: Language) -> list[str]:
    pages = [render_portal(portal(language), asset), render_course(course(language), asset)]
    return [*pages, notice(language), signed_in(language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_structure(language: Language) -> None:
    for html in every_page(language):
        page = Page(html)
        assert html.startswith("<!doctype html>\n<html")
        assert page.one("html").attributes["lang"] == language
        assert page.one("main").attributes["id"] == "content"
        assert page.one("header").ancestors == ("html", "body")
        assert page.one("title").text
        levels = [int(heading.tag[1]) for heading in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
        identifiers = [element.attributes["id"] for element in page.marked("id")]
        assert len(identifiers) == len(set(identifiers))
        assert page.all("a")[0].attributes["href"] == "#content"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_inline_and_nothing_from_elsewhere(language: Language) -> None:
    for html in every_page(language):
        page = Page(html)
        assert not page.marked("style")
        assert not page.all("style")
        assert all(element.attributes.get("src") and not element.text for element in page.all("script"))
        assert not [name for element in page.elements for name in element.attributes if name.startswith("on")]
        addresses = [*page.links, *(element.attributes["src"] or "" for element in page.marked("src"))]
        for address in addresses:
            assert not urlsplit(address).scheme, address
            assert not urlsplit(address).netloc, address
            assert not address.startswith("/"), address
        assert "http" not in html.replace("http-equiv", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_policy_stands_first_and_encoding_within_the_first_kilobyte(language: Language) -> None:
    for html in every_page(language):
        first, second = [element for element in Page(html).elements if element.ancestors == ("html", "head")][:2]
        assert first.attributes == {"http-equiv": "Content-Security-Policy", "content": CSP}
        assert second.attributes == {"charset": "utf-8"}
        assert html.encode().index(b"charset") < 1024


def test_page_without_a_policy_has_no_empty_one() -> None:
    assert "Content-Security-Policy" not in render_notice(NoticePage("fr", Phrase("Site", "fr")), asset)


def test_same_data_same_text() -> None:
    assert every_page("fr") == every_page("fr")


def test_assets_are_reached_from_the_page() -> None:
    assert "./_passerelle/site.css" in Page(render_portal(portal("fr"), asset)).links
    assert "../_passerelle/site.css" in Page(render_course(course("fr"), asset)).links


@pytest.mark.parametrize(("language", "other"), [("fr", "en"), ("en", "fr")])
def test_language_switch(language: Language, other: Language) -> None:
    for html in every_page(language)[:2]:
        page = Page(html)
        (link,) = [a for a in page.all("a") if "nav" in a.ancestors]
        assert link.attributes["hreflang"] == link.attributes["lang"] == other
        assert link.text == {"fr": "Français", "en": "English"}[other]
        assert link.attributes["href"] == ("index.html" if other == "fr" else "index.en.html")
        (current,) = page.marked("aria-current")
        assert current.text == {"fr": "Français", "en": "English"}[language]


def test_texts_in_another_language_say_so() -> None:
    page = Page(render_course(course("en"), asset))
    languages = {element.text: element.language for element in page.all("bdi")}
    assert languages["Lire un vrai génome."] == "fr"
    assert languages["Lire une séquence"] == "fr"
    assert languages["importe pysam, sans version pour le navigateur."] == "fr"
    assert languages[COURSE_TITLE["en"]] == "en"


def test_portal_leads_to_each_course_in_the_language_of_the_portal() -> None:
    assert {"genomique/index.html", "statistics/index.fr.html"} < set(Page(render_portal(portal("fr"), asset)).links)
    assert {"genomique/index.en.html", "statistics/index.html"} < set(Page(render_portal(portal("en"), asset)).links)


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [
        ("fr", 0, "0 leçon"),
        ("fr", 1, "1 leçon"),
        ("fr", 12, "12 leçons"),
        ("en", 0, "0 lessons"),
        ("en", 1, "1 lesson"),
        ("en", 12, "12 lessons"),
    ],
)
def test_card_counts_its_lessons(language: Language, number: int, said: str) -> None:
    page = Page(render_portal(replace(portal(language), courses=(replace(card(language), lessons=number),)), asset))
    assert said in [item.text for item in page.all("li")]


def test_card_says_what_is_on_the_cluster_only_if_something_is() -> None:
    some = Page(render_portal(replace(portal("fr"), courses=(replace(card("fr"), cluster=2),)), asset))
    none = Page(render_portal(replace(portal("fr"), courses=(replace(card("fr"), cluster=0),)), asset))
    assert [badge.text for badge in some.of_class("badge")] == ["dont 2 sur le cluster"]
    assert not none.of_class("badge")


def test_empty_site_and_empty_course_say_so() -> None:
    assert "Il n\u2019y a pas encore de cours ici." in render_portal(replace(portal("fr"), courses=()), asset)
    assert "There is no lesson here yet." in render_course(replace(course("en"), lessons=()), asset)


def test_lesson_says_what_it_needs() -> None:
    page = Page(render_course(course("fr"), asset))
    facts = [element.text.replace("\u00a0", " ") for element in page.all("li") if "ol" in element.ancestors]
    assert "Charge numpy (8,2 Mo), matplotlib (12 Mo)" in facts
    assert "Pose des questions, réponses au clavier" in facts
    assert "1 h 05" in facts
    abouts = dict(zip([dt.text for dt in page.all("dt")], [dd.text for dd in page.all("dd")], strict=True))
    assert abouts == {
        "Durée": "au moins 1\u00a0h\u00a035",
        "Écrit par": "Passerelle, Marie-Hélène Dupont",
        "Licence": "CC-BY-4.0",
        "Données": "origine et licences",
    }


def test_lesson_on_the_cluster_is_no_link_that_pretends_to_run() -> None:
    row = lessons()[2]
    page = Page(render_course(replace(course("fr"), lessons=(row,)), asset))
    ways = [(link.text, link.attributes["href"]) for link in page.all("a") if "ol" in link.ancestors]
    assert ways == [
        ("Lire la leçon \u2013 Aligner des lectures", row.readable_href),
        ("Ouvrir cette leçon \u2013 Aligner des lectures", row.href),
    ]
    assert [badge.text for badge in page.of_class("badge")] == ["demande le cluster", "modifiée ici"]
    assert "Pourquoi\u00a0: importe pysam" in page.one("ol").text


def test_links_that_read_alike_carry_the_title_of_their_lesson() -> None:
    page = Page(render_course(course("en"), asset))
    texts = [link.text for link in page.all("a") if "ol" in link.ancestors]
    assert len(texts) == len(set(texts))
    assert "Open in JupyterLab \u2013 Taux de GC" in texts


def test_marks_wait_hidden_for_the_script() -> None:
    page = Page(render_course(course("fr"), asset))
    marks = page.marked("data-edited")
    paths = ["01-fasta.ipynb", "01-fasta.en.ipynb", "sous dossier/02-gc.ipynb", "03-align.ipynb"]
    assert [mark.attributes["data-edited"] for mark in marks] == paths
    assert all("hidden" in mark.attributes for mark in [*marks, *page.marked("data-work")])
    (opener,) = [button for button in page.all("button") if button.attributes.get("id") == "erase-open"]
    assert "hidden" in opener.attributes


def test_dialog_names_the_courses() -> None:
    dialog = Page(render_portal(portal("fr"), asset)).one("dialog")
    assert dialog.attributes["data-courses"] == "genomique statistics"
    assert dialog.attributes["data-root"] == "."
    assert "data-course" not in dialog.attributes
    assert COURSE_TITLE["fr"] in dialog.text
    dialog = Page(render_course(course("fr"), asset)).one("dialog")
    assert dialog.attributes["data-course"] == "genomique"
    assert dialog.attributes["data-root"] == ".."


def test_notice_speaks_both_languages_and_leads_home() -> None:
    page = Page(notice("en"))
    assert page.one("h1").text == "This page doesn\u2019t exist"
    (french,) = page.all("h2")
    assert (french.text, french.language) == ("Cette page n\u2019existe pas", "fr")
    assert {"./index.html", "./index.fr.html"} < set(page.links)
    page = Page(render_notice(NoticePage("fr", Phrase("Site", "fr"), root="/cours"), asset))
    assert {"/cours/index.html", "/cours/_passerelle/site.css"} < set(page.links)


def test_the_end_of_a_sign_in_speaks_both_languages_and_keeps_the_code_to_itself() -> None:
    page = Page(signed_in("fr"))
    said = page.one("main").text
    assert "Connexion terminée" in said
    assert "Tu peux fermer cette fenêtre" in said
    assert "You may close this window" in said
    head = [element for element in page.elements if element.ancestors[-1:] == ("head",)]
    order = [element.attributes.get("name") or element.tag for element in head]
    assert order.index("referrer") < order.index("script") < order.index("link")
    assert head[order.index("referrer")].attributes["content"] == "no-referrer"
    assert [element.attributes["src"] for element in page.all("script")] == ["../_passerelle/signed-in.js"]
    assert [element.attributes["href"] for element in page.all("a")] == ["#content"]


def test_hostile_texts_stay_texts() -> None:
    hostile = Phrase(HOSTILE, "fr")
    why = (hostile, hostile)
    row = LessonRow(hostile, "a.html", HOSTILE, "fr", where="cluster", reasons=why, readable_href="b.html")
    html = render_course(
        replace(course("fr"), lessons=(row,), title=hostile, authors=(HOSTILE,), licence=HOSTILE), asset
    )
    page = Page(html)
    assert [script.attributes["src"] for script in page.all("script")] == ["../_passerelle/site.js"]
    assert page.one("h1").text == HOSTILE
    assert page.marked("data-edited")[0].attributes["data-edited"] == HOSTILE
    assert "\u202e" not in page.one("title").text
    shown = [element for element in page.elements if HOSTILE in element.text]
    assert len([element for element in shown if element.tag == "bdi"]) >= 5


@pytest.mark.parametrize("href", ["javascript:alert(1)", "//host/x", "/x", "http://host/", "a\nb", "\\\\host", ""])
def test_href_off_the_site_is_refused(href: str) -> None:
    with pytest.raises(ValueError, match="relative address"):
        relative(href)
    row = LessonRow(Phrase("Une leçon", "fr"), href, "a.ipynb", "fr")
    with pytest.raises(ValueError, match="relative address"):
        render_course(replace(course("fr"), lessons=(row,)), asset)
    with pytest.raises(ValueError, match="relative address"):
        render_course(replace(course("fr"), alternates=(Version("en", href),)), asset)


@given(st.text())
def test_any_title_makes_a_page_that_reads(title: str) -> None:
    page = Page(render_portal(replace(portal("fr"), courses=(replace(card("fr"), title=Phrase(title, "fr")),)), asset))
    assert len(page.all("h1")) == 1
    assert len(page.all("h3")) == 1
