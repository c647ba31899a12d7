"""Says reasons in every language of the pages, from the gettext catalogues."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TypeAlias

from babel.numbers import format_decimal

from lite_site.courses.model import Reason
from lite_site.language import LANGUAGES, Language, Text
from lite_site.placement.sentences import N_, SENTENCES
from lite_site.words.translate import Voice, translator

Value: TypeAlias = str | int | Text
KILO, MEGA, GIGA = 1_000, 1_000_000, 1_000_000_000
WHOLE_FROM = 10
LISTED = 4


def reason(key: str, subject: str = "", cell: int | None = None, **values: Value) -> Reason:
    """The reason a key of `SENTENCES` stands for; `values` fill the places of its sentences, `subject` among them."""
    sentence = SENTENCES[key]
    values = {"subject": subject, **values}
    return Reason(
        code=key.partition(".")[0],
        argues=sentence.argues,
        text=say(sentence.text, **values),
        cell=cell,
        subject=subject,
        change=say(sentence.change, **values) if sentence.change else None,
    )


def say(message: str, **values: Value) -> Text:
    """A message of the catalogues in every language; a value that is a text is said in the same one."""
    return _in_each(lambda voice, language: voice.gettext(message, **_spoken(values, language)))


def needed_by(call: str, module: str, sentence: Text) -> Text:
    """A sentence about a module nobody imports by name, after which call needs it."""
    return joined(say(N_("%(call)s needs the module %(module)s."), call=call, module=module), sentence)


def coming_from(file: PurePosixPath, sentence: Text) -> Text:
    """A sentence about what one of the course's own modules asks for, followed by which."""
    return joined(sentence, say(N_("This comes from %(file)s, which the lesson imports."), file=str(file)))


def joined(*sentences: Text) -> Text:
    """Sentences after one another."""
    return _in_each(lambda _voice, language: " ".join(each.in_language(language) for each in sentences))


def all_of(names: Sequence[str]) -> Text:
    """Names in a row: "a, b and c"; beyond four, the number of the others."""
    shown = list(names if len(names) <= LISTED else names[: LISTED - 1])
    others = len(names) - len(shown)

    def in_one(voice: Voice, _language: Language) -> str:
        if others:
            return voice.ngettext(
                "%(list)s and %(num)s more", "%(list)s and %(num)s more", others, list=", ".join(shown)
            )
        return _row(shown, lambda first, last: voice.gettext("%(first)s and %(last)s", first=first, last=last))

    return _in_each(in_one)


def one_of(names: Sequence[str]) -> Text:
    """Names to choose from: "a, b or c"."""
    return _in_each(
        lambda voice, _language: _row(
            names, lambda first, last: voice.gettext("%(first)s or %(last)s", first=first, last=last)
        )
    )


@lru_cache(maxsize=4096)
def amount(size: int) -> Text:
    """A number of bytes as people of each language write it: "2.1 GB", "350 MB", "20 kB"."""
    return _in_each(lambda voice, language: _amount(size, voice, language))


def _amount(size: int, voice: Voice, language: Language) -> str:
    if size >= GIGA:
        return voice.gettext("%(number)s GB", number=_number(size / GIGA, language))
    if size >= MEGA:
        return voice.gettext("%(number)s MB", number=_number(size / MEGA, language))
    return voice.gettext("%(number)s kB", number=_number(max(size / KILO, 1), language))


def _number(value: float, language: Language) -> str:
    return format_decimal(value, format="#,##0" if value >= WHOLE_FROM else "#,##0.#", locale=language)


def _row(names: Sequence[str], end: Callable[[str, str], str]) -> str:
    return end(", ".join(names[:-1]), names[-1]) if len(names) > 1 else "".join(names)


def _in_each(spoken: Callable[[Voice, Language], str]) -> Text:
    return Text({language: spoken(Voice(translator(language)), language) for language in LANGUAGES})


def _spoken(values: dict[str, Value], language: Language) -> dict[str, str | int]:
    return {name: value.in_language(language) if isinstance(value, Text) else value for name, value in values.items()}
