from dataclasses import replace

import pytest

from lite_site.language import Language, Text
from lite_site.pages.model import LessonRow, Phrase, name_page

from .samples import course, lessons


@pytest.mark.parametrize(
    ("texts", "chosen"),
    [
        ({"fr": "Bonjour", "en": "Hello"}, Phrase("Hello", "en")),
        ({"fr": "Bonjour"}, Phrase("Bonjour", "fr")),
        ({}, Phrase("", "en")),
    ],
)
def test_phrase_keeps_the_language_it_is_in(texts: dict[Language, str], chosen: Phrase) -> None:
    assert Phrase.choose(Text(texts), "en") == chosen


def test_course_time_is_that_of_the_lessons_that_say_it() -> None:
    page = course("fr")
    assert page.minutes == 95
    assert not page.all_timed
    assert replace(course("fr"), lessons=lessons()[:2]).all_timed


def test_course_without_times_has_none() -> None:
    row = LessonRow(Phrase("Une leçon", "fr"), "a.html", "a.ipynb", "fr")
    assert replace(course("fr"), lessons=(row,)).minutes is None
    assert replace(course("fr"), lessons=()).minutes is None


def test_page_in_its_own_language_is_the_index() -> None:
    assert name_page("fr", "fr") == "index.html"
    assert name_page("fr", "en") == "index.en.html"
