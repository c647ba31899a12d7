"""Same input, same bytes: whatever was built before, wherever, and in whatever order."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.small import files_of, is_whole, write_course, write_lesson

from .workshop import Workshop


def edit_lesson(contents: Path) -> None:
    write_lesson(contents / "calcul" / "01-debut.ipynb", "print('edited')")


def add_lesson(contents: Path) -> None:
    write_lesson(contents / "calcul" / "02-suite.ipynb", "import math\nprint(math.pi)")


def rename_lesson(contents: Path) -> None:
    (contents / "calcul" / "02-suite.ipynb").rename(contents / "calcul" / "03-été à venir.ipynb")


def delete_lesson(contents: Path) -> None:
    (contents / "calcul" / "03-été à venir.ipynb").unlink()


def edit_data(contents: Path) -> None:
    (contents / "calcul" / "data" / "tailles.csv").write_text("nom,taille\nAda,170\n")


def edit_data_to_the_same_size_at_once(contents: Path) -> None:
    (contents / "calcul" / "data" / "tailles.csv").write_text("nom,taille\nAda,171\n")


def add_data(contents: Path) -> None:
    (contents / "calcul" / "data" / "sub").mkdir()
    (contents / "calcul" / "data" / "sub" / "new table.csv").write_text("x\n1\n")


def rename_data(contents: Path) -> None:
    data = contents / "calcul" / "data"
    (data / "sub" / "new table.csv").rename(data / "sub" / "table.csv")


def turn_a_folder_into_a_file(contents: Path) -> None:
    data = contents / "calcul" / "data"
    (data / "sub" / "table.csv").unlink()
    (data / "sub").rmdir()
    (data / "sub").write_text("a file now\n")


def delete_data(contents: Path) -> None:
    (contents / "calcul" / "data" / "sub").unlink()


def touch_everything(contents: Path) -> None:
    for path in contents.rglob("*"):
        os.utime(path, (1_500_000_000, 1_500_000_000))


def add_course(contents: Path) -> None:
    write_course(contents, "graphes", text="import json")


def retitle_course(contents: Path) -> None:
    (contents / "graphes" / "course.toml").write_text('title = "Réseaux"\nlanguage = "en"\nlicence = "CC0-1.0"\n')


def rename_course(contents: Path) -> None:
    (contents / "graphes").rename(contents / "reseaux")


def title_the_site(contents: Path) -> None:
    (contents / "site.toml").write_text('[title]\nfr = "Nos cours"\nen = "Our courses"\n')


def delete_course(contents: Path) -> None:
    shutil.rmtree(contents / "reseaux")


CHANGES: tuple[tuple[Callable[[Path], None], ...], ...] = (
    (edit_lesson,),
    (add_lesson, edit_data),
    (rename_lesson, edit_data_to_the_same_size_at_once),
    (delete_lesson, add_data),
    (rename_data,),
    (turn_a_folder_into_a_file, add_course),
    (delete_data, retitle_course),
    (touch_everything,),
    (rename_course,),
    (title_the_site,),
    (delete_course,),
)


def test_a_terms_changes_one_after_another(workshop: Workshop) -> None:
    """After each, what the incremental build wrote is what a build from nothing writes."""
    write_course(workshop.contents, "texte")
    workshop.built()
    for changes in CHANGES:
        for change in changes:
            change(workshop.contents)
        assert workshop.built() == workshop.rebuilt(), [change.__name__ for change in changes]
    assert is_whole(workshop.site)


def test_the_folders_name_and_place_leave_no_trace(workshop: Workshop, tmp_path: Path) -> None:
    here = workshop.built()
    there = Workshop(tmp_path / "a folder with spaces")
    shutil.copytree(workshop.contents, there.contents)

    assert there.built() == here
    assert there.built(site=there.folder / "public" / "cours d'été") == here


def test_the_order_in_which_files_were_made_leaves_no_trace(workshop: Workshop, tmp_path: Path) -> None:
    for name in ("zoologie", "algebre"):
        write_course(workshop.contents, name)
    other = Workshop(tmp_path / "other")
    for path in sorted(workshop.contents.rglob("*"), reverse=True):
        if path.is_file():
            copy = other.contents / path.relative_to(workshop.contents)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())

    assert other.built() == workshop.built()


def test_the_environment_leaves_no_trace(workshop: Workshop) -> None:
    assert workshop.built() == workshop.rebuilt(PYTHONHASHSEED="7", TZ="Asia/Tokyo", LC_ALL="C", COLUMNS="20")


def times_in(site: Path) -> set[str]:
    listing = json.loads((site / "calcul" / "api" / "contents" / "all.json").read_bytes())
    return {model["last_modified"] for model in listing["content"]}


def test_source_date_epoch_is_the_time_told(workshop: Workshop) -> None:
    """As https://reproducible-builds.org/specs/source-date-epoch/ has it."""
    plain = workshop.built()
    dated = workshop.built(SOURCE_DATE_EPOCH="1000000000")

    assert times_in(workshop.site) == {"2001-09-09T01:46:40Z"}
    assert dated != plain
    assert dated == workshop.rebuilt(SOURCE_DATE_EPOCH="1000000000")
    assert workshop.built() == plain


