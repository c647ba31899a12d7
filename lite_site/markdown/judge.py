"""Judges every attribute of a lesson's HTML: addresses, names, looks."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from lite_site.markdown.admonitions import ADMONITIONS
from lite_site.markdown.allowed import ROLES
from lite_site.markdown.maths import put_back
from lite_site.markdown.styles import classes_of, known_classes

_SIZE = re.compile(r"(\d{1,4})(?:px)?|(\d{1,3}%)")
_IMAGE = re.compile(r"data:image/(?:avif|bmp|gif|jpeg|png|svg\+xml|webp)[;,]", re.IGNORECASE)
_ADMONITIONS = frozenset(ADMONITIONS)


@dataclass(slots=True)
class Judge:
    """What attributes may be in one lesson; `attachments` are those of the cell that is judged."""

    address: Callable[[str], str | None]
    formulas: Sequence[str]
    attachments: Mapping[str, str] = field(default_factory=dict)
    _given: set[str] = field(default_factory=set)

    def judge(self, tag: str, name: str, value: str) -> str | None:  # noqa: PLR0911
        """What an attribute may be, None if nothing."""
        value = put_back(value, self.formulas)
        match name:
            case "href":
                return self._link(value.strip())
            case "src":
                return self._image(value.strip())
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
            rest = target.partition(":")[2]
            return f"{parts.scheme}:{rest}" if parts.scheme in {"http", "https", "mailto", "tel"} else None
        if parts.netloc:
            return f"https:{target}"
        return target if target.startswith("#") else self.address(target)

    def _image(self, target: str) -> str | None:
        if target.startswith("attachment:"):
            target = self.attachments.get(unquote(target.removeprefix("attachment:")), "")
        if target.startswith("data:"):
            return target if _IMAGE.match(target) else None
        kept = self._link(target) if target and not target.startswith("#") else None
        return kept if kept and not kept.startswith(("mailto:", "tel:")) else None

    def _once(self, identity: str) -> str | None:
        """An `id`, for the first that asks for it."""
        named = "-".join(identity.split())
        if not named or named in self._given:
            return None
        self._given.add(named)
        return named
