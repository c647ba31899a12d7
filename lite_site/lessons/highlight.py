"""Colours code by class names, in few kinds, so that pages stay small and every colour can have its contrast."""

import re
from functools import cache, lru_cache
from html import escape, unescape
from itertools import groupby

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, Number, Operator, String, Token, _TokenType
from pygments.util import ClassNotFound

from lite_site.lessons.model import is_wide

# The class of a token is that of its nearest ancestor here (lesson.css gives the colours).
_CLASSES = {
    Comment: "remark",
    Keyword: "word",
    Operator.Word: "word",
    String: "text",
    Number: "number",
    Name.Builtin: "known",
    Name.Class: "named",
    Name.Decorator: "named",
    Name.Function: "named",
    Token: "",
}
_PYTHON = {"cython", "prun", "pypy", "python2", "python3", "time", "timeit", "capture"}
_CELL_MAGIC = re.compile(r"%%([\w!]+)[^\n]*\n?")
_BLOCK = re.compile(r'<pre><code(?: class="language-([\w+#.-]+)")?>([^<]*)</code></pre>')


def highlight(source: str, language: str) -> str:
    """The code as safe HTML; a cell magic says its own language (`%%bash`). What no lexer knows stays plain."""
    magic = _CELL_MAGIC.match(source)
    if magic is None:
        return _coloured(source, language)
    inner = language if magic[1].lower() in _PYTHON else magic[1]
    return f'<span class="remark">{escape(magic[0])}</span>{_coloured(source[magic.end() :], inner)}'


def highlight_blocks(html: str, name: str) -> str:
    """Prose in safe HTML with its blocks of code coloured; those wider than a phone scroll, under this name."""

    def colour(found: re.Match[str]) -> str:
        code = unescape(found[2])
        box = f'<pre role="group" tabindex="0" aria-label="{escape(name)}">' if is_wide(code) else "<pre>"
        return f"{box}<code>{_coloured(code, found[1] or '')}</code></pre>"

    return _BLOCK.sub(colour, html) if "<pre><code" in html else html


@lru_cache(maxsize=4096)  # lessons of a course begin with the same imports and carry the same functions along
def _coloured(source: str, language: str) -> str:
    lexer = _lexer(language.lower())
    if lexer is None:
        return escape(source)
    parts = groupby(lexer.get_tokens(source), key=lambda token: _class_of(token[0]))
    return "".join(_marked(name, "".join(text for _, text in tokens)) for name, tokens in parts)


def _marked(name: str, text: str) -> str:
    return f'<span class="{name}">{escape(text)}</span>' if name and text.strip() else escape(text)


@cache
def _class_of(token: _TokenType) -> str:
    return next(_CLASSES[known] for known in reversed(token.split()) if known in _CLASSES)


@cache
def _lexer(language: str) -> Lexer | None:
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
