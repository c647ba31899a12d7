"""Structured data as a tree that opens without a script."""

import json
from html import escape

from lite_site.notebooks.document import Json
from lite_site.words.translate import Voice

_NODES = 500
_DEPTH = 12


class Tree:
    """Writes one value, up to so many nodes; `whole` tells whether all of it was written."""

    def __init__(self, voice: Voice) -> None:
        self.whole = True
        self._voice = voice
        self._left = _NODES

    def write(self, value: Json, depth: int = 0) -> str:
        """The value as safe HTML."""
        items: list[tuple[str, Json]] = []
        if isinstance(value, dict):
            items = list(value.items())
        elif isinstance(value, list):
            items = [(str(place), item) for place, item in enumerate(value)]
        if not items:
            return f"<code>{escape(json.dumps(value, ensure_ascii=False))}</code>"
        count = self._voice.ngettext("%(num)s item", "%(num)s items", len(items))
        shown = "".join(self._line(name, item, depth) for name, item in items[: self._room(len(items), depth)])
        return f"<details{'' if depth else ' open'}><summary>{escape(count)}</summary><ul>{shown}</ul></details>"

    def _room(self, wanted: int, depth: int) -> int:
        room = min(wanted, self._left) if depth < _DEPTH else 0
        self.whole = self.whole and room == wanted
        self._left -= room
        return room

    def _line(self, name: str, item: Json, depth: int) -> str:
        return f"<li><span>{escape(name)}:</span> {self.write(item, depth + 1)}</li>"
