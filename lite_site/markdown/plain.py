"""The words of Markdown's tokens, without their markup."""

from collections.abc import Iterable

from markdown_it.token import Token

_BREAKS = frozenset(["softbreak", "hardbreak"])
_SAID = frozenset(["text", "text_special", "code_inline", "image", "myst_role"])


def plain_text(tokens: Iterable[Token]) -> str:
    """The text of inline tokens."""
    return "".join(" " if token.type in _BREAKS else token.content for token in tokens if token.type in _SAID | _BREAKS)
