import re

from hypothesis import given, settings
from hypothesis import strategies as st

from fallback_hub.hub.passwords import fits, hash_password, is_right, new_password


def test_new_passwords_are_long_random_and_readable_aloud() -> None:
    made = {new_password() for _ in range(50)}
    assert len(made) == 50
    assert all(re.fullmatch(r"[a-km-np-z2-9]{4}(-[a-km-np-z2-9]{4}){4}", one) and fits(one) for one in made)


def test_only_the_right_password_is_right() -> None:
    kept = hash_password("correct horse")
    assert b"correct" not in kept
    assert is_right("correct horse", kept)
    assert not is_right("correct horsf", kept)
    assert not is_right("nobody", None)
    assert not is_right("", kept)


def test_a_password_that_bcrypt_would_cut_is_refused() -> None:
    assert fits("é" * 36)
    assert not fits("é" * 37)
    assert not fits("short")
    assert not is_right("x" * 100, hash_password("x" * 72))


@settings(max_examples=5)
@given(st.text(max_size=200))
def test_any_text_is_no_password_of_nobody(text: str) -> None:
    assert not is_right(text, None)
