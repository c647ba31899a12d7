import shlex
from pathlib import Path

import pytest

from lite_site.cli import COMMANDS, make_parser
from lite_site.courses.schema import COURSE
from lite_site.courses.shapes import Table
from lite_site.placement.sentences import SENTENCES

from .codes import hub_problem_codes, problem_codes, reason_codes
from .reading import (
    DOCS,
    EVERYTHING,
    PAGES,
    ROOT,
    anchors_in,
    codes_listed_in,
    commands_in,
    headings_in,
    links_in,
)

HEAVIEST_IMAGE = 150_000


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def is_taken(command: str) -> bool:
    """Whether the program understands the command line (`--help` ends it well)."""
    try:
        make_parser().parse_args(shlex.split(command)[1:])
    except SystemExit as ended:
        return ended.code == 0
    return True


def twin_of(page: Path) -> Path:
    """The same page in the other language: the first it links to."""
    return links_in(page)[0].target


@pytest.mark.parametrize("page", EVERYTHING, ids=name_of)
def test_links_and_images_lead_somewhere(page: Path) -> None:
    for link in links_in(page):
        assert link.target.exists(), f"{name_of(page)} leads to {link.target}"
        if link.anchor:
            assert link.anchor in anchors_in(link.target), f"{name_of(page)} leads to #{link.anchor}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_page_has_its_twin_in_the_other_language(page: Path) -> None:
    twin = twin_of(page)
    assert {page.parent.name, twin.parent.name} == {"en", "fr"}
    assert twin_of(twin) == page
    assert [level for level, _ in headings_in(twin)] == [level for level, _ in headings_in(page)]


@pytest.mark.parametrize("page", EVERYTHING, ids=name_of)
def test_commands_are_ones_the_program_takes(page: Path) -> None:
    for command in commands_in(page):
        assert is_taken(command), f"{name_of(page)}: {command}"


def test_the_docs_show_every_command() -> None:
    shown = {command.split()[1] for page in EVERYTHING for command in commands_in(page)}
    assert {command.__name__.rpartition(".")[2] for command in COMMANDS} <= shown


@pytest.mark.parametrize("page", [DOCS / "en/problems.md", DOCS / "fr/problemes.md"], ids=name_of)
def test_every_problem_and_every_reason_is_explained_once(page: Path) -> None:
    known = (problem_codes() | hub_problem_codes(), reason_codes())
    for listed, codes in zip(codes_listed_in(page), known, strict=True):
        assert sorted(set(listed)) == sorted(listed)
        assert set(listed) - codes == set(), "explained, but no longer in the code"
        assert codes - set(listed) == set(), "in the code, but not explained"


@pytest.mark.parametrize("page", [DOCS / "en/teacher.md", DOCS / "fr/enseignant.md"], ids=name_of)
def test_teachers_find_every_reason_for_the_cluster(page: Path) -> None:
    """Their own word aside."""
    against = {key.partition(".")[0] for key, sentence in SENTENCES.items() if sentence.argues == "cluster"}
    text = page.read_text("utf-8")
    assert {code for code in against if f"\n| `{code}` | " not in text} == {"teacher"}


@pytest.mark.parametrize("page", [DOCS / "en/teacher.md", DOCS / "fr/enseignant.md"], ids=name_of)
def test_every_key_of_course_toml_is_explained(page: Path) -> None:
    text = page.read_text("utf-8")
    for key, shape in COURSE.keys.items():
        inner = shape.keys if isinstance(shape, Table) else ()
        rows = [f"| `[{key}]` `{name}` |" for name in inner] or [f"| `{key}` |"]
        for row in rows:
            assert row in text


@pytest.mark.parametrize("image", sorted((DOCS / "images").iterdir()), ids=name_of)
def test_images_are_light_and_shown(image: Path) -> None:
    assert image.stat().st_size < HEAVIEST_IMAGE
    assert image in {link.target for page in EVERYTHING for link in links_in(page)}
