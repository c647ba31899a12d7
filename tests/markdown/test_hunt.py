import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lite_site.markdown.model import Rendered
from tests.markdown.pages import Page, html_of, lesson, page_of, words_of

PIECES = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '<a href="javascript:alert(1)">x</a>', "<svg onload=x>",
    "[x](javascript:alert(1))", "![x](javascript:alert(1))", "<iframe src=javascript:x>", "<style>*{}</style>", "<math>",
    '<math><mtext><a href="javascript:x">', "<form action=/x><input>", "<details open>", "</div>", "<table>", "<td>",
    "$x^2$", "$$\\begin{align}a&=b\\label{l}\\\\c\\end{align}$$", "$$x$$ (l)", "\\(y\\)", "\\[z\\]", "$\\text{<b>}$",
    "$", "$$", "`", "```", "```{note}\n", "````{figure} a.png\n:name: l\n\ncaption\n", ":::", ":::{tip} t\n", ":::note\n",
    "```{math}\n:label: l\nx\n```", "{eq}`l`", "{ref}`t <l>`", "{math}`x`", "[](#l)", "[^1]", "[^1]: note [^2]\n", "(l)=\n",
    "# Title", "## $x$\n", "- ", "  * - a\n", "```{list-table}\n* - a\n  - b\n```", "| a | b |\n|--|--|\n| 1 | 2 |\n",
    "> ", "> [!NOTE]\n", "\n", "\n\n", " ", "    ", "\t", "x", "<b", 'id="l"', "{#l .c onclick=x}", "![a](attachment:i.png)",
    "https://example.org", "&lt;script&gt;", "&#106;avascript:", "\ue0000\ue001", "\ue000", "\x00", "\u2028", "---\n", "+++\n",
    "% c\n", ":name: l\n", "Term\n: def\n", "<!--", "-->", "<![CDATA[", "<?x", "\\newcommand{\\a}{\\a\\a}", "${\\a}$", "\\", "é",
]  # fmt: skip
SOURCES = st.one_of(
    st.text(), st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=25).map("".join)
)
HANDLER = re.compile(r"on\w+")


def problems_of(rendered: Rendered) -> list[str]:
    problems = []
    identities: Counter[str | None] = Counter()
    for html in (*rendered.cells, rendered.footnotes):
        for tag, attributes in Page(html).elements:
            identities.update([attributes["id"]] if "id" in attributes else [])
            if tag in {"script", "style", "iframe", "object", "embed", "form", "input", "svg", "link", "meta", "base"}:
                problems.append(tag)
            problems += [
                name for name in attributes if HANDLER.fullmatch(name) or name in {"style", "srcset", "srcdoc"}
            ]
            for name in ("href", "src", "action"):
                if re.match(
                    r"[\s\x00-\x20]*(javascript|vbscript|data:text)", attributes.get(name) or "", re.IGNORECASE
                ):
                    problems.append(f"{name}={attributes[name]}")
    return problems + [f"id {identity}" for identity, times in identities.items() if times > 1]


@given(st.lists(SOURCES, max_size=3))
@settings(deadline=None, max_examples=6000)
def test_nothing_authored_raises_or_runs_or_repeats_an_id(sources: list[str]) -> None:
    rendered = lesson(*sources, attachments={"i.png": "data:image/png;base64,AAAA"})
    assert not problems_of(rendered)
    assert len(rendered.cells) == len(sources)
    assert lesson(*sources, attachments={"i.png": "data:image/png;base64,AAAA"}) == rendered
