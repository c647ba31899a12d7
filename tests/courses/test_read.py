import json
import unicodedata
from pathlib import Path

import pytest

from lite_site.courses.model import Course, Profile, Word
from lite_site.courses.read import read_site
from lite_site.language import Text
from lite_site.notebooks.cache import InspectionCache
from lite_site.notebooks.read import read_edition
from lite_site.site.connection import Hub
from tests.notebooks.samples import code, markdown, write

from .samples import Contents

SHIPPED = Path(__file__).parents[2] / "contents"
JUPYTEXT = "---\njupyter:\n  jupytext:\n    formats: ipynb,md\n---\n\n# From text\n"


def only_course(contents: Contents) -> Course:
    (course,) = contents.site().courses
    return course


def outline(course: Course) -> list[str]:
    return [lesson.slug for lesson in course.lessons]


def test_a_folder_without_course_toml_is_a_course(contents: Contents) -> None:
    contents.prose("02-génétique des populations/10.ipynb", "# Dix")
    contents.prose(
        "02-génétique des populations/2.ipynb", "Sans titre, mais dans le texte avec les mots et une phrase."
    )
    contents.prose("02-génétique des populations/suite/1.ipynb", "# Un")
    for name in ("data/é à.csv", "README.md", "requirements.txt", "environment.lock", ".hidden", "plots.py"):
        contents.file(f"02-génétique des populations/{name}")
    course = only_course(contents)
    assert course.slug == "02-genetique-des-populations"
    assert course.title == Text({"fr": "Génétique des populations"})
    assert course.language == "fr"
    assert course.interfaces == ("notebooks", "lab")
    assert outline(course) == ["2", "10", "suite-1"]
    assert [str(lesson.published) for lesson in course.lessons] == ["2.ipynb", "10.ipynb", "suite/1.ipynb"]
    assert [lesson.title for lesson in course.lessons] == [Text({"fr": "2"}), Text({"fr": "Dix"}), Text({"fr": "Un"})]
    assert [str(file.path) for file in course.files] == ["plots.py", "data/é à.csv"]


def test_site_toml_names_the_hub(contents: Contents) -> None:
    contents.prose("a/a.ipynb", "# A")
    assert contents.site().hub is None
    contents.file("site.toml", 'hub_url = "https://Hub.Example/jupyter"')
    assert contents.site().hub == Hub("https://hub.example/jupyter/")


def test_programs_of_the_course_and_of_a_lesson(contents: Contents) -> None:
    contents.prose("a/a.ipynb", "# A")
    contents.prose("a/b.ipynb", "# B")
    listed = '[[lessons]]\npath = "a.ipynb"\nprograms = ["bowtie2", "bowtie2"]\n[[lessons]]\npath = "b.ipynb"'
    contents.file("a/course.toml", f'programs = ["samtools"]\n{listed}')
    (course,) = contents.site().courses
    assert course.programs == ("samtools",)
    assert [lesson.programs for lesson in course.lessons] == [("bowtie2",), ()]


