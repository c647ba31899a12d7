"""The words on an application page before JupyterLite takes over."""

from dataclasses import dataclass

from lite_site.language import LANGUAGES, Language, Text
from lite_site.pages.translate import Voice, translator


@dataclass(frozen=True, slots=True)
class ApplicationWords:
    """What the page says while it loads, and what it says where it can't."""

    loading: str
    needs_script: str


def application_words(language: Language) -> ApplicationWords:
    """The words in one language."""
    voice = Voice(translator(language))
    return ApplicationWords(
        loading=voice.gettext("Loading the lesson…"),
        needs_script=voice.gettext("To run code, this page needs JavaScript."),
    )


def untitled_site() -> Text:
    """The title of a site whose site.toml gives none."""
    return Text({language: Voice(translator(language)).gettext("Courses") for language in LANGUAGES})
