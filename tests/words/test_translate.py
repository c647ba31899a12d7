import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir

import lite_site
from lite_site.language import LANGUAGES, Language
from lite_site.words.translate import Voice, read_catalogue, translator

PACKAGE = Path(lite_site.__file__).parent
ROOMS = ("environment", "lessons", "markdown", "pages", "placement", "steps")


def messages_said() -> set[str | tuple[str, ...]]:
    methods = [("templates/**.html", "jinja2.ext:babel_extract"), ("**.py", "python")]
    options = {"templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
    return {
        found[2]
        for room in ROOMS
        for found in extract_from_dir(PACKAGE / room, method_map=methods, options_map=options)
    }


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def texts(language: Language) -> list[str]:
    return [text for message in read_catalogue(language) if message.id for text in forms(message)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_holds_what_the_pages_say_and_nothing_else(language: Language) -> None:
    catalogue = read_catalogue(language)
    kept = {message.id if isinstance(message.id, str) else tuple(message.id) for message in catalogue if message.id}
    assert len(kept) > 40
    assert kept == messages_said()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_with_its_places(language: Language) -> None:
    for message in read_catalogue(language):
        if not message.id:
            continue
        assert not message.fuzzy, message.id
        assert not list(message.check()), message.id
        assert forms(message), message.id
        assert all(forms(message)), message.id


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ["0 leçon", "1 leçon", "2 leçons", "21 leçons"]),
        ("en", ["0 lessons", "1 lesson", "2 lessons", "21 lessons"]),
    ],
)
def test_plurals_are_those_of_the_language(language: Language, said: list[str]) -> None:
    voice = Voice(translator(language))
    assert [voice.ngettext("%(num)s lesson", "%(num)s lessons", num) for num in (0, 1, 2, 21)] == said


def test_french_is_set_as_french_is() -> None:
    for text in texts("fr"):
        assert not re.search(r"(?<!\u202f)[;!?]", text), f"narrow no-break space before: {text}"
        assert not re.search("(?<!\u00a0)[:»]|«(?!\u00a0)", text), f"no-break space: {text}"
        assert "'" not in text, f"curly apostrophe: {text}"


def test_english_has_curly_apostrophes_and_no_spaces_before_stops() -> None:
    for text in texts("en"):
        assert not re.search(r"\s[;:!?]|'", text), text
