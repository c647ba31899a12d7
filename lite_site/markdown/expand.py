"""Puts, in place of each directive's fence, the tokens of what it stands for."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.utils import EnvType

from lite_site.markdown.admonitions import ADMONITIONS
from lite_site.markdown.directive import Directive, read_directive
from lite_site.markdown.latex import label_formula
from lite_site.markdown.lesson import Lesson
from lite_site.markdown.list_table import arrange_rows
from lite_site.markdown.maths import put_back

Read = Callable[[str], list[Token]]

# Directives whose body is text, not Markdown: code, and what only another program can draw.
_CODE = frozenset(["code", "code-block", "code-cell", "sourcecode", "literalinclude", "bash", "python", "r"])
_VERBATIM = frozenset(["csv-table", "include", "mermaid", "toctree"])
# Those that show nothing where they stand: the page has its own table of contents.
_UNSEEN = frozenset(["bibliography", "contents", "exercise-end", "index", "solution-end", "tableofcontents"])
_DEEPEST = 20


def expand_directives(tokens: list[Token], parser: MarkdownIt, env: EnvType) -> list[Token]:
    """The tokens with directives opened, and those in them; past twenty levels they stay code."""
    lesson: Lesson = env["lesson"]
    depth: int = env.setdefault("depth", 0)

    def read(body: str) -> list[Token]:
        found: list[Token] = []
        env["depth"] = depth + 1
        parser.block.parse(body, parser, env, found)
        opened = expand_directives(found, parser, env)
        env["depth"] = depth
        return opened

    return [
        new for token in _alerts_as_boxes(tokens) for new in _expand(token, lesson, read if depth < _DEEPEST else None)
    ]


def _alerts_as_boxes(tokens: list[Token]) -> Iterator[Token]:
    """The tokens with GitHub's alerts as the admonitions they are, without their English titles."""
    before = ""
    for token in tokens:
        if token.type in {"alert_open", "alert_close"}:
            alert = Directive(token.meta.get("kind", "note").lower(), "", {}, "")
            yield _marker(token.type.replace("alert", "directive"), alert)
        elif token.type not in {"alert_title_open", "alert_title_close"} and before != "alert_title_open":
            yield token
        before = token.type


def _expand(token: Token, lesson: Lesson, read: Read | None) -> Iterator[Token]:
    directive = (
        read_directive(token, frozenset(ADMONITIONS)) if token.type in {"fence", "colon_fence"} and read else None
    )
    if not directive or not read:
        yield token
    elif directive.name in _CODE:
        yield from _code(directive)
    elif directive.name in _VERBATIM:
        yield from _wrapped(directive, [_fence("", directive.body)])
    elif directive.name == "math":
        yield from _maths(directive, lesson)
    elif directive.name in {"figure", "image"}:
        yield from _figure(directive, lesson, read)
    elif directive.name == "list-table":
        yield from _table(directive, arrange_rows(read(directive.body), directive.options))
    elif directive.name == "table":
        yield from _table(directive, read(directive.body))
    elif directive.name == "raw":
        yield Token("html_block", "", 0, content=directive.body, block=True)
    elif directive.name not in _UNSEEN:
        yield from _wrapped(directive, read(directive.body))


def _wrapped(directive: Directive, body: list[Token]) -> Iterator[Token]:
    """A block with a title; the writer knows an admonition from a directive that we don't know."""
    yield _marker("directive_open", directive)
    if directive.argument:
        yield from _line("title", directive.argument)
    yield from body
    yield _marker("directive_close", directive)


def _code(directive: Directive) -> Iterator[Token]:
    language = directive.name if directive.name in {"bash", "python", "r"} else directive.argument
    captioned = "caption" in directive.options
    if captioned:
        yield _marker("listing_open", directive)
        yield from _line("caption", directive.options["caption"])
    yield _fence(language, directive.body)
    if captioned:
        yield _marker("listing_close", directive)


def _maths(directive: Directive, lesson: Lesson) -> Iterator[Token]:
    latex = put_back(f"{directive.argument}\n{directive.body}".strip(), lesson.written)
    yield from _line("paragraph", lesson.hold(label_formula(latex, directive.label, latex)))


def _figure(directive: Directive, lesson: Lesson, read: Read) -> Iterator[Token]:
    body = read(directive.body) if directive.name == "figure" else []
    if directive.argument:
        image = _marker("drawing", replace(directive, argument=put_back(directive.argument, lesson.written)))
        drawn, rest = [image], body
    else:  # the image, or a table, is the first thing in the body
        end = _end_of_first(body)
        drawn, rest = body[:end], body[end:]
    if directive.name == "image":
        yield from drawn
        return
    yield _marker("figure_open", directive)
    yield from drawn
    if rest and rest[0].type == "paragraph_open":
        yield from _line("caption", rest[1].content)
        rest = rest[3:]
    yield from rest
    yield _marker("figure_close", directive)


def _table(directive: Directive, body: list[Token]) -> Iterator[Token]:
    yield _marker("table_figure_open", directive)
    if directive.argument:
        yield from _line("caption", directive.argument)
    yield from body
    yield _marker("table_figure_close", directive)


def _end_of_first(tokens: list[Token]) -> int:
    depth = 0
    for at, token in enumerate(tokens):
        depth += token.nesting
        if depth == 0:
            return at + 1
    return 0


def _marker(kind: str, directive: Directive) -> Token:
    return Token(
        kind,
        "",
        1 if kind.endswith("_open") else -1 if kind.endswith("_close") else 0,
        meta={"directive": directive},
        block=True,
    )


def _line(kind: str, text: str) -> list[Token]:
    inline = Token("inline", "", 0, content=text, children=[])
    tag = "p" if kind == "paragraph" else ""
    return [Token(f"{kind}_open", tag, 1, block=True), inline, Token(f"{kind}_close", tag, -1, block=True)]


def _fence(language: str, body: str) -> Token:
    return Token("fence", "code", 0, info=language, content=body, block=True)
