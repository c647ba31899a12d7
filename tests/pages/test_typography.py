import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.language import LANGUAGES, Language
from lite_site.pages.typography import plain, typeset


@pytest.mark.parametrize(
    ("text", "language", "set_text"),
    [
        ("Prêt ? Oui ; voici : « 1 » !", "fr", "Prêt\u202f? Oui\u202f; voici\u00a0: «\u00a01\u00a0»\u202f!"),
        ("12:30, http://x?y", "fr", "12:30, http://x?y"),
        ("Ready ? Yes", "en", "Ready ? Yes"),
    ],
)
def test_typeset(text: str, language: Language, set_text: str) -> None:
    assert typeset(text, language) == set_text


@given(st.text(), st.sampled_from(LANGUAGES))
def test_typeset_changes_spaces_only(text: str, language: Language) -> None:
    after = typeset(text, language)
    assert len(after) == len(text)
    assert all(old == new or (old == " " and new in "\u00a0\u202f") for old, new in zip(text, after, strict=True))


@given(st.text())
def test_plain_text_turns_no_direction_and_breaks_no_line(text: str) -> None:
    assert not re.search("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", plain(text))
