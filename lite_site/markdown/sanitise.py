"""Lets through the HTML that teachers use in their lessons: nothing that runs, asks, or is fetched from elsewhere."""

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

import nh3

from lite_site.markdown.admonitions import ADMONITIONS
from lite_site.markdown.allowed import ATTRIBUTES, EMPTIED, LOOKS, ROLES, SCHEMES, TAGS
from lite_site.markdown.maths import put_back
from lite_site.markdown.styles import classes_of, known_classes
from lite_site.words.translate import Voice

_TAG = re.compile(r'<(/?[a-z][a-z0-9]*)((?: [a-z-]+="[^"]*")*)>')
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_SIZE = re.compile(r"(\d{1,4})(?:px)?|(\d{1,3}%)")
_IMAGE = re.compile(r"data:image/(?:avif|bmp|gif|jpeg|png|svg\+xml|webp)[;,]", re.IGNORECASE)
_NOWHERE = "<a>"
_ELSEWHERE = ("http:", "https:")
_ADMONITIONS = frozenset(ADMONITIONS)


@dataclass(slots=True)
class Sanitiser:
    """Judges a lesson's HTML; an `id` is given once, to the first that asks."""

    address: Callable[[str], str | None]
    voice: Voice
    formulas: Sequence[str]
    _given: set[str] = field(default_factory=set)

    def clean(self, authored: str, attachments: Mapping[str, str]) -> str:
        """The HTML without what isn't allowed; elements left open are closed."""
        cleaned = nh3.clean(
            authored,
            tags=TAGS,
            clean_content_tags=EMPTIED,
            attributes=ATTRIBUTES,
            attribute_filter=lambda tag, name, value: self._judge(tag, name, value, attachments),
            url_schemes=SCHEMES,
            link_rel=None,
        )
        return self._finish(cleaned)

    def _judge(self, tag: str, name: str, value: str, attachments: Mapping[str, str]) -> str | None:  # noqa: PLR0911
        """What an attribute may be, None if nothing."""
        value = put_back(value, self.formulas)
        match name:
            case "href":
                return self._link(value.strip())
            case "src":
                return self._image(value.strip(), attachments)
            case "id":
                return self._once(value)
            case "class":
                return known_classes(value, _ADMONITIONS) or None
            case "style" | "align" | "color":
                return classes_of({"align": "text-align:", "color": "color:"}.get(name, "") + value) or None
            case "role":
                return value if value in ROLES else None
            case "tabindex":
                return value if value == "0" else None
            case "width" | "height" if tag == "img":
                size = _SIZE.fullmatch(value.strip())
                return (size[1] or size[2]) if size else None
            case _:
                return value

    def _link(self, target: str) -> str | None:
        try:
            parts = urlsplit(target)
        except ValueError:
            return None
        if parts.scheme:
            return target if parts.scheme in {"http", "https", "mailto", "tel"} else None
        if parts.netloc:
            return f"https:{target}"
        return target if target.startswith("#") else self.address(target)

    def _image(self, target: str, attachments: Mapping[str, str]) -> str | None:
        if target.startswith("attachment:"):
            target = attachments.get(unquote(target.removeprefix("attachment:")), "")
        if target.startswith("data:"):
            return target if _IMAGE.match(target) else None
        kept = self._link(target) if target and not target.startswith("#") else None
        return kept if kept and not kept.startswith(("mailto:", "tel:")) else None

    def _once(self, identity: str) -> str | None:
        named = "-".join(identity.split())
        if not named or named in self._given:
            return None
        self._given.add(named)
        return named

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
        words = html.escape(self.voice.gettext("Image on another site: %(name)s", name=name))
        return words if in_link else f'<a href="{target}">{words}</a>'


def _element(tag: str, attributes: Mapping[str, str], classes: str) -> str:
    written = (f'{name}="{value}"' for name, value in {**attributes, "class": classes}.items())
    return f"<{' '.join([tag, *written])}>"
