"""The Markdown that lessons are written in: CommonMark, what GitHub adds to it, and MyST's."""

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from lite_site.markdown.expand import expand_directives

# MyST hides lines that begin with %, and draws a line for +++: a teacher who writes for Jupyter means neither.
_NOT_MEANT = ("myst_line_comment", "myst_block_break")


@cache
def markdown() -> MarkdownIt:
    """The parser, set up once; its `env` holds the `lesson` that is read."""
    parser = MarkdownIt("gfm-like2", {"strikethrough_single_tilde": False})
    parser.use(attrs_plugin).use(colon_fence_plugin).use(deflist_plugin).use(myst_block_plugin).use(myst_role_plugin)
    # A note may be called before, and from another cell than, the one that it is written in.
    parser.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    parser.core.ruler.after("block", "directives", _expand)
    return parser.disable(_NOT_MEANT)


def _expand(state: StateCore) -> None:
    state.tokens = expand_directives(state.tokens, state.md, state.env)
