"""The Markdown that lessons are written in: CommonMark, what GitHub adds to it."""

from functools import cache

from markdown_it import MarkdownIt


@cache
def markdown() -> MarkdownIt:
    """The parser, set up once; targets are judged where they are written into the page."""
    return MarkdownIt("gfm-like", {"html": True, "linkify": True})
