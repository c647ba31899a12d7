from dataclasses import replace
from pathlib import PurePosixPath

import pytest

from lite_site.lessons.addresses import Shelf
from lite_site.lessons.compose import compose_lesson
from lite_site.pages.model import LessonPage, Neighbour, Phrase, Version, Why
from lite_site.pages.render import render_lesson
from tests.notebooks.samples import Object, code, markdown, parsed, stream
from tests.pages.reading import Page
from tests.pages.samples import asset

HOSTILE = '"><script>alert(1)</script>'
CELLS = (
    markdown("# Les listes\n\nUne *liste*."),
    markdown("## Créer"),
    code("nombres = [1, 2]\nprint('une ligne bien plus longue qu’un téléphone')", stream("1\n"), execution_count=4),
    markdown("## Finir"),
)


def lesson(*cells: Object) -> LessonPage:
    notebook = parsed(*(cells or CELLS))
    return LessonPage(
        title=Phrase("Les listes", "fr"),
        language="fr",
        content=compose_lesson(notebook, "python", PurePosixPath("02.ipynb"), "fr", Shelf({}, frozenset())),
        course_title=Phrase("Premiers pas", "fr"),
        course_href="../index.html",
        site_title=Phrase("Cours du lycée", "fr"),
        portal_href="../../index.html",
        run_href="../notebooks/index.html?path=02.ipynb",
        notebook_href="../files/02.ipynb",
        csp="default-src 'none'",
    )


def shown(page: LessonPage) -> Page:
    return Page(render_lesson(page, asset))


def test_the_page_is_the_lesson_and_runs_no_script() -> None:
    page = shown(lesson())
    assert page.one("html").attributes["lang"] == "fr"
    assert page.one("h1").text == "Les listes"
    assert page.one("title").text == "Les listes · Premiers pas"
    assert "Une liste." in page.one("article").text
    assert page.all("script") == []
    (described,) = [meta for meta in page.all("meta") if meta.attributes.get("name") == "description"]
    assert described.attributes["content"] == "Une liste."
    styles = [link.attributes["href"] for link in page.all("link") if link.attributes["rel"] == "stylesheet"]
    assert styles == ["../../_passerelle/site.css", "../../_passerelle/lesson.css"]


def test_code_and_output_have_names_and_an_address() -> None:
    page = shown(lesson())
    groups = [group.attributes for group in page.marked("role") if group.attributes["role"] == "group"]
    assert [group["aria-label"] for group in groups] == ["Cellule de code 3", "Résultat de la cellule 3"]
    assert ["tabindex" in group for group in groups] == [True, False]
    assert "cell-3" in [element.attributes["id"] for element in page.marked("id")]
    assert page.of_class("count")[0].text == "[4]"


def test_the_lesson_runs_one_link_away_and_its_notebook_can_be_kept() -> None:
    page = shown(lesson())
    ways = [(link.text, link.attributes["href"]) for link in page.of_class("run")]
    assert ways == [("Exécuter cette leçon", "../notebooks/index.html?path=02.ipynb")] * 2
    (kept,) = page.marked("download")
    assert kept.attributes["href"] == "../files/02.ipynb"
    assert "S’exécute dans le navigateur" in page.one("main").text


def test_a_lesson_for_the_cluster_says_why_and_where_in_it() -> None:
    reasons = (Why(Phrase("Elle lance samtools.", "fr"), 3), Why(Phrase("Elle est longue.", "fr")))
    page = shown(replace(lesson(), where="cluster", reasons=reasons))
    assert page.of_class("badge")[0].text == "demande le cluster"
    (why,) = page.of_class("why")
    assert "Elle lance samtools." in why.text
    assert "Elle est longue." in why.text
    assert page.links.count("#cell-3") == 1
    assert {link.text for link in page.of_class("run")} == {"Ouvrir cette leçon"}


def test_contents_list_the_sections_and_not_the_title() -> None:
    (contents,) = shown(lesson()).of_class("contents")
    assert contents.text.split() == ["Dans", "cette", "leçon", "Créer", "Finir"]
    assert shown(lesson(markdown("# Seul"))).of_class("contents") == []
    parts = shown(lesson(markdown("# Un"), markdown("# Deux")))
    assert parts.of_class("contents")[0].text.split()[3:] == ["Un", "Deux"]


@pytest.mark.parametrize("cells", [(markdown("Sans titre."),), (markdown("## Petit titre"),), (code("1"),)])
def test_a_lesson_without_a_title_of_its_own_gets_one(cells: tuple[Object, ...]) -> None:
    assert shown(lesson(*cells)).one("h1").text == "Les listes"


def test_neighbours_and_other_languages_are_a_link_away() -> None:
    before, after = Neighbour(Phrase("Avant", "fr"), "01.html"), Neighbour(Phrase("After", "en"), "03.html")
    page = shown(replace(lesson(), before=before, after=after, alternates=(Version("en", "02.en.html"),)))
    relations = [(link.attributes["rel"], link.text) for link in page.marked("rel") if link.tag == "a"]
    assert relations == [("prev", "Avant"), ("next", "After")]
    assert page.links.count("02.en.html") == 2


def test_folded_parts_open_without_a_script() -> None:
    page = shown(lesson(code("secret()", stream("x"), metadata={"tags": ["hide-input", "hide-output"]})))
    summaries = [summary.text for summary in page.all("summary")]
    assert summaries == ["Afficher le code – Cellule de code 1", "Afficher le résultat – Résultat de la cellule 1"]


def test_what_the_page_cannot_show_leads_to_where_it_can() -> None:
    page = shown(lesson(code("x", {"output_type": "display_data", "metadata": {}, "data": {"text/html": "<script>"}})))
    (note,) = page.of_class("left-out")
    assert "interactif" in note.text
    assert page.links.count("../notebooks/index.html?path=02.ipynb") == 3


def test_hostile_titles_stay_text() -> None:
    hostile = Phrase(HOSTILE, "fr")
    page = shown(
        replace(lesson(markdown("x")), title=hostile, course_title=hostile, site_title=hostile, reasons=(Why(hostile),))
    )
    assert page.all("script") == []
    assert page.one("h1").text == HOSTILE


def test_an_address_off_the_site_is_refused() -> None:
    with pytest.raises(ValueError, match="relative address"):
        shown(replace(lesson(), run_href="https://evil.example/"))
