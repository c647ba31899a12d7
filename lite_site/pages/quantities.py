"""Writes times, sizes and languages as people of each language read them."""

from functools import cache

from babel import Locale
from babel.numbers import format_decimal

from lite_site.language import Language
from lite_site.words.translate import Voice, translator

MINUTES_IN_AN_HOUR = 60
SMALLEST_MEGABYTES = 0.1
WHOLE_FROM_MEGABYTES = 10


def duration(minutes: int, language: Language) -> str:
    """Write `minutes` (0 or more) as "45 min", "2 h", "2 h 05"."""
    hours, rest = divmod(minutes, MINUTES_IN_AN_HOUR)
    voice = Voice(translator(language))
    if hours == 0:
        return voice.gettext("%(minutes)s min", minutes=rest)
    if rest == 0:
        return voice.gettext("%(hours)s h", hours=hours)
    return voice.gettext("%(hours)s h %(minutes)s min", hours=hours, minutes=f"{rest:02}")


@cache
def size(megabytes: float, language: Language) -> str:
    """Write `megabytes` (10^6 bytes) to a tenth, to the unit from 10 on; never less than a tenth."""
    pattern = "#,##0" if megabytes >= WHOLE_FROM_MEGABYTES else "#,##0.#"
    number = format_decimal(max(megabytes, SMALLEST_MEGABYTES), format=pattern, locale=language)
    return Voice(translator(language)).gettext("%(number)s MB", number=number)


def language_name(named: Language, language: Language) -> str:
    """Name the language `named` in `language`, as it stands inside a sentence."""
    return str(Locale.parse(language).languages[named])


def own_name(named: Language) -> str:
    """Name a language in itself, as it stands alone: "Français", "English"."""
    name = language_name(named, named)
    return name[0].upper() + name[1:]