def test_course_toml_decides(contents: Contents) -> None:
    contents.file("site.toml", 'title = "Courses"\nlanguage = "en"\n')
    contents.file(
        "a/course.toml",
        """
title = { fr = "Le cours", en = "The course" }
description = "What it is."
language = "en"
authors = ["Ada", "Grace"]
licence = "CC-BY-4.0"
minutes = 15
packages = ["numpy>=2"]
data = ["data/*.csv"]
interfaces = ["lab", "repl"]
[[lessons]]
path = "b.ipynb"
[[lessons]]
path = "a.ipynb"
title = "First"
minutes = 40
placement = "cluster"
profile = "big"
reason = "Heavy."
[profiles.big]
cpus = 8
memory = "64 GB"
[budget]
file = "1.5 GB"
""",
    )
    contents.lesson("a/a.ipynb", markdown("# A"))
    contents.lesson("a/b.ipynb", markdown("# B"), code("import numpy\ninput()"))
    contents.file("a/data/x.csv")
    contents.file("a/data/x.txt")
    site = contents.site()
    assert (site.title, site.language) == (Text({"en": "Courses"}), "en")
    (course,) = site.courses
    assert course.title.in_language("fr") == "Le cours"
    assert course.description == Text({"en": "What it is."})
    assert (course.authors, course.licence, course.packages) == (("Ada", "Grace"), "CC-BY-4.0", ("numpy>=2",))
    assert course.interfaces == ("lab", "repl")
    assert [str(file.path) for file in course.files] == ["data/x.csv"]
    first, second = course.lessons
    assert (first.slug, first.minutes, first.word) == ("b", 15, Word())
    assert (first.imports, first.asks_input) == (("numpy",), True)
    assert (second.title, second.minutes) == (Text({"en": "First"}), 40)
    assert second.word == Word("cluster", "big", Text({"en": "Heavy."}))
    assert course.profiles == (Profile("big", cpus=8, memory=64_000_000_000, gpus=0, minutes=120),)


def test_the_sha256_is_that_of_what_is_published(contents: Contents) -> None:
    path = contents.prose("a/a.ipynb", "# A")
    (lesson,) = only_course(contents).lessons
    path.write_bytes(read_edition(path, "a").content)
    assert only_course(contents).lessons == (lesson,)


def test_twins_follow_their_original_and_take_its_settings(contents: Contents) -> None:
    contents.file(
        "a/course.toml",
        'language = "fr"\nlessons = [{ path = "x.ipynb", minutes = 30, placement = "cluster" }, "y.ipynb"]',
    )
    contents.prose("a/x.ipynb", "# Le x")
    contents.prose("a/x.en.ipynb", "# The x")
    contents.prose("a/y.ipynb", "# Le y")
    course = only_course(contents)
    assert outline(course) == ["x", "x.en", "y"]
    original, twin, _ = course.lessons
    assert course.translations_of(original) == (twin,)
    assert [lesson.slug for lesson in course.outline] == ["x", "y"]
    assert (twin.language, twin.title, str(twin.published)) == ("en", Text({"en": "The x"}), "x.en.ipynb")
    assert (twin.minutes, twin.word.where) == (30, "cluster")


def test_of_two_suffixed_twins_the_one_in_the_courses_language_is_the_original(contents: Contents) -> None:
    contents.file("a/course.toml", 'language = "fr"')
    contents.prose("a/x.en.ipynb", "# The x")
    contents.prose("a/x.fr.ipynb", "# Le x")
    lessons = only_course(contents).lessons
    assert [(lesson.slug, lesson.language, lesson.translation_of) for lesson in lessons] == [
        ("x", "fr", None), ("x.en", "en", "x"),
    ]  # fmt: skip


def test_the_language_comes_from_the_notebooks_then_the_site(contents: Contents) -> None:
    contents.prose("a/a.ipynb", "# A", language="en")
    contents.prose("b/a.ipynb", "In this lesson you will read the file and count the lines that are in it.")
    contents.prose("c/a.ipynb", "# ATGC")
    contents.file("site.toml", 'language = "en"')
    assert [course.language for course in contents.site().courses] == ["en", "en", "en"]
    contents.file("site.toml", "")
    assert [course.language for course in contents.site().courses] == ["en", "en", "fr"]


def test_of_a_jupytext_pair_the_notebook_wins(contents: Contents) -> None:
    contents.prose("a/x.ipynb", "# With outputs", jupytext={"formats": "ipynb,md"})
    contents.file("a/x.md", JUPYTEXT)
    course = only_course(contents)
    assert [str(lesson.path) for lesson in course.lessons] == ["x.ipynb"]
    assert course.files == ()


