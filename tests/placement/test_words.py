import re

import pytest

from lite_site.language import LANGUAGES, Language
from lite_site.placement.sentences import PLATFORMS, SENTENCES
from lite_site.placement.words import all_of, amount, one_of, say
from lite_site.words.translate import read_catalogue


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_in_the_catalogues_with_its_places(language: Language) -> None:
    said = {message.id: message.string for message in read_catalogue(language) if isinstance(message.id, str)}
    for sentence in (*SENTENCES.values(), *((None, name, "") for name in PLATFORMS.values())):
        for message in filter(None, sentence[1:]):
            assert set(re.findall(r"%\(\w+\)s", str(said[message]))) == set(re.findall(r"%\(\w+\)s", message))


@pytest.mark.parametrize(
    ("names", "english", "french"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a and b", "a et b"),
        (["a", "b", "c", "d"], "a, b, c and d", "a, b, c et d"),
        (["a", "b", "c", "d", "e"], "a, b, c and 2 more", "a, b, c et 2 autres"),
    ],
)
def test_names_stand_in_a_row(names: list[str], english: str, french: str) -> None:
    text = all_of(names)
    assert (text.in_language("en"), text.in_language("fr")) == (english, french)


def test_names_to_choose_from() -> None:
    assert one_of(["numpy", "runpy"]).in_language("fr") == "numpy ou runpy"
    assert one_of(["numpy"]).in_language("fr") == "numpy"


@pytest.mark.parametrize(
    ("size", "english", "french"),
    [
        (1, "1 kB", "1 ko"),
        (20_000, "20 kB", "20 ko"),
        (2_500_000, "2.5 MB", "2,5 Mo"),
        (350_000_000, "350 MB", "350 Mo"),
        (2_100_000_000, "2.1 GB", "2,1 Go"),
    ],
)
def test_sizes_are_written_as_in_each_language(size: int, english: str, french: str) -> None:
    text = amount(size)
    assert text.in_language("en").replace("\u00a0", " ") == english
    assert text.in_language("fr").replace("\u00a0", " ") == french


def test_a_value_that_is_a_text_is_said_in_its_own_language() -> None:
    text = say("%(first)s and %(last)s", first=amount(20_000), last="100 %")
    assert text.in_language("fr").replace("\u00a0", " ") == "20 ko et 100 %"
