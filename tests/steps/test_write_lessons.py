"""The pages to read that a build writes: one a lesson, made anew only where something changed."""

import json
import os
from pathlib import Path

import pytest

from lite_site.pipeline import Result, build_site
from lite_site.problems import BuildError
from lite_site.report import SilentReport
from lite_site.settings import make_settings
from tests.lessons.test_pictures import png
from tests.notebooks.samples import code, markdown, notebook, write
from tests.pages.reading import Page
from tests.small import files_of, is_whole

FIGURE = {"output_type": "display_data", "metadata": {}, "data": {"image/png": png(padding=1_000_000)}}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "contents" / "calcul"
    folder.mkdir(parents=True)
    (folder / "course.toml").write_text('title = "Calcul"\nlanguage = "fr"\n')
    (folder / "tailles.csv").write_text("nom,taille\nAda,165\n")
    links = "[suite](plus%20loin/étude.ipynb) [données](tailles.csv) [vers rien](#Nulle-part)"
    write(folder / "01-début.ipynb", notebook(markdown(f"# Début\n\n{links}"), code("x", FIGURE)))
    write(folder / "01-début.en.ipynb", notebook(markdown("# Start\n\nThe first of the lessons."), code("1")))
    write(folder / "plus loin" / "étude.ipynb", notebook(markdown("# Étude\n\n[avant](../01-début.ipynb)")))
    return folder


def build(course: Path) -> Result:
    settings = make_settings(contents=course.parent, output=course.parents[1] / "_site")
    return build_site(settings, SilentReport())


def lessons_of(course: Path) -> Path:
    return course.parents[1] / "_site" / "calcul" / "lessons"


def page_of(course: Path, name: str) -> Page:
    return Page((lessons_of(course) / name).read_text(encoding="utf-8"))


def test_every_lesson_has_a_page_and_course_json_names_it(course: Path) -> None:
    build(course)
    site = course.parents[1] / "_site"
    described = json.loads((site / "calcul" / "course.json").read_bytes())["lessons"]
    pages = [lesson["page"] for lesson in described]
    assert pages == ["lessons/01-debut.html", "lessons/01-debut.en.html", "lessons/plus-loin-etude.html"]
    assert all((site / "calcul" / page).is_file() for page in pages)
    outline = Page((site / "calcul" / "index.html").read_text(encoding="utf-8"))
    assert {pages[0], pages[2]} < set(outline.links)
    assert "notebooks/index.html?path=01-d%C3%A9but.ipynb" in outline.links
    assert is_whole(site)


def test_pages_lead_to_each_other_to_files_and_to_where_the_lesson_runs(course: Path) -> None:
    build(course)
    first, last = page_of(course, "01-debut.html"), page_of(course, "plus-loin-etude.html")
    assert {"plus-loin-etude.html", "../files/tailles.csv", "../index.html", "../../index.html"} < set(first.links)
    assert "../notebooks/index.html?path=01-d%C3%A9but.ipynb" in first.links
    assert "../files/plus%20loin/%C3%A9tude.ipynb" in last.links
    assert last.links.count("01-debut.html") == 2
    assert [link.text for link in first.marked("rel") if link.attributes["rel"] == "next"] == ["Étude"]


def test_twins_lead_to_each_other_and_speak_their_language(course: Path) -> None:
    build(course)
    french, english = page_of(course, "01-debut.html"), page_of(course, "01-debut.en.html")
    assert "01-debut.en.html" in french.links
    assert "01-debut.html" in english.links
    assert english.one("html").attributes["lang"] == "en"
    assert "../index.en.html" in english.links
    assert "../en/notebooks/index.html?path=01-d%C3%A9but.en.ipynb" in english.links
    assert "plus-loin-etude.html" in english.links


def test_a_heavy_picture_is_a_file_beside_the_pages_and_stays_while_its_page_does(course: Path) -> None:
    build(course)
    (picture,) = (lessons_of(course) / "pictures").iterdir()
    assert picture.stat().st_size > 1_000_000
    assert page_of(course, "01-debut.html").one("img").attributes["src"] == f"pictures/{picture.name}"
    write(course / "plus loin" / "étude.ipynb", notebook(markdown("# Étude changée")))
    build(course)
    assert [path.name for path in (lessons_of(course) / "pictures").iterdir()] == [picture.name]
    write(course / "01-début.ipynb", notebook(markdown("# Début")))
    build(course)
    assert not (lessons_of(course) / "pictures").exists()


def test_an_edit_makes_anew_the_pages_it_concerns_and_no_others(course: Path) -> None:
    build(course)
    before = {path.name: path.stat().st_ino for path in lessons_of(course).glob("*.html")}
    write(course / "plus loin" / "étude.ipynb", notebook(markdown("# Étude\n\nUne phrase de plus.")))
    build(course)
    after = {path.name: path.stat().st_ino for path in lessons_of(course).glob("*.html")}
    assert {name for name in before if before[name] != after[name]} == {"plus-loin-etude.html"}
    assert "Une phrase de plus." in page_of(course, "plus-loin-etude.html").one("article").text


def test_a_file_that_goes_takes_the_links_to_it_along(course: Path) -> None:
    write(course / "01-début.ipynb", notebook(markdown("# Début\n\n[données](tailles.csv)")))
    build(course)
    write(course / "01-début.ipynb", notebook(markdown("# Début\n\ndonnées")))
    (course / "tailles.csv").unlink()
    build(course)
    assert "../files/tailles.csv" not in page_of(course, "01-debut.html").links


def test_a_page_touched_by_hand_is_put_right(course: Path) -> None:
    build(course)
    page = lessons_of(course) / "01-debut.html"
    text = page.read_text(encoding="utf-8")
    page.write_text(text + "<p>par une main</p>", encoding="utf-8")
    os.utime(page, ns=(1, 1))
    build(course)
    assert page.read_text(encoding="utf-8") == text


def test_two_builds_give_the_same_bytes(course: Path) -> None:
    build(course)
    once = files_of(lessons_of(course))
    for path in (course.parents[1] / ".passerelle").rglob("*.json"):
        path.unlink()
    build(course)
    assert files_of(lessons_of(course)) == once


def test_the_audit_reads_these_pages_too(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lite_site.lessons.addresses.FILES", "../nowhere")
    with pytest.raises(BuildError) as raised:
        build(course)
    (problem,) = raised.value.problems
    assert (problem.place, problem.code) == ("calcul/lessons/01-debut.html", "audit-dead")
