"""What a difference between browser and server means for a lesson, in the reader's language."""

from lite_site.environment.server.differences import Difference
from lite_site.language import LANGUAGES, Text
from lite_site.words.translate import Voice, translator


def meaning_of(difference: Difference, voice: Voice) -> str:
    """One sentence."""
    values = {"package": difference.package, "browser": difference.browser, "server": difference.server}
    if difference.meaning == "browser-only":
        return voice.gettext(
            "The cluster doesn’t have %(package)s: a lesson that imports it runs in the browser only.", **values
        )
    if difference.meaning == "server-only":
        return voice.gettext(
            "The browser doesn’t have %(package)s: a lesson that imports it runs on the cluster only.", **values
        )
    return voice.gettext(
        "%(package)s is version %(browser)s in the browser and %(server)s on the cluster: "
        "a lesson may give other results or messages there.",
        **values,
    )


def text_of(difference: Difference) -> Text:
    """The sentence in every language."""
    return Text({language: meaning_of(difference, Voice(translator(language))) for language in LANGUAGES})
