"""The door: a lesson's Markdown cells to HTML."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from markdown_it.token import Token
from markdown_it.utils import EnvType

from lite_site.language import Language
from lite_site.markdown.latex import read_formula
from lite_site.markdown.lesson import Lesson
from lite_site.markdown.maths import hold_formulas
from lite_site.markdown.model import Prose, Rendered
from lite_site.markdown.parser import markdown
from lite_site.markdown.references import References
from lite_site.markdown.sanitise import Sanitiser
from lite_site.markdown.survey import survey
from lite_site.markdown.typeset import Typesetter
from lite_site.markdown.write import Writer
from lite_site.words.translate import Voice, translator


def render_prose(cells: Sequence[Prose], language: Language, address: Callable[[str], str | None]) -> Rendered:
    """Render the cells of one lesson, together: a reference in one leads to a label in another.

    `address` gives the page's `href` for a relative target, percent-encoded where Markdown has it so, or None for
    one that leads nowhere: its text stays. The same cells give the same bytes.
    """
    voice, lesson = Voice(translator(language)), Lesson()
    env: EnvType = {"lesson": lesson}
    texts = survey([_parse(cell, lesson, env) for cell in cells], lesson)
    writer, options = Writer(lesson, voice, References(lesson, voice, address)), markdown().options
    authored = [writer.render(tokens, options, env) for tokens in texts]
    notes = writer.write_notes(options, env)
    sanitiser = Sanitiser(address, voice, lesson.written)
    parts = [sanitiser.clean(html, cell.attachments) for html, cell in zip(authored, cells, strict=True)]
    parts.append(sanitiser.clean(notes, {name: url for cell in cells for name, url in cell.attachments.items()}))
    typesetter = Typesetter(lesson.formulas, parts, sanitiser, voice)
    *rendered, footnotes = map(typesetter.typeset, parts)
    headings = (replace(heading, text=typesetter.say(heading.text)) for heading in lesson.headings)
    return Rendered(tuple(rendered), tuple(headings), footnotes)


def _parse(cell: Prose, lesson: Lesson, env: EnvType) -> list[Token]:
    held = hold_formulas(cell.source, len(lesson.formulas))
    for written in held.formulas:
        lesson.hold(read_formula(written))
    return markdown().parse(held.text, env)
