"""Decides which of the forms a cell's output comes in the page shows, and what it says where it can't."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import escape

from lite_site.language import Language
from lite_site.lessons.model import Output
from lite_site.lessons.outputs.html import Address, Names, html_as_html
from lite_site.lessons.outputs.text import cut, overflows, text_as_html
from lite_site.lessons.outputs.tree import Tree
from lite_site.lessons.pictures import PICTURE_MIMES, Picture, read_picture, too_large
from lite_site.markdown.model import Prose
from lite_site.notebooks.document import OURS, Cell, Json, JsonObject
from lite_site.words.translate import Voice, translator

_LONGEST_HTML = 2_000_000
_REPR = re.compile(r"\s*<[^<>]*>\s*")
_RUNS = re.compile(r"text/html|application/javascript|application/vnd\..*")


@dataclass(slots=True)
class Judge:
    """Judges the outputs of one lesson's cells; `pictures` gathers those that stand beside the page."""

    language: Language
    address: Address
    pictures: list[Picture] = field(default_factory=list)

    @property
    def _voice(self) -> Voice:
        return Voice(translator(self.language))

    def outputs_of(self, cell: Cell, number: int) -> Iterator[Output | Prose]:
        """What the cell left, in order; `Prose` is to be rendered with the lesson's."""
        for output in merged(cell.outputs):
            shown = self._output(output, cell, number)
            if shown is not None:
                yield shown

    def _output(self, output: JsonObject, cell: Cell, number: int) -> Output | Prose | None:
        match output:
            case {"output_type": "stream", "text": str(text)}:
                return self._text(text, "messages" if output.get("name") == "stderr" else "printed", number)
            case {"output_type": "error"}:
                return self._text(_traceback(output), "error", number)
            case {"data": dict(data), "metadata": dict(about)}:
                return self._display(data, about, number)
        return None

    def _display(self, data: JsonObject, about: JsonObject, number: int) -> Output | Prose | None:
        readers: tuple[Callable[[], Output | Prose | None], ...] = (
            lambda: self._html(data.get("text/html"), number),
            lambda: _prose(data.get("text/markdown")),
            lambda: _prose(data.get("text/latex")),
            lambda: self._picture(data, about, number),
            lambda: self._tree(data.get("application/json")),
            lambda: self._plain(data, about, number),
        )
        for reader in readers:
            if shown := reader():
                return shown
        return None

    def _html(self, value: Json, number: int) -> Output | None:
        if not isinstance(value, str):
            return None
        if too_large(value):
            return self._too_large
        names = Names(
            self._voice.gettext("Table made by cell %(number)s", number=number),
            self._voice.gettext("Figure made by cell %(number)s", number=number),
        )
        shown = html_as_html(value, self.address, names)
        if shown is None:
            return None
        html, whole = shown
        if len(html) > _LONGEST_HTML:
            return self._too_large
        return Output(f'<div class="html">{html}</div>', "" if whole else self._cut_note)

    def _picture(self, data: JsonObject, about: JsonObject, number: int) -> Output | None:
        for mime in PICTURE_MIMES:
            if too_large(data.get(mime)):
                return self._too_large
            if picture := read_picture(mime, data.get(mime)):
                if picture.heavy:
                    self.pictures.append(picture)
                otherwise = self._voice.gettext("Figure made by cell %(number)s", number=number)
                return Output(_image(picture, about.get(mime), about, otherwise))
        return None

    def _tree(self, value: Json) -> Output | None:
        if not isinstance(value, dict | list):
            return None
        tree = Tree(self._voice)
        html = tree.write(value)
        return Output(f'<div class="tree">{html}</div>', "" if tree.whole else self._cut_note)

    def _plain(self, data: JsonObject, about: JsonObject, number: int) -> Output | None:
        """The text every output has, unless it only names an object that moves elsewhere."""
        value = data.get("text/plain")
        text = value if isinstance(value, str) else ""
        if OURS not in about and not any(value and _RUNS.fullmatch(mime) for mime, value in data.items()):
            return self._text(text, "printed", number)
        note = self._voice.gettext("This output is interactive: it comes to life when the lesson runs.")
        shown = None if _REPR.fullmatch(text) else self._text(text, "printed", number)
        return Output(shown.html if shown else "", note)

    def _text(self, text: str, kind: str, number: int) -> Output | None:
        shown = cut(text)
        if not shown.strip():
            return None
        said = {
            "messages": self._voice.gettext("Messages of the program:"),
            "error": self._voice.gettext("The cell stops with an error:"),
        }.get(kind)
        before = f'<p class="unseen">{escape(said)}</p>' if said else ""
        text_html = f'<pre class="{kind}">{text_as_html(shown.rstrip())}</pre>'
        if overflows(shown):
            name = escape(self._voice.gettext("Text made by cell %(number)s", number=number))
            text_html = f'<div class="scroll" role="group" tabindex="0" aria-label="{name}">{text_html}</div>'
        return Output(before + text_html, "" if shown == text else self._cut_note)

    @property
    def _too_large(self) -> Output:
        return Output("", self._voice.gettext("What this cell made is too large for this page."))

    @property
    def _cut_note(self) -> str:
        return self._voice.gettext("This is only the beginning of the output: it is too long for this page.")


def merged(outputs: Iterable[JsonObject]) -> Iterator[JsonObject]:
    """The outputs, with pieces of one stream that follow each other in one piece."""
    held: JsonObject | None = None
    for output in outputs:
        if held is not None and output["output_type"] == "stream" and output.get("name") == held.get("name"):
            held = {**held, "text": f"{held['text']}{output['text']}"}
            continue
        if held is not None:
            yield held
        held = output if output["output_type"] == "stream" else None
        if held is None:
            yield output
    if held is not None:
        yield held


def _traceback(output: JsonObject) -> str:
    lines = output.get("traceback")
    written = "\n".join(line for line in lines if isinstance(line, str)) if isinstance(lines, list) else ""
    return written or f"{output.get('ename') or ''}: {output.get('evalue') or ''}"


def _prose(value: Json) -> Prose | None:
    return Prose(value, {}) if isinstance(value, str) and value.strip() and cut(value) == value else None


def _image(picture: Picture, own: Json, about: JsonObject, otherwise: str) -> str:
    """The picture as an element; what the notebook says of it counts before what its file says."""
    said = {**about, **own} if isinstance(own, dict) else about
    alt = next((text for key in ("alt", "image/alt") if isinstance(text := said.get(key), str) and text), otherwise)
    sizes = [said.get(side) for side in ("width", "height")]
    given = [size for size in sizes if isinstance(size, int | float) and not isinstance(size, bool) and 0 < size < 1e5]
    width, height = given if len(given) == 2 else picture.size or (None, None)
    shape = f' width="{round(width)}" height="{round(height)}"' if width and height else ""
    when = ' loading="lazy"' if picture.heavy else ""
    return f'<img class="figure" src="{escape(picture.address)}" alt="{escape(alt)}"{shape}{when} decoding="async">'