def test_a_site_edited_by_hand_is_put_right(workshop: Workshop) -> None:
    clean = workshop.built()
    (workshop.site / "index.html").write_text("defaced")
    (workshop.site / "calcul" / "files" / "01-debut.ipynb").unlink()
    (workshop.site / "calcul" / "stray.html").write_text("stray")
    (workshop.site / "calcul" / "empty").mkdir()

    assert workshop.built() == clean


@pytest.mark.parametrize("damage", [b"\xff", None], ids=str)
def test_a_lost_memory_costs_time_and_nothing_else(workshop: Workshop, damage: bytes | None) -> None:
    clean = workshop.built()
    record = workshop.folder / ".passerelle" / "_site.json"
    assert record.is_file()
    if damage is None:
        shutil.rmtree(record.parent)
    else:
        record.write_bytes(damage)

    assert workshop.built() == clean


def below(files: dict[str, str], course: str) -> dict[str, str]:
    return {path: sha256 for path, sha256 in files.items() if path.startswith(f"{course}/")}


def test_building_one_course_keeps_the_others(workshop: Workshop) -> None:
    for name in ("texte", "graphes"):
        write_course(workshop.contents, name)
    before = workshop.built()
    for name in ("texte", "graphes"):
        write_lesson(workshop.contents / name / "01-debut.ipynb", "print('edited')")

    one = workshop.built("texte")

    assert below(one, "texte") != below(before, "texte")
    assert below(one, "graphes") == below(before, "graphes")
    assert below(one, "calcul") == below(before, "calcul")
    assert one["index.html"] == before["index.html"]
    assert is_whole(workshop.site)
    assert workshop.built() == workshop.rebuilt()


def test_a_problem_in_another_course_does_not_matter(workshop: Workshop) -> None:
    write_course(workshop.contents, "texte")
    before = workshop.built()
    (workshop.contents / "texte" / "01-debut.ipynb").write_text("{")
    write_lesson(workshop.contents / "calcul" / "01-debut.ipynb", "print('edited')")

    after = workshop.built("calcul")

    assert below(after, "texte") == below(before, "texte")
    assert below(after, "calcul") != below(before, "calcul")


def test_building_one_course_never_loses_another(workshop: Workshop) -> None:
    """Not even when what the last build remembered is gone, as after an upgrade."""
    write_course(workshop.contents, "texte")
    before = workshop.built()
    shutil.rmtree(workshop.folder / ".passerelle")

    done = workshop.build("calcul")

    assert below(files_of(workshop.site), "texte") == below(before, "texte"), done.stderr


def test_one_course_alone_is_a_site(workshop: Workshop) -> None:
    write_course(workshop.contents, "texte")

    assert not below(workshop.built("calcul"), "texte")
    assert is_whole(workshop.site)
