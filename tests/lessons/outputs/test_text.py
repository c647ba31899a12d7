import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.lessons.outputs.text import LONGEST, cut, text_as_html
from tests.pages.reading import Page

ESCAPES = st.sampled_from(["\x1b[31m", "\x1b[1;38;5;28m", "\x1b[0m", "\x1b[43m", "\x1b[", "\x1b]8;;javascript:x\x1b\\"])


def test_colours_become_classes() -> None:
    html = text_as_html("\x1b[0;31mNameError\x1b[0m: \x1b[1;38;5;28mx\x1b[39;49m < \x1b[43my\x1b[49m")
    page = Page(html)
    assert [(span.attributes["class"], span.text) for span in page.all("span")][:2] == [
        ("ansi-red", "NameError"),
        ("ansi-green ansi-bold", "x"),
    ]
    assert "&lt;" in html
    assert "ansi-ground" in html


@pytest.mark.parametrize(
    ("printed", "seen"),
    [
        (" 10%\r 50%\r100%\ndone\n", "100%\ndone\n"),
        ("100%\r\ndone", "100%\ndone"),
        ("bell\x07 and \x1b[2Knull\x00", "bell and null"),
        ("\x1b[38;2;1;2;3mtrue colour\x1b[0m", "true colour"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_what_a_terminal_would_show_is_seen(printed: str, seen: str) -> None:
    assert unescape(re.sub("<[^>]*>", "", text_as_html(printed))) == seen


def test_long_text_is_cut_after_a_whole_line() -> None:
    lines = "0123456789\n" * LONGEST
    assert len(cut(lines)) <= LONGEST
    assert cut(lines).endswith("9\n")
    assert cut("short") == "short"
    assert cut("x" * (LONGEST + 1)) == "x" * LONGEST


@given(st.lists(st.one_of(st.text(), ESCAPES)).map("".join))
def test_any_text_gives_spans_and_nothing_else(text: str) -> None:
    page = Page(text_as_html(text))
    assert {element.tag for element in page.elements} <= {"span"}
    assert {name for element in page.elements for name in element.attributes} <= {"class"}
