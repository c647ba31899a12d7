"""Everything the hub's side says to people, in French and English at once: pages pick the reader's language."""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Literal

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")
MESSAGES = Path(__file__).with_name("messages")


def read_catalogue(language: Language) -> Catalog:
    """Read `messages/<language>.po`; a broken catalogue raises babel's PoFileError."""
    with (MESSAGES / f"{language}.po").open("rb") as lines:
        return read_po(lines, locale=language, abort_invalid=True)


@cache
def translator(language: Language) -> Translations:
    """The translations of `language`, compiled in memory from its catalogue."""
    compiled = BytesIO()
    write_mo(compiled, read_catalogue(language))
    compiled.seek(0)
    return Translations(compiled, domain="messages")


def translated(message: str, **values: object) -> dict[str, str]:
    """The message by language, with `values` in its %(name)s places; plain text, for whoever shows it to escape."""
    return {language: said_in(language, message, **values) for language in LANGUAGES}


def said_in(language: Language, message: str, **values: object) -> str:
    """The message in one language."""
    return translator(language).ugettext(message) % values
