"""Reads the gettext catalogues, one per language, and hands out their translations."""

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from lite_site.language import Language

MESSAGES = Path(__file__).with_name("messages")


def read_catalogue(language: Language) -> Catalog:
    """Read `messages/<language>.po`; a broken catalogue raises babel's PoFileError."""
    with (MESSAGES / f"{language}.po").open("rb") as lines:
        return read_po(lines, locale=language, abort_invalid=True)


@cache
def translator(language: Language) -> Translations:
    """Give the translations of `language`, compiled in memory from its catalogue."""
    compiled = BytesIO()
    write_mo(compiled, read_catalogue(language))
    compiled.seek(0)
    return Translations(compiled, domain="messages")


@dataclass(frozen=True, slots=True)
class Voice:
    """Says messages in one language, as plain text: whoever writes them into a page escapes them."""

    translations: Translations

    def gettext(self, message: str, **values: object) -> str:
        """Say `message`, with `values` in its %(name)s places."""
        return self.translations.ugettext(message) % values

    def ngettext(self, singular: str, plural: str, num: int, **values: object) -> str:
        """Say the message that fits `num` things, with %(num)s and `values` in their places."""
        return self.translations.ungettext(singular, plural, num) % {"num": num, **values}
