"""Pinned wheels as TOML: read back as written, refused when wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.environment.wheels import EntryError, WheelEntry, read_entries, wheel_of, write_entries

GOOD = WheelEntry(name="a-b", version="1.0", file="a_b-1.0-py3-none-any.whl", sha256="0" * 64, depends=["c", "d"])
NAMES = st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True)


def test_by_hand_additions_and_omissions_count() -> None:
    entry = WheelEntry(**GOOD) | WheelEntry(also=["Num_Py"], without=["d"])
    assert wheel_of(entry).depends == ("c", "num-py")


@given(
    st.lists(NAMES, unique=True, max_size=5),
    st.lists(NAMES, max_size=3),
    st.text(max_size=20),
)
def test_what_is_written_is_read(names: list[str], depends: list[str], licence: str) -> None:
    entries = [
        WheelEntry(
            name=name,
            version="1.0",
            file=f"{name}-1.0-py3-none-any.whl",
            sha256="ab" * 32,
            depends=depends,
            imports=[name],
            licence=licence,
        )
        for name in names
    ]
    text = write_entries(entries)
    again = read_entries(text)
    assert write_entries(again) == text
    assert sorted(map(wheel_of, again)) == sorted(map(wheel_of, entries))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ('sha256 = "xyz"', "64 hexadecimal digits"),
        ('file = "../../evil-1.0-py3-none-any.whl"', "a path"),
        ('file = "a_b-1.0.tar.gz"', "not a wheel's file name"),
        ('file = "other-1.0-py3-none-any.whl"', "is not a-b 1.0"),
        ('version = "2.0"', "is not a-b 2.0"),
        ('version = "what"', "not a wheel's file name and version"),
        ("name = 3", "name must be a text"),
        ("licence = 3", "licence must be a text"),
        ('depends = "c"', "depends must be a list of texts"),
    ],
)
def test_a_wrong_entry_says_which_and_why(change: str, said: str) -> None:
    key = change.split(" ", maxsplit=1)[0]
    lines = [line for line in write_entries([GOOD]).splitlines() if not line.startswith(f"{key} ")]
    with pytest.raises(EntryError, match=said) as caught:
        read_entries("\n".join([*lines, change]))
    assert "entry 1" in str(caught.value)


@pytest.mark.parametrize("text", ["[[browser]", "browser = 3", "browser = [3]", "[[browser]]"])
def test_broken_files_are_refused(text: str) -> None:
    with pytest.raises(EntryError):
        read_entries(text)


def test_other_tables_are_left_alone() -> None:
    assert read_entries('[server]\npython = "3.11"\n' + write_entries([GOOD]))[0]["name"] == "a-b"
