"""Writes a lesson's tokens as HTML, formulas still as marks; what is not safe in it goes in `sanitise.py`."""

import html
import re
from collections.abc import Sequence
from urllib.parse import unquote

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from lite_site.markdown.admonitions import ADMONITIONS, FOLDED, QUIET
from lite_site.markdown.directive import Directive
from lite_site.markdown.lesson import Lesson
from lite_site.markdown.references import References
from lite_site.markdown.roles import write_role
from lite_site.words.translate import Voice

_EMBEDDED = re.compile(r"""<(?:iframe|video|audio|embed)\b[^>]*?\ssrc\s*=\s*["']?([^"'\s>]+)[^>]*>""", re.IGNORECASE)
Tokens = Sequence[Token]


class Writer(RendererHTML):
    """Markdown-it's renderer, with a method for each kind of token that we write differently."""

    def __init__(self, lesson: Lesson, voice: Voice, references: References) -> None:
        self._lesson, self._voice, self._references = lesson, voice, references
        super().__init__()

    def link_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """A link; one to a label leads to its place, and one without text takes the text of its target."""
        token = tokens[idx]
        href = str(token.attrs.get("href", ""))
        target = self._lesson.find(unquote(href[1:])) if href.startswith("#") else None
        if target:
            token.attrSet("href", f"#{target.anchor}")
        empty = idx + 1 < len(tokens) and tokens[idx + 1].type == "link_close"
        text = self._references.name(target) if target else unquote(href)
        return self.renderToken(tokens, idx, options, env) + (text if empty else "")

    def myst_role(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """A word with a role."""
        return write_role(tokens[idx].meta["name"], tokens[idx].content, self._references)

    def myst_target(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """The place that a label names."""
        return f'<span id="{escapeHtml(tokens[idx].meta["anchor"])}"></span>'

    def html_block(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """HTML as authored, with a way to what it embeds."""
        return _EMBEDDED.sub(self._link_to_embedded, tokens[idx].content)

    def html_inline(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """HTML in a line, likewise."""
        return _EMBEDDED.sub(self._link_to_embedded, tokens[idx].content)

    def list_item_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """An item of a list; the box of a task says in words whether it is done."""
        opened = self.renderToken(tokens, idx, options, env)
        if "checked" not in tokens[idx].meta:
            return opened
        done = tokens[idx].meta["checked"]
        said = self._voice.gettext("done") if done else self._voice.gettext("to do")
        box = f'<span class="task-box" role="img" aria-label="{escapeHtml(said)}">{"☑" if done else "☐"}</span>'
        return f"{opened}{box} "

    def colon_fence(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """A directive too deep in others: its text."""
        return self.code_block(tokens, idx, options, env)

    def table_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """A table, in what scrolls where the page is narrower."""
        said = escapeHtml(self._voice.gettext("Table"))
        return f'<div class="table-scroll" role="group" tabindex="0" aria-label="{said}"><table>'

    def table_close(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """Its end."""
        return "</table></div>\n"

    def directive_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """A box with a title; one we don't know says what its author called it."""
        directive: Directive = tokens[idx].meta["directive"]
        kind = directive.name if directive.name in ADMONITIONS else ""
        identity = _id(directive.label)
        if not kind:
            name = "" if directive.name in QUIET else f'<p class="directive-name">{escapeHtml(directive.name)}</p>\n'
            return f'<div class="directive"{identity}>{name}'
        title = ADMONITIONS[kind] and self._voice.gettext(ADMONITIONS[kind])
        titled = tokens[idx + 1].type == "title_open"
        tag, head = ("details", "summary") if _is_folded(directive) else ("div", "p")
        role = "" if tag == "details" else ' role="note"'
        opened = " open" if tag == "details" and "open" in directive.options else ""
        shown = "" if titled or not title else f'<{head} class="admonition-title">{escapeHtml(title)}</{head}>\n'
        return f'<{tag} class="admonition {_look(directive)}"{role}{opened}{identity}>{shown}'

    def directive_close(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """Its end."""
        return "</details>\n" if _is_folded(tokens[idx].meta["directive"]) else "</div>\n"

    def title_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """The title that an author gave to a box."""
        folded = _is_folded(tokens[idx - 1].meta["directive"])
        return f'<{"summary" if folded else "p"} class="admonition-title">'

    def title_close(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """Its end."""
        return "</summary>\n" if _is_folded(tokens[idx - 3].meta["directive"]) else "</p>\n"

    def drawing(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """The image of a figure, or one on lines of its own."""
        directive: Directive = tokens[idx].meta["directive"]
        given = {"src": directive.argument, "alt": directive.options.get("alt", "")}
        given |= {name: directive.options[name] for name in ("width", "height") if name in directive.options}
        if directive.name == "image":
            given |= {"id": directive.label, "class": f"align-{directive.options.get('align', '')}"}
        attributes = " ".join(
            f'{name}="{escapeHtml(value)}"' for name, value in given.items() if value or name == "alt"
        )
        image = f"<img {attributes}>"
        target = directive.options.get("target")
        linked = f'<a href="{escapeHtml(target)}">{image}</a>' if target else image
        return linked if directive.name == "figure" else f"<p>{linked}</p>\n"

    def figure_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """A figure."""
        directive: Directive = tokens[idx].meta["directive"]
        align = directive.options.get("align", "")
        return f'<figure class="align-{escapeHtml(align)}"{_id(directive.label)}>'

    def figure_close(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """Its end."""
        return "</figure>\n"

    table_figure_open = listing_open = figure_open
    table_figure_close = listing_close = figure_close

    def caption_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """A caption, after the number of what it is of."""
        meta = tokens[idx].meta
        number = f"{self._references.number(meta['kind'], meta['number'])}." if "number" in meta else ""
        return f'<figcaption><span class="caption-number">{number}</span> ' if number else "<figcaption>"

    def caption_close(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """Its end."""
        return "</figcaption>\n"

    def footnote_ref(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """The call of a note; what calls none is text."""
        meta = tokens[idx].meta
        if "number" not in meta:
            return escapeHtml(f"[^{meta['label']}]")
        number, call = meta["number"], meta["call"]
        said = escapeHtml(self._voice.gettext("Note %(number)s", number=number))
        link = f'<a id="note-{number}-call-{call}" href="#note-{number}" role="doc-noteref" aria-label="{said}">'
        return f'<sup class="note-call">{link}{number}</a></sup>'

    def write_notes(self, options: OptionsDict, env: EnvType) -> str:
        """The list of the lesson's notes, each with the ways back to its calls."""
        items = []
        for note in self._lesson.notes.values():
            body = self.render(note.tokens, options, env)
            backs = " ".join(self._back(note.number, call) for call in range(1, note.calls + 1))
            kept, closing = (body[:-5], "</p>") if body.endswith("</p>\n") else (body, "")
            items.append(f'<li id="note-{note.number}">{kept} {backs}{closing}</li>')
        if not items:
            return ""
        title = escapeHtml(self._voice.gettext("Notes"))
        return f'<section class="notes" role="doc-endnotes" aria-label="{title}"><ol>{"".join(items)}</ol></section>'

    def _link_to_embedded(self, found: re.Match[str]) -> str:
        target = html.unescape(found[1])
        said = escapeHtml(self._voice.gettext("Embedded: %(name)s", name=target))
        return f'<a href="{escapeHtml(target)}">{said}</a>{found[0]}'

    def _back(self, number: int, call: int) -> str:
        said = (
            self._voice.gettext("Back to the text, note %(number)s", number=number)
            if call == 1
            else self._voice.gettext("Back to the text, note %(number)s, call %(call)s", number=number, call=call)
        )
        return f'<a href="#note-{number}-call-{call}" role="doc-backlink" aria-label="{escapeHtml(said)}">↩\ufe0e</a>'


def _is_folded(directive: Directive) -> bool:
    asked = directive.name in FOLDED or "dropdown" in directive.classes
    return asked and directive.name in ADMONITIONS and bool(directive.body.strip())


def _look(directive: Directive) -> str:
    """The class that gives the box its colour: an admonition may borrow another's."""
    borrowed = sorted(directive.classes & ADMONITIONS.keys() - FOLDED)
    return borrowed[0] if directive.name == "admonition" and borrowed else directive.name


def _id(label: str) -> str:
    return f' id="{escapeHtml(label)}"' if label else ""
