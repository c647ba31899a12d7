"""The words on an application page before JupyterLite takes over."""

from dataclasses import dataclass

from lite_site.language import LANGUAGES, Language, Text
from lite_site.words.translate import Voice, translator


@dataclass(frozen=True, slots=True)
class ApplicationWords:
    """What the page says while it loads, what it says where it can't, and the name of the course's files."""

    loading: str
    needs_script: str
    files: str


def application_words(language: Language) -> ApplicationWords:
    """The words in one language."""
    voice = Voice(translator(language))
    return ApplicationWords(
        loading=voice.gettext("Loading the lesson…"),
        needs_script=voice.gettext("To run code, this page needs JavaScript."),
        files=voice.gettext("The files of the course"),
    )


def untitled_site() -> Text:
    """The title of a site whose site.toml gives none."""
    return Text({language: Voice(translator(language)).gettext("Courses and lessons") for language in LANGUAGES})
