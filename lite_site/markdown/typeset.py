"""Puts the formulas into a lesson's HTML, in place of the marks that stood for them."""

import html
import re
from collections.abc import Sequence

from lite_site.markdown.latex import Formula
from lite_site.markdown.mathml import convert_formulas, words_of
from lite_site.markdown.maths import marks_in, put_back
from lite_site.markdown.sanitise import Sanitiser
from lite_site.words.translate import Voice

_CODE = r"<(?P<code>pre|code|kbd|samp|tt|var)\b[^>]*>.*?</(?P=code)>"
_ALONE = r"<p>\s*(?P<alone>\ue000\d{1,6}\ue001)\s*</p>"
_PLACE = re.compile(rf"{_CODE}|{_ALONE}|\ue000\d{{1,6}}\ue001", re.DOTALL)
_IDENTITY = re.compile(r' id="[^"]*"')
# A formula of no more signs fits on a telephone; in a line, it has the others' room.
_NARROW, _NARROW_IN_LINE = 15, 30


class Typesetter:
    """The formulas of a lesson as HTML, numbered in the order in which its parts show them."""

    def __init__(self, formulas: Sequence[Formula], parts: Sequence[str], sanitiser: Sanitiser, voice: Voice) -> None:
        self._formulas, self._voice = formulas, voice
        self._written = [html.escape(formula.written, quote=False) for formula in formulas]
        self._shown: set[int] = set()
        shown = (number for part in parts for place in _PLACE.finditer(part) for number in _shown_at(place))
        order = [number for number in dict.fromkeys(shown) if number < len(formulas)]
        converted = convert_formulas([formulas[number] for number in order])
        self._made = {
            number: None if result is None else sanitiser.clean(result, {})
            for number, result in zip(order, converted, strict=True)
        }

        self._signs = [words_of(self._made.get(at) or "") or formula.written for at, formula in enumerate(formulas)]

    def typeset(self, part: str) -> str:
        """The part with its formulas."""
        return _PLACE.sub(self._fill, part) if "\ue000" in part else part

    def say(self, text: str) -> str:
        """A text as plain words, its formulas as the signs they show."""
        return put_back(text, self._signs)

    def _fill(self, place: re.Match[str]) -> str:
        if place["code"]:
            return put_back(place[0], self._written)
        number = marks_in(place[0])[0]
        if number not in self._made:
            return ""
        formula, made = self._formulas[number], self._made[number]
        if formula.is_reference:
            return html.escape(words_of(made or formula.written))
        if number in self._shown:  # a heading's formula, again in a reference to it
            made = made and _IDENTITY.sub("", made)
        self._shown.add(number)
        if made is None:
            made = f'<code class="formula-source">{self._written[number]}</code>'
        if not formula.display:
            return self._scrolling("span", "formula-inline", made) if len(words_of(made)) > _NARROW_IN_LINE else made
        signs = words_of(made)
        if not signs:  # it only defines commands
            return ""
        tag = "div" if place["alone"] else "span"
        wide = len(signs) > _NARROW
        return self._scrolling(tag, "formula", made) if wide else f'<{tag} class="formula">{made}</{tag}>'

    def _scrolling(self, tag: str, kind: str, made: str) -> str:
        """A formula that may be wider than the page, and can then be scrolled, by keyboard too."""
        said = html.escape(self._voice.gettext("Formula"))
        return f'<{tag} class="{kind}" role="group" tabindex="0" aria-label="{said}">{made}</{tag}>'


def _shown_at(place: re.Match[str]) -> list[int]:
    return [] if place["code"] else marks_in(place[0])