def test_a_listed_text_notebook_is_taken_even_if_paired(contents: Contents) -> None:
    contents.prose("a/x.ipynb", "# With outputs", jupytext={"formats": "ipynb,md"})
    contents.file("a/x.md", JUPYTEXT)
    contents.file("a/course.toml", 'lessons = ["x.md"]')
    (lesson,) = only_course(contents).lessons
    assert (str(lesson.path), str(lesson.published)) == ("x.md", "x.ipynb")
    assert lesson.title == Text({"fr": "From text"})


def test_names_are_published_with_accents_in_one_piece(contents: Contents) -> None:
    apart = unicodedata.normalize("NFD", "données")
    contents.prose(f"a/{apart}.ipynb", "![courbe](donn%C3%A9es.png)")
    contents.file(f"a/{apart}.png")
    contents.file("a/course.toml", 'lessons = ["données.ipynb"]\ndata = ["données.png"]')
    course = only_course(contents)
    assert [str(lesson.published) for lesson in course.lessons] == ["données.ipynb"]
    assert [str(file.path) for file in course.files] == ["données.png"]
    assert (course.folder / course.lessons[0].path).exists()
    assert course.files[0].source.exists()


def test_an_unlisted_notebook_may_be_data(contents: Contents) -> None:
    contents.prose("a/a.ipynb", "# A")
    contents.prose("a/data/raw.ipynb", "# Raw")
    contents.file("a/course.toml", 'lessons = ["a.ipynb"]\ndata = ["data/*"]')
    assert contents.found() == []
    assert [str(file.path) for file in only_course(contents).files] == ["data/raw.ipynb"]


def test_a_second_reading_opens_what_changed_only(contents: Contents) -> None:
    for number in range(5):
        contents.prose(f"a/{number}.ipynb", f"# {number}")
    later = InspectionCache(clock=lambda: 2**62)
    first, _ = read_site(contents.folder, later)
    cache = InspectionCache(json.loads(json.dumps(later.as_dict())))
    assert read_site(contents.folder, cache)[0] == first
    assert cache.opened == []
    changed = write(contents.folder / "a" / "3.ipynb", json.loads((contents.folder / "a/4.ipynb").read_bytes()))
    cache = InspectionCache(later.as_dict())
    assert read_site(contents.folder, cache)[0] != first
    assert cache.opened == [changed]


def test_the_shipped_courses_are_sound() -> None:
    site, problems = read_site(SHIPPED)
    assert [str(problem) for problem in problems] == []
    assert [course.slug for course in site.courses] == ["genomique", "python-premiers-pas", "statistics"]
    assert all(lesson.minutes for course in site.courses for lesson in course.lessons)


@pytest.mark.parametrize("declared", [False, True], ids=["notebooks alone", "a course.toml"])
def test_a_folder_of_notebooks_is_a_course_by_itself(contents: Contents, declared: bool) -> None:
    contents.prose("1.ipynb", "# Un")
    contents.file("images/logo.png")
    if declared:
        contents.file("course.toml", "title = 'Tout'")
        contents.prose("suite/2.ipynb", "# Deux")
    site, problems = read_site(contents.folder)
    assert problems == []
    (course,) = site.courses
    assert [lesson.path.as_posix() for lesson in course.lessons] == ["1.ipynb", "suite/2.ipynb"][: 1 + declared]
    assert [file.path.as_posix() for file in course.files] == ["images/logo.png"]


def test_a_built_site_is_no_part_of_the_contents(contents: Contents) -> None:
    contents.prose("rna/1.ipynb", "# Un")
    for site in ("site", "rna/site"):
        contents.file(f"{site}/_passerelle/x.js")
        contents.prose(f"{site}/rna/files/1.ipynb", "# Un")
    site_read, problems = read_site(contents.folder)
    assert problems == []
    assert [course.slug for course in site_read.courses] == ["rna"]
    assert [lesson.path.as_posix() for lesson in site_read.courses[0].lessons] == ["1.ipynb"]
    assert site_read.courses[0].files == ()
