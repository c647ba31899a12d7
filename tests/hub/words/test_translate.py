import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fallback_hub
from fallback_hub.words import LANGUAGES, Language, preferred_language, said_in, translated
from fallback_hub.words.translate import read_catalogue

PACKAGE = Path(fallback_hub.__file__).parent
NARROW, WIDE = "\u202f", "\u00a0"


def texts_in_code() -> set[str]:
    """Every text in the code and templates of the hub's side."""
    found: set[str] = set()
    for file in PACKAGE.rglob("*.py"):
        tree = ast.parse(file.read_text())
        found |= {
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    for file in PACKAGE.rglob("templates/*.html"):
        found |= set(re.findall(r'say\("([^"]+)"\)', file.read_text()))
    return found


def texts_said() -> set[str]:
    """What is given to `translated` and `said_in` in the open, and to `say` in templates."""
    said: set[str] = set()
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                place = {"translated": 0, "said_in": 1}.get(node.func.id)
                if place is not None and len(node.args) > place and isinstance(node.args[place], ast.Constant):
                    said.add(ast.literal_eval(node.args[place]))
    for file in PACKAGE.rglob("templates/*.html"):
        said |= set(re.findall(r'say\("([^"]+)"\)', file.read_text()))
    return said


def catalogue(language: Language) -> dict[str, str]:
    return {str(message.id): str(message.string) for message in read_catalogue(language) if message.id}


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_holds_what_the_code_says_and_nothing_else(language: Language) -> None:
    kept = set(catalogue(language))
    assert texts_said() <= kept
    assert kept <= texts_in_code()


def test_both_catalogues_say_the_same() -> None:
    assert set(catalogue("fr")) == set(catalogue("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_with_its_places(language: Language) -> None:
    for message in read_catalogue(language):
        if message.id:
            assert message.string, message.id
            assert not message.fuzzy, message.id
            assert not list(message.check()), message.id
            places = re.compile(r"%\((\w+)\)s")
            assert set(places.findall(str(message.id))) == set(places.findall(str(message.string))), message.id


def test_french_is_set_as_french_is() -> None:
    for text in catalogue("fr").values():
        assert not re.search(f"(?<!{NARROW})[;!?]", text), f"narrow no-break space before: {text}"
        assert not re.search(f"(?<!{WIDE})[:»]|«(?!{WIDE})", text), f"no-break space: {text}"
        assert "'" not in text, f"curly apostrophe: {text}"


def test_english_has_curly_apostrophes() -> None:
    for text in catalogue("en").values():
        assert not re.search(r"\s[;:!?]|'", text), text


def test_a_text_in_both_languages_with_its_values() -> None:
    said = translated("Too many wrong passwords. Try again in %(minutes)s min.", minutes="<b>3</b>")
    assert said["en"] == "Too many wrong passwords. Try again in <b>3</b> min."
    assert said["fr"].startswith("Trop de mots de passe faux.")
    assert said_in("fr", "Sign in") == "Se connecter"


@pytest.mark.parametrize(
    ("wish", "language"),
    [
        ("", "en"),
        ("fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        ("en-GB,fr;q=0.9", "en"),
        ("de,fr;q=0.3,en;q=0.7", "en"),
        ("de, FR ; q=0.5", "fr"),
        ("*", "en"),
        ("fr;q=0, en;q=0.1", "en"),
    ],
)
def test_the_language_a_browser_would_rather_read(wish: str, language: str) -> None:
    assert preferred_language(wish) == language


@given(st.text(max_size=60))
def test_any_wish_is_heard(wish: str) -> None:
    assert preferred_language(wish) in LANGUAGES
