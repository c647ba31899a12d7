"""The words on an application page before JupyterLite takes over, and in the preview."""

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


@dataclass(frozen=True, slots=True)
class PreviewWords:
    """What a page under preview says when the last build failed, and the name of the button that closes it."""

    said: str
    close: str


def preview_words(language: Language, errors: int) -> PreviewWords:
    """The words in one language, for a build that failed with so many errors."""
    voice = Voice(translator(language))
    return PreviewWords(
        said=voice.ngettext(
            "The last build found an error: this is the site as it was before.",
            "The last build found %(num)s errors: this is the site as it was before.",
            errors,
        ),
        close=voice.gettext("Close"),
    )


def untitled_site() -> Text:
    """The title of a site whose site.toml gives none."""
    return Text({language: Voice(translator(language)).gettext("Courses and lessons") for language in LANGUAGES})
