"""Lets through the HTML that teachers use in their lessons: nothing that runs, asks, or is fetched from elsewhere."""

import html
import re
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlsplit

import nh3

from lite_site.markdown.allowed import ATTRIBUTES, EMPTIED, LOOKS, SCHEMES, TAGS
from lite_site.markdown.judge import Judge
from lite_site.words.translate import Voice

_TAG = re.compile(r'<(/?[a-z][a-z0-9]*)((?: [a-z-]+="[^"]*")*)>')
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_NOWHERE = "<a>"
_ELSEWHERE = ("http:", "https:")


class Sanitiser:
    """Judges a lesson's HTML, whose formulas are marks still."""

    def __init__(self, address: Callable[[str], str | None], voice: Voice, formulas: Sequence[str]) -> None:
        self._voice = voice
        self._judge = Judge(address, formulas)
        self._cleaner = nh3.Cleaner(
            tags=TAGS,
            clean_content_tags=EMPTIED,
            attributes=ATTRIBUTES,
            attribute_filter=self._judge.judge,
            url_schemes=SCHEMES,
            link_rel=None,
        )

    def clean(self, authored: str, attachments: Mapping[str, str]) -> str:
        """The HTML without what isn't allowed; elements left open are closed."""
        self._judge.attachments = attachments
        return self._finish(self._cleaner.clean(authored))

    def _finish(self, cleaned: str) -> str:
        """Looks become classes, images that the page can't show words, and links that lead nowhere their text."""
        link = ""

        def finish(found: re.Match[str]) -> str:
            nonlocal link
            tag, written = found[1], found[2]
            if tag == "a":
                link = found[0]
            elif tag == "/a":
                left, link = link, ""
                return "" if left == _NOWHERE else found[0]
            attributes = dict(_ATTRIBUTE.findall(written))
            if tag == "img" and attributes.get("src", _ELSEWHERE[0]).startswith(_ELSEWHERE):
                return self._image_in_words(attributes, in_link=" href=" in link)
            if LOOKS & attributes.keys():
                classes = " ".join(attributes[name] for name in ("class", *sorted(LOOKS)) if name in attributes)
                return _element(tag, {name: value for name, value in attributes.items() if name not in LOOKS}, classes)
            return "" if found[0] == _NOWHERE else found[0]

        return _TAG.sub(finish, cleaned)

    def _image_in_words(self, attributes: Mapping[str, str], *, in_link: bool) -> str:
        """The text of an image without one the page may show, and the way to it where it is on another site."""
        said, target = attributes.get("alt", ""), attributes.get("src")
        if not target:
            return said
        name = html.unescape(said) or urlsplit(html.unescape(target)).netloc
        words = html.escape(self._voice.gettext("Image on another site: %(name)s", name=name))
        return words if in_link else f'<a href="{target}">{words}</a>'


def _element(tag: str, attributes: Mapping[str, str], classes: str) -> str:
    written = (f'{name}="{value}"' for name, value in {**attributes, "class": classes}.items())
    return f"<{' '.join([tag, *written])}>"
