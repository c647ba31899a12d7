import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.lessons.highlight import highlight, highlight_blocks

TAG = re.compile(r'<span class="[a-z]+">|</span>')


def words(html: str, name: str) -> list[str]:
    return [unescape(word) for word in re.findall(rf'<span class="{name}">([^<]*)</span>', html)]


def test_each_kind_of_word_has_its_class() -> None:
    html = highlight("@trace\ndef moitié(x):  # la moitié\n    return round(x / 2, '1')\n", "python")
    assert words(html, "word") == ["def", "return"]
    assert words(html, "named") == ["@trace", "moitié"]
    assert words(html, "known") == ["round"]
    assert words(html, "number") == ["2"]
    assert words(html, "text") == ["'1'"]
    assert words(html, "remark") == ["# la moitié"]


def test_a_cell_magic_says_its_language() -> None:
    html = highlight("%%bash\nfor f in *.fa; do echo $f; done", "python")
    assert words(html, "remark") == ["%%bash\n"]
    assert words(html, "word") == ["for", "in", "do", "done"]
    assert words(highlight("%%timeit -n 3\nimport math", "python"), "word") == ["import"]


@pytest.mark.parametrize("language", ["python", "R", "C++", "no-such-language", "octave"])
@given(source=st.text(st.characters(exclude_characters="\r")))
def test_the_code_stays_as_it_is_and_nothing_in_it_is_markup(language: str, source: str) -> None:
    assert unescape(TAG.sub("", highlight(source, language))) == source


def test_blocks_in_prose_are_coloured_where_they_name_a_language() -> None:
    html = '<pre><code class="language-python">if a &lt; 2: pass\n</code></pre><pre><code>if plain</code></pre>'
    assert highlight_blocks(html, "Code") == (
        '<pre><code><span class="word">if</span> a &lt; <span class="number">2</span>: '
        '<span class="word">pass</span>\n</code></pre><pre><code>if plain</code></pre>'
    )


def test_a_wide_block_in_prose_scrolls_by_keyboard() -> None:
    html = highlight_blocks(f"<pre><code>{'x' * 60}</code></pre>", "Code dans le texte")
    assert html.startswith('<pre role="group" tabindex="0" aria-label="Code dans le texte">')
