"""The lock as text: read as written, the same bytes each time, refused when wrong."""

import contextlib
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.environment.catalogue import official_wheels
from lite_site.environment.lock_text import CourseLock, read_lock, write_lock
from lite_site.environment.server.package import ServerPackage
from lite_site.environment.wheels import EntryError, WheelEntry, entry_of, wheel_of

from .samples import server_package, wheel

TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
NAMES = st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True)
HASHES = st.lists(st.from_regex(r"[0-9a-f]{64}", fullmatch=True), min_size=1, max_size=2).map(tuple)
VERSIONS = st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,3}){0,2}(rc[0-9]|\.post[0-9]|\+[a-z]{1,4})?", fullmatch=True)
MARKERS = st.sampled_from(["", 'python_version < "3.12"', "sys_platform == 'linux'"])
NEEDED_BY = st.lists(NAMES, max_size=3).map(tuple)
PACKAGES = st.builds(ServerPackage, NAMES, VERSIONS, HASHES, NEEDED_BY, MARKERS)
ENTRIES = NAMES.map(lambda name: entry_of(wheel(name, depends=["numpy"])))
LOCKS = st.builds(
    CourseLock,
    declared=TEXTS,
    imported=TEXTS,
    pyodide=TEXT,
    python=st.from_regex(r"3\.[0-9]{1,2}(\.[0-9]{1,2})?", fullmatch=True),
    channels=TEXTS,
    conda=TEXTS,
    browser=st.lists(ENTRIES, unique_by=lambda entry: entry["name"], max_size=3).map(
        lambda entries: tuple(sorted(entries, key=lambda entry: entry["name"]))
    ),
    server=st.lists(PACKAGES, unique_by=lambda one: one.name, max_size=3).map(lambda found: tuple(sorted(found))),
)
GOOD = CourseLock(
    declared=("flye",),
    pyodide="314.0.3",
    python="3.11",
    browser=(entry_of(wheel("flye")),),
    server=(server_package("flye"),),
)
OLD = """
[[browser]]
name = "flye"
version = "2.0"
file = "flye-2.0-py3-none-any.whl"
sha256 = "abababababababababababababababababababababababababababababababab"
"""


@given(LOCKS)
def test_what_is_written_is_read(lock: CourseLock) -> None:
    text = write_lock(lock)
    assert read_lock(text) == lock
    assert write_lock(read_lock(text)) == text


def test_a_person_can_read_it() -> None:
    text = write_lock(GOOD)
    assert text.startswith("# What this course runs on")
    assert 'declared = [\n  "flye",\n]\n' in text
    assert '[[server]]\nname = "flye"\nversion = "1.0"\n' in text
    assert tomllib.loads(text)["python"] == "3.11"


def test_every_wheel_of_pyodide_can_be_locked() -> None:
    wheels = official_wheels()
    lock = CourseLock(pyodide="314.0.3", python="3.11", browser=tuple(map(entry_of, wheels)))
    assert sorted(read_lock(write_lock(lock)).wheels) == sorted(wheels)
    assert 'source = "pyodide"' in write_lock(lock)
    assert 'package_type = "shared_library"' in write_lock(lock)


def test_a_lock_of_format_1_is_its_wheels() -> None:
    lock = read_lock(OLD)
    assert [one.name for one in lock.wheels] == ["flye"]
    assert (lock.pyodide, lock.server) == ("", ())


def test_what_is_written_by_hand_counts() -> None:
    entry = entry_of(wheel("flye", depends=["heavy"])) | WheelEntry(also=["numpy"], without=["heavy"])
    lock = read_lock(write_lock(CourseLock(pyodide="1", python="3.11", browser=(entry,))))
    assert lock.wheels[0].depends == ("numpy",)
    assert lock.browser == (entry,)
    assert wheel_of(entry) in lock.wheels


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("format = 2", "format = 3", "format 3"),
        ('python = "3.11"', "", "python must be a text"),
        ('python = "3.11"', "python = 3.11", "python must be a text"),
        ("imported = []", "imported = [1]", "imported must be a list of texts"),
        ("imported = []", "conda = 1", "conda must be a table"),
        ("[[server]]", "[server]", "written [[server]]"),
        ("[[browser]]", "[browser]", "written [[browser]]"),
        ("needed_by = []", "needed_by = 1", "[[server]] entry 1: needed_by"),
        (f'  "{GOOD.server[0].sha256[0]}",', "", "must list hashes"),
        (f'  "{GOOD.server[0].sha256[0]}",', '"12",', "must list hashes"),
        ('imports = ["flye"]', 'source = "moon"', "source is one of"),
        ("format = 2", "format = ", "not readable as TOML"),
        ("format = 2", f"format = 2\ndeep = {'[' * 20_000}", "not readable as TOML"),
        ('python = "3.11"', 'python = "3.11\\n--index-url https://x.invalid"', "is not a version of Python 3"),
        ('[[server]]\nname = "flye"', '[[server]]\nname = "flye\\n--pre"', "name must be a package's"),
        ('[[server]]\nname = "flye"', '[[server]]\nname = "Flye"', "name must be a package's"),
        ('1.0"\nneeded_by', '1.0 --pre"\nneeded_by', "version '1.0 --pre' is none"),
        ('1.0"\nneeded_by', '1.0\\n"\nneeded_by', "on one line"),
        ("needed_by = []", 'needed_by = ["x\\n--pre"]', "on one line"),
        ("needed_by = []", 'marker = "x\\n--pre"\nneeded_by = []', "marker 'x\\n--pre' is none"),
    ],
)
def test_what_is_wrong_is_said(old: str, new: str, said: str) -> None:
    text = write_lock(GOOD)
    assert old in text
    with pytest.raises(EntryError) as caught:
        read_lock(text.replace(old, new, 1))
    assert said in str(caught.value)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(EntryError):
        assert read_lock(text) == CourseLock()
