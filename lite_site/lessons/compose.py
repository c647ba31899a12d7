"""The door: a published notebook and what its links may lead to, made into what its page shows."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape, unescape
from pathlib import PurePosixPath
from textwrap import shorten

from lite_site.language import Language
from lite_site.lessons.addresses import Shelf
from lite_site.lessons.highlight import highlight, highlight_blocks
from lite_site.lessons.model import CodeCell, Content, Output, Passage
from lite_site.lessons.outputs.judge import Judge
from lite_site.lessons.pictures import PICTURE_MIMES, read_picture
from lite_site.lessons.tags import Tags, tags_of
from lite_site.markdown.model import Prose
from lite_site.markdown.render import render_prose
from lite_site.notebooks.document import Cell, Notebook
from lite_site.words.translate import Voice, translator

_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SUMMARY_CHARACTERS = 200


@dataclass(frozen=True, slots=True)
class _Draft:
    """A cell on its way to the page, and what of it isn't HTML yet."""

    number: int
    cell: Cell
    tags: Tags
    pieces: tuple[Output | Prose, ...]


def compose_lesson(notebook: Notebook, kernel: str, path: PurePosixPath, language: Language, shelf: Shelf) -> Content:
    """What the page of the notebook published at `path` shows; `kernel` is the language of its code."""

    def address(target: str) -> str | None:
        return shelf.address(target, path.parent)

    judge = Judge(language, address)
    drafts = list(_drafts(notebook, judge))
    rendered = render_prose(
        [piece for draft in drafts for piece in draft.pieces if isinstance(piece, Prose)], language, address
    )
    name = Voice(translator(language)).gettext("Code in the text")
    written = (highlight_blocks(html, name) for html in rendered.cells)
    cells = [
        _code(draft, written, kernel) if draft.cell.kind == "code" else _passage(draft, written) for draft in drafts
    ]
    return Content(tuple(cells), rendered.headings, rendered.footnotes, _summary(rendered.cells), tuple(judge.pictures))


def _drafts(notebook: Notebook, judge: Judge) -> Iterator[_Draft]:
    for number, cell in enumerate(notebook.cells, 1):
        tags = tags_of(cell)
        if "cell" in tags.removed or not (cell.source.strip() or cell.outputs):
            continue
        if cell.kind == "code":
            pieces = () if "output" in tags.removed else tuple(judge.outputs_of(cell, number))
        else:
            pieces = (_prose(cell),)
        yield _Draft(number, cell, tags, pieces)


def _prose(cell: Cell) -> Output | Prose:
    """The text of a cell; a raw one says it as it is."""
    if cell.kind == "raw":
        return Output(f"<pre>{escape(cell.source)}</pre>")
    return Prose(cell.source, dict(_attachments(cell)))


def _attachments(cell: Cell) -> Iterator[tuple[str, str]]:
    for name, bundle in cell.attachments.items():
        found = (read_picture(mime, bundle.get(mime)) for mime in PICTURE_MIMES) if isinstance(bundle, dict) else ()
        for picture in filter(None, found):
            yield name, picture.inline


def _passage(draft: _Draft, written: Iterator[str]) -> Passage:
    (piece,) = draft.pieces
    html = piece.html if isinstance(piece, Output) else next(written)
    return Passage(draft.number, html, folded=bool({"cell", "input"} & draft.tags.hidden))


def _code(draft: _Draft, written: Iterator[str], kernel: str) -> CodeCell:
    outputs = [
        piece if isinstance(piece, Output) else Output(f'<div class="prose">{next(written)}</div>')
        for piece in draft.pieces
    ]
    tags, source = draft.tags, draft.cell.source.strip("\n")
    return CodeCell(
        number=draft.number,
        source="" if "input" in tags.removed else highlight(source, kernel),
        count=draft.cell.execution_count,
        outputs=tuple(outputs),
        source_folded=bool({"cell", "input"} & tags.hidden),
        outputs_folded=bool({"cell", "output"} & tags.hidden),
    )


def _summary(cells: Iterable[str]) -> str:
    """The lesson's first words in prose, as search engines show them."""
    paragraphs = (found for cell in cells for found in _PARAGRAPH.findall(cell) if "<math" not in found)
    words = " ".join(unescape(_TAG.sub("", next(paragraphs, ""))).split())
    return shorten(words, _SUMMARY_CHARACTERS, placeholder="…")
