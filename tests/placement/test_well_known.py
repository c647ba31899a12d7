"""The table of absent modules is about absent modules: what the catalogue has is never in it."""

from lite_site.environment.catalogue import BUILT_IN
from lite_site.placement.commands import only_shows, program_in
from lite_site.placement.modules import LIBRARY
from lite_site.placement.sentences import PLATFORMS, SENTENCES
from lite_site.placement.well_known import ABSENT, DESKTOP, ELSEWHERE, LEFT_OUT, PURE
from tests.placement.samples import surroundings


def test_nothing_in_the_table_has_a_wheel() -> None:
    assert not (set(ABSENT) | DESKTOP | set(ELSEWHERE)) & set(surroundings().brings)


def test_each_module_is_told_of_once() -> None:
    assert not set(ABSENT) & set(PURE)
    assert not (set(ABSENT) | set(PURE)) & (DESKTOP | set(ELSEWHERE))


def test_every_why_has_its_words() -> None:
    assert {f"import-no-wheel.{why}" for why, _needs in ABSENT.values()} <= set(SENTENCES)
    assert all(place in PLATFORMS or place[0].isupper() for place in ELSEWHERE.values())


def test_the_library_is_what_the_browsers_python_can_import() -> None:
    assert {"math", "json", "sqlite3", "multiprocessing", "threading", "ssl", "lzma", "js"} <= LIBRARY <= BUILT_IN
    assert not LIBRARY & LEFT_OUT


def test_commands_are_told_by_their_program() -> None:
    assert program_in("sudo THREADS=4 /usr/bin/samtools view x.bam") == "samtools"
    assert program_in("") == ""
    assert [command for command in SHOWING if not only_shows(command)] == []
    assert [command for command in WORKING if only_shows(command)] == []


SHOWING = ("tree -d", "nvidia-smi", "pip list", "conda env list", "samtools --version", "uname -a")
WORKING = ("tree > x.txt", "samtools view x", "pip install x", "df | grep x", "date; samtools", "python x.py", "")
